import { Button } from './button.tsx';
import css from './segments.module.css';

/** One of a few views, side by side. */
export interface SegmentsProps<Value extends string | number> {
  readonly label: string;
  readonly segments: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Switches between views; the one that is shown is pressed. */
export function Segments<Value extends string | number>(props: SegmentsProps<Value>) {
  const { label, segments, value, onChange } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs into forms
    <div role="group" aria-label={label} className={css.segments}>
      {segments.map((each) => (
        <Button
          key={each.value}
          size="s"
          look="ghost"
          className={css.segment}
          aria-pressed={each.value === value}
          onPress={() => onChange(each.value)}
        >
          {each.label}
        </Button>
      ))}
    </div>
  );
}
