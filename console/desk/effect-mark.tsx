import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react';
import { type MessageId, useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import type { Entry } from './case.ts';
import css from './effect-mark.module.css';

/** How far words are on their way to the customer: a clock, one tick, two, two in colour, or a warning. */
export function EffectMark({ entry }: { readonly entry: Entry }) {
  const say = useSay();
  const { effect, receipt } = entry;
  if (effect === undefined) return null;
  if (effect === 'failed') {
    return (
      <span className={css.failed}>
        <CircleAlert size={13} aria-hidden="true" /> {say('effect.failed')}
      </span>
    );
  }
  const words = say(wordsFor(effect, receipt));
  const Icon = receipt === 'delivered' || receipt === 'read' ? CheckCheck : effect === 'done' ? Check : Clock;
  return (
    <span title={words} className={classNames(receipt === 'read' && css.read)}>
      <Icon size={13} aria-hidden="true" className={css.mark} />
      <span className="sr-only">{words}</span>
    </span>
  );
}

function wordsFor(effect: 'pending' | 'sending' | 'done', receipt: Entry['receipt']): MessageId {
  return receipt === undefined ? `effect.${effect}` : `receipt.${receipt}`;
}
