import { ApiError } from '../live/api-error.ts';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { describeFault } from './fault.ts';
import css from './waiting.module.css';

/** Something is being read; or it could not be, and can be tried again. */
export function Waiting({ fault, retry }: { readonly fault: Error | null; readonly retry: () => unknown }) {
  const say = useSay();
  if (fault === null) {
    return (
      <p className={css.waiting} role="status">
        {say('desk.loading')}
      </p>
    );
  }
  return (
    <div className={css.waiting} role="alert">
      <p>{fault instanceof ApiError ? describeFault(fault, say) : fault.message}</p>
      <Button onPress={() => retry()}>{say('error.retry')}</Button>
    </div>
  );
}
