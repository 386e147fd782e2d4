import { useMutation } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useMoment } from '../../desk/use-moment.ts';
import { Waiting } from '../../desk/waiting.tsx';
import { Button } from '../../parts/button.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import { GapFault } from './gap-fault.tsx';
import { useDecisions, useSettled } from './queries.ts';
import css from './settled-list.module.css';

/** What was decided about gaps and why, newest first; what still holds can be taken back. */
export function SettledList({ days }: { readonly days: number }) {
  const tell = useTell();
  const moment = useMoment();
  const found = useSettled(true);
  const decisions = useDecisions(days);
  const restore = useMutation({ mutationFn: decisions.restore });
  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  const { settled } = found.data;
  if (settled.length === 0) return <p className={page.empty}>{tell('gaps.noneSettled')}</p>;
  const newest = new Map(settled.toReversed().map((one) => [one.id, one]));
  return (
    <>
      <GapFault fault={restore.error} />
      <ul className={css.list} aria-label={tell('gaps.settled')}>
        {settled.map((one) => (
          <li key={`${one.id} ${one.at} ${one.action}`} className={css.row}>
            <span className={css.what}>
              <span className={page.badge}>{tell(`gaps.action.${one.action}`)}</span> {one.detail}
            </span>
            <span className={page.faint}>
              {tell('gaps.questions', { count: one.questions })} ·{' '}
              <time dateTime={one.at}>{moment(one.at)}</time>
            </span>
            {newest.get(one.id) === one && one.action !== 'restored' && (
              <Button
                size="s"
                icon={<Undo2 size={15} aria-hidden="true" />}
                isDisabled={restore.isPending}
                onPress={() => restore.mutate(one.id)}
              >
                {tell('gaps.restore')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
