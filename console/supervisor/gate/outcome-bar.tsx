import { useIntl } from 'react-intl';
import { classNames } from '../../parts/class-names.ts';
import { useShare } from '../decided.ts';
import { useTell } from '../words.ts';
import css from './outcome-bar.module.css';

/** How some of the questions end. */
export interface Outcome {
  readonly tone: 'answered' | 'asked' | 'person' | 'wrong';
  readonly words: string;
  readonly count: number;
  /** As it is now, where it was measured. */
  readonly before?: number;
}

/** How questions end, as one bar and in words with the difference from now. */
export function OutcomeBar({ of, parts }: { readonly of: number; readonly parts: readonly Outcome[] }) {
  const tell = useTell();
  const share = useShare();
  const { formatNumber } = useIntl();
  return (
    <>
      <div className={css.bar} aria-hidden="true">
        {parts.map(({ tone, count }) => (
          <span key={tone} className={css[tone]} style={{ flexGrow: count }} />
        ))}
      </div>
      <dl className={css.parts}>
        {parts.map(({ tone, words, count, before = count }) => (
          <div key={tone} className={css.part}>
            <dt>
              <span className={classNames(css.dot, css[tone])} aria-hidden="true" />
              {words}
            </dt>
            <dd>
              <strong>{formatNumber(count)}</strong>{' '}
              <span className={css.soft}>{share(count / Math.max(1, of))}</span>
              {count !== before && (
                <span className={css.soft}>
                  {' '}
                  · {tell('gate.than', { delta: formatNumber(count - before, { signDisplay: 'always' }) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
