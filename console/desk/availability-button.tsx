import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { useAvailability, useSetAvailability } from './availability.ts';
import css from './availability-button.module.css';

/** Says whether the agent takes cases; pressing it changes that. */
export function AvailabilityButton() {
  const say = useSay();
  const availability = useAvailability();
  const change = useSetAvailability();
  if (availability === undefined) return null;
  const other = availability === 'away' ? 'available' : 'away';
  const state = say(`availability.${availability}`);
  return (
    <Button
      look="ghost"
      size="s"
      className={classNames(css.button, css[availability])}
      aria-label={`${state}. ${say(`availability.be.${other}`)}`}
      onPress={() => change.mutate(other)}
    >
      <span className={css.dot} aria-hidden="true" />
      <span className={css.words}>{state}</span>
    </Button>
  );
}
