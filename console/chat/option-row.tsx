import { Star } from 'lucide-react';
import type { Option } from '../live/message.ts';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { starsOf } from './open-options.ts';
import css from './option-row.module.css';

/** The buttons under the last message: choices, or one to five stars in a row. */
export function OptionRow(props: {
  readonly options: readonly Option[];
  readonly onChoose: (option: Option) => void;
}) {
  const say = useSay();
  const { options, onChoose } = props;
  const stars = starsOf(options);
  if (stars === null) {
    return (
      <fieldset className={css.options} aria-label={say('options.label')}>
        {options.map((option) => (
          <Button key={option.id} look="chip" onPress={() => onChoose(option)}>
            {option.label}
          </Button>
        ))}
      </fieldset>
    );
  }
  return (
    <fieldset className={css.stars} aria-label={say('rating.label')}>
      {options.map((option, index) => (
        <button
          key={option.id}
          type="button"
          className={css.star}
          aria-label={say('rating.stars', { count: stars[index] ?? 0 })}
          onClick={() => onChoose(option)}
        >
          <Star size={30} aria-hidden="true" />
        </button>
      ))}
    </fieldset>
  );
}
