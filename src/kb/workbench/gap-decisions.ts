import { isDeepStrictEqual } from 'node:util';
import type { Article, BaseContent, GoldenQuestion } from '../../core/article.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { articleKey } from '../article-key.ts';
import { checkArticle } from '../article-schema.ts';
import type { KnowledgeBases } from '../bases.ts';
import { changeDraft } from '../draft.ts';
import type { Gap } from '../gap.ts';
import type { Accepted } from '../gap-accept.ts';
import type { GapDecision, GapWork } from '../gap-work.ts';
import { goldenKey } from '../golden-file.ts';
import type { WriteDown, Writer } from './write-down.ts';

/** What supervisors decide about gaps: written down so that it can be taken back. */
export interface GapDecisions {
  /** @throws RelevoError as `GapWork.accept` does */
  accept(writer: Writer, id: string, days: number, decision: GapDecision): Promise<Accepted>;
  /** @throws RelevoError `kb_gap_unknown` */
  dismiss(writer: Writer, id: string, days: number): Promise<Gap>;
  /**
   * Takes back the newest decision about a gap, and what accepting it put into the draft.
   * @throws RelevoError `kb_gap_unknown`; `kb_article_changed` when somebody has worked on the article since: nothing is changed
   */
  restore(writer: Writer, id: string): Promise<void>;
}

/** What one acceptance changed in the draft: each as it was (null: it was not there) and as it became. */
interface Accepting {
  readonly articles: readonly { readonly before: Article | null; readonly after: Article }[];
  readonly golden: readonly { readonly before: GoldenQuestion | null; readonly after: GoldenQuestion }[];
}

/** Does what supervisors decide about gaps. @param written what was written down about something, newest first */
export function createGapDecisions(deps: {
  readonly work: GapWork;
  readonly bases: Pick<KnowledgeBases, 'draft' | 'saveDraft'>;
  readonly writeDown: WriteDown;
  readonly written: (
    subject: string,
    limit: number,
  ) => Promise<readonly { readonly action: string; readonly after: Json }[]>;
}): GapDecisions {
  const { work, bases, writeDown, written } = deps;

  async function takeBack(writer: Writer, { articles, golden }: Accepting): Promise<void> {
    await changeDraft(bases, (content) => ({ content: without(content, articles, golden), result: null }));
    for (const { before, after } of articles)
      await writeDown(
        writer,
        'article.gap-restore',
        `article/${articleKey(after)}`,
        json(after),
        json(before),
      );
  }

  return {
    async accept(writer, id, days, decision) {
      const { before, ...accepted } = await work.accept(id, days, decision);
      const { action, article } = decision;
      const changed = changedBy(before, accepted);
      const after = { action, article, articles: [...accepted.articles], examples: accepted.examples.length };
      for (const one of changed.articles)
        await writeDown(
          writer,
          'article.gap-accept',
          `article/${articleKey(one.after)}`,
          json(one.before),
          json(one.after),
        );
      await writeDown(writer, 'gap.accept', `gap/${id}`, null, { ...after, changed: json(changed) });
      return accepted;
    },
    async dismiss(writer, id, days) {
      const gap = await work.dismiss(id, days, writer.reason);
      await writeDown(writer, 'gap.dismiss', `gap/${id}`, null, { questions: gap.questions.length });
      return gap;
    },
    async restore(writer, id) {
      const [newest] = await written(`gap/${id}`, 1);
      const accepting = newest?.action === 'gap.accept' ? acceptingOf(newest.after) : null;
      if (accepting !== null) await takeBack(writer, accepting);
      const settled = await work.restore(id, writer.reason);
      await writeDown(
        writer,
        'gap.restore',
        `gap/${id}`,
        { action: settled.action, detail: settled.detail },
        null,
      );
    },
  };
}

function changedBy(before: BaseContent, { content, articles, golden }: Accepted): Accepting {
  const was = new Map(before.articles.map((article) => [articleKey(article), article]));
  const asked = new Map(before.golden.map((one) => [goldenKey(one), one]));
  return {
    articles: content.articles
      .filter((article) => articles.includes(articleKey(article)))
      .map((after) => ({ before: was.get(articleKey(after)) ?? null, after })),
    golden: golden.map((after) => ({ before: asked.get(goldenKey(after)) ?? null, after })),
  };
}

/** The draft without what was accepted. @throws RelevoError `kb_article_changed` */
function without(
  content: BaseContent,
  articles: Accepting['articles'],
  golden: Accepting['golden'],
): BaseContent {
  const now = new Map(content.articles.map((article) => [articleKey(article), article]));
  for (const { after } of articles) {
    if (isDeepStrictEqual(now.get(articleKey(after)), after)) continue;
    throw new RelevoError('kb_article_changed', `somebody has worked on "${articleKey(after)}" since`, {
      hint: 'Change the article itself, or restore it from its history.',
    });
  }
  const back = new Map(articles.map(({ before, after }) => [articleKey(after), before]));
  const asked = new Map(golden.map(({ before, after }) => [goldenKey(after), { before, after }]));
  return {
    ...content,
    articles: content.articles.flatMap((article) => {
      const before = back.get(articleKey(article));
      return before === undefined ? [article] : before === null ? [] : [before];
    }),
    golden: content.golden.flatMap((one) => {
      const change = asked.get(goldenKey(one));
      // Somebody's own verdict since then stays.
      if (change === undefined || change.after.article !== one.article) return [one];
      return change.before === null ? [] : [change.before];
    }),
  };
}

/** @throws RelevoError `kb_entry_unknown` for what an older Relevo wrote, which cannot be taken back by itself */
function acceptingOf(after: Json): Accepting {
  const { changed } = (after ?? {}) as { changed?: Accepting };
  const sound = changed?.articles.every(
    ({ before, after: article }) =>
      'article' in checkArticle(article) && (before === null || 'article' in checkArticle(before)),
  );
  if (changed === undefined || sound !== true)
    throw new RelevoError('kb_entry_unknown', 'what was accepted is not known any more', {
      hint: 'Restore the article from its history.',
    });
  return changed;
}

function json(value: object | null): Json {
  return value === null ? null : (JSON.parse(JSON.stringify(value)) as Json);
}
