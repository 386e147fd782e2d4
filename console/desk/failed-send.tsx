import { useMutation } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import type { ApiError } from '../live/api-error.ts';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import type { CaseDetail, Entry } from './case.ts';
import { useDesk } from './desk-context.tsx';
import css from './failed-send.module.css';
import { describeFault } from './fault.ts';

/** Why a message did not reach the customer, and one more try. */
export function FailedSend({ theCase, entry }: { readonly theCase: CaseDetail; readonly entry: Entry }) {
  const say = useSay();
  const { request, queries } = useDesk();
  const again = useMutation<unknown, ApiError>({
    mutationFn: () =>
      request('POST', `/api/cases/${theCase.id}/messages/${encodeURIComponent(entry.id)}/send-again`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: ['case', theCase.number] }),
  });
  return (
    <div className={css.failed}>
      <p>{say('effect.why', { reason: entry.error ?? say('effect.failed') })}</p>
      {again.error !== null && <p role="alert">{describeFault(again.error, say)}</p>}
      <Button
        size="s"
        icon={<RotateCw size={14} aria-hidden="true" />}
        isDisabled={again.isPending}
        onPress={() => again.mutate()}
      >
        {say('effect.again')}
      </Button>
    </div>
  );
}
