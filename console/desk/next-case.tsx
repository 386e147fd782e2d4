import { useMutation } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { ApiError } from '../live/api-error.ts';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { useAvailability, useSetAvailability } from './availability.ts';
import type { Case } from './case.ts';
import { useDesk } from './desk-context.tsx';
import { describeFault } from './fault.ts';
import css from './next-case.module.css';
import { useShortcuts } from './use-shortcuts.ts';

/** Takes the case that comes next for the agent and opens it; or says why there is none. */
export function NextCase() {
  const say = useSay();
  const { request, queries } = useDesk();
  const navigate = useNavigate();
  const away = useAvailability() === 'away';
  const setAvailability = useSetAvailability();
  const next = useMutation<{ readonly case: Case }, ApiError>({
    mutationFn: () => request('POST', '/api/desk/next', {}),
    onSuccess: ({ case: { number } }) => navigate(`/desk/cases/${number}?view=mine`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['cases'] }),
  });
  const take = () => {
    if (!next.isPending) next.mutate();
  };
  useShortcuts({ x: away ? undefined : take });
  if (away) {
    return (
      <div className={css.next}>
        <p className={css.away}>{say('next.away')}</p>
        <Button size="s" onPress={() => setAvailability.mutate('available')}>
          {say('availability.be.available')}
        </Button>
      </div>
    );
  }
  return (
    <div className={css.next}>
      <Button
        size="s"
        className={css.button}
        icon={<ArrowRight size={16} aria-hidden="true" />}
        isDisabled={next.isPending}
        onPress={take}
      >
        {say('next.take')}
      </Button>
      {next.error !== null && (
        <p className={css.fault} role="alert">
          {describeFault(next.error, say)}
        </p>
      )}
    </div>
  );
}
