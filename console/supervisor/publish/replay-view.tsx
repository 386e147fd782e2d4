import { useMemo, useState } from 'react';
import { useShortcuts } from '../../desk/use-shortcuts.ts';
import { Button } from '../../parts/button.tsx';
import { useTitles } from '../decided.ts';
import { FaultLine } from '../fault-line.tsx';
import { type Undo, useGolden } from '../golden.ts';
import page from '../page.module.css';
import type { useUndo } from '../undo-bar.tsx';
import { useTell } from '../words.ts';
import { ArticleDialog } from './article-dialog.tsx';
import { ProofLine } from './proof-line.tsx';
import type { ReplayResult } from './publish.ts';
import { ReplayRowView, type Verdict } from './replay-row.tsx';
import { expectedBy, type ReplayRow, type RowKind, rowKinds, rowsOf } from './replay-rows.ts';
import css from './replay-view.module.css';

const pageRows = 50;

/** The difference that a draft makes, judged with single keys: every verdict becomes a golden question. */
export function ReplayView({
  result,
  undo,
}: {
  readonly result: ReplayResult;
  readonly undo: ReturnType<typeof useUndo>;
}) {
  const tell = useTell();
  const titleOf = useTitles();
  const golden = useGolden();
  const rows = useMemo(() => rowsOf(result), [result]);
  const [kind, setKind] = useState<RowKind | 'all'>('all');
  const [at, setAt] = useState(0);
  const [choosing, setChoosing] = useState(false);
  const [verdicts, setVerdicts] = useState<ReadonlyMap<string, Verdict>>(new Map());
  const [fault, setFault] = useState<Error | null>(null);
  const listed = kind === 'all' ? rows : rows.filter((row) => row.kind === kind);
  const [most, setMost] = useState(pageRows);
  const current = listed[at];

  const move = (by: number) => {
    const next = Math.min(listed.length - 1, Math.max(0, at + by));
    setAt(next);
    if (next >= most) setMost(most + pageRows);
  };
  const mark = (key: string, verdict: Verdict | undefined) =>
    setVerdicts((all) => {
      const marked = new Map(all);
      if (verdict === undefined) marked.delete(key);
      else marked.set(key, verdict);
      return marked;
    });
  const judge = (row: ReplayRow, verdict: Verdict) => {
    const earlier = verdicts.get(row.key);
    const { article } = verdict;
    setFault(null);
    mark(row.key, verdict);
    golden.set({ ...row.golden, article }, tell('replay.reason')).then(
      (back: Undo) => {
        const expected = article === null ? tell('golden.person') : titleOf(article, row.golden.language);
        undo.did(tell('replay.judged', { question: row.golden.question, expected }), async () => {
          await back();
          mark(row.key, earlier);
        });
      },
      (error: unknown) => {
        mark(row.key, earlier);
        setFault(error instanceof Error ? error : new Error(String(error)));
      },
    );
    move(1);
  };
  const right = (row: ReplayRow) => judge(row, { kind: 'right', article: expectedBy(row.after) });
  const wrong = (row: ReplayRow) => {
    if (row.before === null) setChoosing(true);
    else judge(row, { kind: 'wrong', article: row.expected ?? expectedBy(row.before) });
  };
  const on = (act: (row: ReplayRow) => void) => () => current !== undefined && act(current);
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    '1': on(right),
    '2': on(wrong),
    '3': on(() => setChoosing(true)),
    u: undo.undoLast,
  });

  const counts = new Map(rowKinds.map((one) => [one, rows.filter((row) => row.kind === one).length]));
  return (
    <>
      <ProofLine proof={result.proof} />
      {result.proof?.regression === true && <p className={page.soft}>{tell('proof.worseWords')}</p>}
      {result.questions === 0 ? (
        <p className={page.soft}>{tell('replay.none')}</p>
      ) : (
        <p className={css.sum}>
          {tell('replay.sum', {
            questions: result.questions,
            same: result.same,
            answered: result.after.answer,
            answeredBefore: result.before.answer,
            asked: result.after.clarify,
            askedBefore: result.before.clarify,
            handedOver: result.after.handoff,
            handedOverBefore: result.before.handoff,
          })}
        </p>
      )}
      {rows.length === 0 ? (
        <p className={page.soft}>{tell('replay.same')}</p>
      ) : (
        <>
          <fieldset className={page.row} aria-label={tell('replay.filter')}>
            {(['all', ...rowKinds] as const).map((one) => {
              const count = one === 'all' ? rows.length : (counts.get(one) ?? 0);
              return count === 0 ? null : (
                <Button
                  key={one}
                  size="s"
                  look={kind === one ? 'chip' : 'ghost'}
                  aria-pressed={kind === one}
                  onPress={() => {
                    setKind(one);
                    setAt(0);
                  }}
                >
                  {tell(`replay.kind.${one}`)} {count}
                </Button>
              );
            })}
          </fieldset>
          <p className={css.keys}>
            <kbd>j</kbd> <kbd>k</kbd> {tell('replay.keyMove')} · <kbd>1</kbd> {tell('replay.right')} ·{' '}
            <kbd>2</kbd> {tell('replay.wrong')} · <kbd>3</kbd> {tell('replay.choose')} · <kbd>u</kbd>{' '}
            {tell('undo.undo')}
          </p>
          <FaultLine fault={fault} />
          <ol className={css.rows} aria-label={tell('replay.title')}>
            {listed.slice(0, most).map((row, place) => (
              <ReplayRowView
                key={row.key}
                row={row}
                current={place === at}
                verdict={verdicts.get(row.key)}
                titleOf={titleOf}
                onSelect={() => setAt(place)}
                onRight={() => right(row)}
                onWrong={() => wrong(row)}
                onChoose={() => setChoosing(true)}
              />
            ))}
          </ol>
          {listed.length > most && (
            <Button onPress={() => setMost(most + pageRows)}>
              {tell('publish.more', { count: listed.length - most })}
            </Button>
          )}
        </>
      )}
      {choosing && current !== undefined && (
        <ArticleDialog
          question={current.golden.question}
          language={current.golden.language}
          onClose={() => setChoosing(false)}
          onChoose={(article) => {
            setChoosing(false);
            judge(current, { kind: 'chosen', article });
          }}
        />
      )}
    </>
  );
}
