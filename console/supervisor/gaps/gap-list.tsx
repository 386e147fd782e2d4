import { Clock3, Lightbulb, MessagesSquare } from 'lucide-react';
import { Link } from 'react-router';
import { classNames } from '../../parts/class-names.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import type { Gap } from './gap.ts';
import { happenings, titleOf } from './gap.ts';
import css from './gap-list.module.css';
import { useProposalWords } from './proposal-words.ts';
import { useCost } from './use-cost.ts';

/** The gaps in the order of what they cost. @param addressOf where each is opened */
export function GapList(props: {
  readonly gaps: readonly Gap[];
  readonly open: string | null;
  readonly addressOf: (id: string) => string;
}) {
  const tell = useTell();
  const cost = useCost();
  const proposed = useProposalWords();
  const { gaps, open, addressOf } = props;
  return (
    <ol className={css.list} aria-label={tell('nav.gaps')}>
      {gaps.map((gap) => (
        <li key={gap.id}>
          <Link
            to={addressOf(gap.id)}
            className={css.gap}
            aria-current={gap.id === open ? 'true' : undefined}
            data-gap={gap.id}
          >
            <span className={css.title} lang={gap.wordings[0]?.language}>
              {titleOf(gap)}
            </span>
            <span className={css.facts}>
              <span className={css.fact}>
                <MessagesSquare size={14} aria-hidden="true" />
                {tell('gaps.questions', { count: gap.questions })}
              </span>
              {gap.agentMs >= 30_000 && (
                <span className={css.fact}>
                  <Clock3 size={14} aria-hidden="true" />
                  {cost(gap.agentMs)}
                </span>
              )}
              {happenings
                .filter((one) => one !== 'solved' && gap.happened[one] > 0)
                .map((one) => (
                  <span key={one} className={page.badge}>
                    {tell(`gaps.happened.${one}`, { count: gap.happened[one] })}
                  </span>
                ))}
              {gap.brand !== undefined && <span className={page.badge}>{gap.brand}</span>}
            </span>
            <span className={classNames(css.fact, css.proposal)}>
              <Lightbulb size={14} aria-hidden="true" />
              {proposed(gap)}
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
