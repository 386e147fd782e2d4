import { Link } from 'react-router';
import { articleAddress, useShare } from '../decided.ts';
import page from '../page.module.css';
import { ShareBar } from '../share-bar.tsx';
import { WideTable } from '../wide-table.tsx';
import { type Tell, useTell, type WordId } from '../words.ts';
import { decidedBy, type Explanation, type Move } from './trial.ts';
import css from './why.module.css';

const shownArticles = 4;
const kinds = ['classifier', 'nearestExample', 'text'] as const;

/** Why the bot did what it did: in a sentence, and unfolded with every number. */
export function Why({ move }: { readonly move: Move }) {
  const tell = useTell();
  const share = useShare();
  const by = decidedBy(move);
  const { explanation, titles } = move;
  if (explanation === null || by === 'dialog')
    return <p className={css.sentence}>{tell(dialogWords[move.outcome] ?? 'why.dialog')}</p>;
  return (
    <div className={css.why}>
      <p className={css.sentence}>
        {sentence(explanation, titles, tell, share)}
        {by === 'conversation' && <> {tell('why.context')}</>}
      </p>
      {explanation.candidates.length > 0 && <Numbers move={move} explanation={explanation} />}
    </div>
  );
}

const dialogWords: Readonly<Record<string, WordId>> = {
  'asked-person': 'why.askedPerson',
  'small-talk': 'why.smallTalk',
  intake: 'why.intake',
  feedback: 'why.feedback',
  failed: 'why.failed',
};

function sentence(
  { decision, candidates, sure, answerFrom }: Explanation,
  titles: Move['titles'],
  tell: Tell,
  share: (share: number) => string,
): string {
  const [best] = candidates;
  if (best === undefined) return tell('why.nothing');
  const title = titles[best.article] ?? best.article;
  const id = { answer: 'why.answer', clarify: 'why.clarify', handoff: 'why.handoff' } as const;
  return tell(id[decision], { title, sure: share(sure), from: share(answerFrom) });
}

function Numbers({ move, explanation }: { readonly move: Move; readonly explanation: Explanation }) {
  const tell = useTell();
  const share = useShare();
  const { titles, language } = move;
  const { candidates, evidence, sure, answerFrom, asking, handingOver, knownWords, decision } = explanation;
  const titleOf = (id: string) => titles[id] ?? id;
  return (
    <details className={css.numbers}>
      <summary>{tell('why.more')}</summary>
      <div className={css.parts}>
        <div>
          <h3 className={css.heading}>{tell('why.threshold')}</h3>
          <ShareBar share={sure} mark={answerFrom} />
          <p className={page.soft}>
            {tell(sure >= answerFrom ? 'why.enough' : 'why.notEnough', {
              sure: share(sure),
              from: share(answerFrom),
            })}
          </p>
          {decision !== 'answer' && (
            <p className={page.soft}>
              {tell(asking > handingOver ? 'why.askingIsWorthMore' : 'why.handingOverIsWorthMore', {
                asking: asking.toFixed(2),
                handingOver: handingOver.toFixed(2),
              })}
            </p>
          )}
          <p className={page.soft}>{tell('why.known', { share: share(knownWords) })}</p>
        </div>
        <div>
          <h3 className={css.heading}>{tell('why.articles')}</h3>
          <ul className={css.candidates}>
            {candidates.slice(0, shownArticles).map(({ article, probability }) => (
              <li key={article}>
                <Link to={articleAddress(article, language)}>{titleOf(article)}</Link>
                <span className={css.share}>{share(probability)}</span>
                <ShareBar share={probability} />
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className={css.heading}>{tell('why.evidence')}</h3>
          <WideTable label={tell('why.evidence')} className={css.evidence}>
            <thead>
              <tr>
                <td />
                {kinds.map((kind) => (
                  <th key={kind} scope="col">
                    {tell(`why.${kind}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {evidence.slice(0, shownArticles).map((one) => (
                <tr key={one.article}>
                  <th scope="row">{titleOf(one.article)}</th>
                  {kinds.map((kind) => (
                    <td key={kind}>
                      {share(Math.min(1, Math.max(0, one[kind])))}
                      <ShareBar share={one[kind]} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </WideTable>
        </div>
      </div>
    </details>
  );
}
