import { useEffect, useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import type { Language } from '../../parts/preferences.ts';
import { type Dealt, useShare } from '../decided.ts';
import page from '../page.module.css';
import { type Tell, useTell } from '../words.ts';
import css from './replay-row.module.css';
import { expectedBy, type ReplayRow, type RowKind } from './replay-rows.ts';

/** What somebody said about a row, and what is expected of its question since then (null: a person). */
export interface Verdict {
  readonly kind: 'right' | 'wrong' | 'chosen';
  readonly article: string | null;
}

type TitleOf = (id: string, language: Language) => string;

const tones: Readonly<Record<RowKind, string | undefined>> = {
  worse: page.bad,
  'newly-handed-over': page.warn,
  'other-article': page.warn,
  'newly-asked': undefined,
  'newly-answered': page.good,
  better: page.good,
};

/** A question, what is done with it now and what the draft would do, and the verdict. */
export function ReplayRowView(props: {
  readonly row: ReplayRow;
  readonly current: boolean;
  readonly verdict: Verdict | undefined;
  readonly titleOf: TitleOf;
  readonly onSelect: () => void;
  readonly onRight: () => void;
  readonly onWrong: () => void;
  readonly onChoose: () => void;
}) {
  const tell = useTell();
  const share = useShare();
  const { row, current, verdict, titleOf, onSelect } = props;
  const item = useRef<HTMLLIElement>(null);
  const wasCurrent = useRef(current);
  useEffect(() => {
    if (current && !wasCurrent.current) item.current?.scrollIntoView({ block: 'nearest' });
    wasCurrent.current = current;
  }, [current]);
  const { language } = row.golden;
  const found = expectedBy(row.after);
  // What is right is then something else than was said before: whoever says so is told.
  const changed = row.expected === undefined || row.expected === found ? undefined : found;
  const dealt = (one: Dealt) => dealtWords(one, language, titleOf, tell, share);
  return (
    <li ref={item} className={css.row} aria-current={current || undefined}>
      <button type="button" className={css.question} onClick={onSelect}>
        {row.golden.question}
        {row.times > 1 && <span className={page.faint}> ×{row.times}</span>}
      </button>
      <span className={classNames(page.badge, tones[row.kind])}>{tell(`replay.kind.${row.kind}`)}</span>
      <p className={css.dealt}>
        {row.before !== null && <s>{dealt(row.before)}</s>} {dealt(row.after)}
      </p>
      {row.expected !== undefined && (
        <p className={page.faint}>
          {tell('replay.expected', {
            title: row.expected === null ? tell('golden.person') : titleOf(row.expected, language),
          })}
        </p>
      )}
      {verdict !== undefined && (
        <p className={css.verdict} role="status">
          {tell(`replay.verdict.${verdict.kind}`)}:{' '}
          {verdict.article === null ? tell('golden.person') : titleOf(verdict.article, language)}
        </p>
      )}
      {current && (
        <div className={css.actions}>
          <Button size="s" onPress={props.onRight}>
            {changed === undefined
              ? tell('replay.right')
              : tell('replay.otherwise', {
                  title: changed === null ? tell('golden.person') : titleOf(changed, language),
                })}
          </Button>
          <Button size="s" onPress={props.onWrong}>
            {tell('replay.wrong')}
          </Button>
          <Button size="s" look="ghost" onPress={props.onChoose}>
            {tell('replay.choose')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** What is done with a question, in words. */
export function dealtWords(
  { decision, article, confidence }: Dealt,
  language: Language,
  titleOf: TitleOf,
  tell: Tell,
  share: (share: number) => string,
): string {
  if (article === null) return tell(`dealt.${decision}None`);
  return tell(`dealt.${decision}`, { title: titleOf(article, language), sure: share(confidence) });
}
