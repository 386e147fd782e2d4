import { isDeepStrictEqual } from 'node:util';
import type { BaseContent, GoldenQuestion } from '../../core/article.ts';
import type { KnowledgeBases } from '../bases.ts';
import { changeDraft } from '../draft.ts';
import { goldenKey, mergeGolden } from '../golden-file.ts';
import { maxWritten, type WriteDown, type Writer } from './write-down.ts';

/** What is said to name a golden question. */
export type GoldenName = Pick<GoldenQuestion, 'question' | 'language' | 'brand'>;

/** The draft's golden questions; every change is written down. */
export interface GoldenWork {
  /** Adds a golden question, or changes what is expected of it. */
  set(writer: Writer, golden: GoldenQuestion): Promise<void>;
  /** @returns false when there is none such */
  remove(writer: Writer, golden: GoldenName): Promise<boolean>;
  /**
   * Puts golden questions into the draft; known ones are replaced.
   * @param replace whether the draft's become exactly these
   */
  add(
    writer: Writer,
    incoming: readonly GoldenQuestion[],
    replace: boolean,
  ): Promise<{ readonly added: number; readonly draft: BaseContent }>;
}

/** Works on the draft's golden questions. */
export function createGoldenWork({
  bases,
  writeDown,
}: {
  readonly bases: Pick<KnowledgeBases, 'draft' | 'saveDraft'>;
  readonly writeDown: WriteDown;
}): GoldenWork {
  const find = (all: readonly GoldenQuestion[], name: GoldenName): GoldenQuestion | null =>
    all.find((one) => goldenKey(one) === goldenKey(name)) ?? null;
  const writeSet = (writer: Writer, before: GoldenQuestion | null, { article, ...name }: GoldenQuestion) =>
    writeDown(writer, 'golden.set', `golden/${goldenKey(name)}`, before?.article ?? null, article);
  const writeRemoved = (writer: Writer, { article, ...name }: GoldenQuestion) =>
    writeDown(writer, 'golden.remove', `golden/${goldenKey(name)}`, article, null);

  return {
    async set(writer, golden) {
      const before = await changeDraft(bases, (content) => ({
        content: { ...content, golden: mergeGolden(content.golden, [golden]).golden },
        result: find(content.golden, golden),
      }));
      await writeSet(writer, before, golden);
    },
    async remove(writer, name) {
      const known = await changeDraft(bases, (content) => ({
        content: { ...content, golden: content.golden.filter((one) => goldenKey(one) !== goldenKey(name)) },
        result: find(content.golden, name),
      }));
      if (known === null) return false;
      await writeRemoved(writer, known);
      return true;
    },
    async add(writer, incoming, replace) {
      const { before, ...done } = await changeDraft(bases, (content) => {
        const { golden, added } = mergeGolden(replace ? [] : content.golden, incoming);
        const draft = { ...content, golden };
        return { content: draft, result: { before: content.golden, added, draft } };
      });
      const now = done.draft.golden;
      const [was, is] = [byKey(before), byKey(now)];
      const removed = before.filter((one) => !is.has(goldenKey(one)));
      const set = now.filter((one) => !isDeepStrictEqual(was.get(goldenKey(one)), one));
      const counts = { set: set.length, removed: removed.length, replace };
      if (set.length + removed.length > 0)
        await writeDown(writer, 'golden.import', 'golden', before.length, { ...counts, now: now.length });
      if (set.length + removed.length <= maxWritten) {
        for (const one of removed) await writeRemoved(writer, one);
        for (const one of set) await writeSet(writer, was.get(goldenKey(one)) ?? null, one);
      }
      return done;
    },
  };
}

function byKey(all: readonly GoldenQuestion[]): ReadonlyMap<string, GoldenQuestion> {
  return new Map(all.map((one) => [goldenKey(one), one]));
}
