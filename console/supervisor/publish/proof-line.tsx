import { classNames } from '../../parts/class-names.ts';
import { useShare } from '../decided.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './proof-line.module.css';
import type { Proof } from './publish.ts';

const grades = ['right', 'asked back', 'handed over', 'wrong'] as const;

/** What the golden questions say of the draft, in a line. */
export function ProofLine({ proof }: { readonly proof: Proof | null }) {
  const tell = useTell();
  const share = useShare();
  if (proof === null) return <p className={page.soft}>{tell('proof.none')}</p>;
  const { before, after } = proof.grades;
  const bar = proof.answersFrom;
  const [from, to] = [share(bar.before ?? 0), share(bar.after ?? 0)];
  return (
    <div className={css.proof}>
      <span className={classNames(page.badge, proof.regression ? page.bad : page.good)}>
        {tell(proof.regression ? 'proof.worse' : 'proof.fine')}
      </span>
      <span className={page.soft}>
        {tell('proof.counts', {
          better: proof.better.length,
          worse: proof.worse.length,
          edge: proof.edge.length,
        })}
      </span>
      <dl className={css.grades}>
        {grades.map((grade) => (
          <div key={grade}>
            <dt>
              {tell(
                `grade.${grade === 'asked back' ? 'askedBack' : grade === 'handed over' ? 'handedOver' : grade}`,
              )}
            </dt>
            <dd>
              {before !== null && before[grade] !== after[grade] && <s>{before[grade]}</s>} {after[grade]}
            </dd>
          </div>
        ))}
      </dl>
      {bar.before !== null && bar.after !== null && from !== to && (
        <p className={page.soft}>{tell('proof.bar', { before: from, after: to })}</p>
      )}
    </div>
  );
}
