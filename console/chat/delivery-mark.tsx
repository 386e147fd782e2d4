import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import type { Delivery } from './chat.ts';
import css from './delivery-mark.module.css';

/** How far a message has come: a clock, one tick, two ticks, or a warning. */
export function DeliveryMark({ delivery }: { readonly delivery: Delivery }) {
  const say = useSay();
  const Icon = { sending: Clock, stored: Check, answered: CheckCheck, refused: CircleAlert }[delivery];
  const label = say(`delivery.${delivery}` as const);
  return (
    <span className={classNames(css.mark, css[delivery])} title={label}>
      <Icon size={14} aria-hidden="true" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
