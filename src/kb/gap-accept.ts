import type { Article, BaseContent, GoldenQuestion } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import { articleKey } from './article-key.ts';
import { articleLimits, checkArticle } from './article-schema.ts';
import type { Gap, Wording } from './gap.ts';
import { whatAgentsDid } from './gap-proposal.ts';
import { mergeGolden } from './golden-file.ts';
import { redact } from './redact.ts';
import { onShelf } from './shelves.ts';

/** What accepting a gap did to a draft. */
export interface Accepted {
  readonly content: BaseContent;
  /** The articles that were changed or added, as `es/internet-lento`. */
  readonly articles: readonly string[];
  readonly examples: readonly Wording[];
  /** Golden questions that now expect the article; one of them is held back from the examples where there are three. */
  readonly golden: readonly GoldenQuestion[];
}

const mostWordings = 10;
const mostTitle = 120;

/**
 * Puts a gap's wordings into a draft as examples of an article, each in its language, and as golden questions.
 * @throws RelevoError `kb_article_unknown`; `kb_gap_language` when the article has none of the wordings' languages
 */
export function acceptAsExample(
  content: BaseContent,
  gap: Pick<Gap, 'brand' | 'wordings'>,
  id: string,
): Accepted {
  const versions = new Map(
    content.articles
      .filter((article) => article.id === id && onShelf(gap.brand ?? null, article))
      .map((article) => [article.language, article]),
  );
  if (versions.size === 0)
    throw new RelevoError(
      'kb_article_unknown',
      `the draft has no article "${id}"${gap.brand === undefined ? '' : ` for ${gap.brand}`}`,
      {
        hint: '"relevo kb list --draft" lists them; "--new <id>" makes one.',
      },
    );
  const usable = gap.wordings.filter(({ language }) => versions.has(language)).slice(0, mostWordings);
  if (usable.length === 0)
    throw new RelevoError(
      'kb_gap_language',
      `the article "${id}" is there in ${[...versions.keys()].join(', ')} only, and nobody asked in that`,
      { hint: 'Import a translation of it first.' },
    );
  const examples = taught(usable);
  const changed = new Map<string, Article>();
  for (const [language, article] of versions) {
    const known = new Set(article.examples.map((example) => example.toLowerCase()));
    const added = examples
      .filter((one) => one.language === language && !known.has(one.text.toLowerCase()))
      .map(({ text }) => text);
    if (added.length === 0) continue;
    const all = [...article.examples, ...added].slice(-articleLimits.examples);
    changed.set(articleKey(article), { ...article, examples: all });
  }
  const articles = content.articles.map((article) => changed.get(articleKey(article)) ?? article);
  return {
    ...withGolden({ ...content, articles }, usable, id, gap.brand),
    articles: [...changed.keys()],
    examples,
  };
}

/** A new article for a gap: its most typical wording as the title, what agents wrote or did as the steps; without them an empty answer. */
export function draftArticle(gap: Gap, id: string): Article {
  const done = whatAgentsDid(gap);
  const language = done?.language ?? gap.wordings[0]?.language ?? 'es';
  const usable = usableFor(gap, language);
  const steps =
    done === null ? [] : done.replies.length > 0 ? done.replies : (done.execution ?? '').split('\n');
  return {
    id,
    language,
    title: titleOf(usable[0]?.text ?? gap.wordings[0]?.text ?? id),
    examples: taught(usable).map(({ text }) => text),
    answer: answerOf(steps),
    tags: [],
    ...(gap.brand === undefined ? {} : { brands: [gap.brand] }),
  };
}

/**
 * Puts a new article for a gap into a draft.
 * @param edited the article as a person made it of `draftArticle`; left out: as it was drafted
 * @throws RelevoError `kb_article_known`; `kb_gap_unanswered` when no agent has answered; `kb_gap_unfit` when that makes no article
 */
export function acceptAsArticle(content: BaseContent, gap: Gap, id: string, edited?: object): Accepted {
  if (content.articles.some((article) => article.id === id))
    throw new RelevoError('kb_article_known', `the draft already has an article "${id}"`, {
      hint: `Add the questions to it with --example-for ${id}, or choose another id.`,
    });
  if (edited === undefined && whatAgentsDid(gap) === null)
    throw new RelevoError(
      'kb_gap_unanswered',
      'no agent has answered it yet: there is nothing to draft from',
      {
        hint: 'Write the article yourself and import it: "relevo kb import <file>".',
      },
    );
  const drafted = draftArticle(gap, id);
  const { brands } = drafted;
  const checked = checkArticle({ ...drafted, ...edited, id, ...(brands === undefined ? {} : { brands }) });
  if ('faults' in checked)
    throw new RelevoError(
      'kb_gap_unfit',
      `what was written makes no article: ${checked.faults.map(({ path, message }) => `${path.join(' ')} ${message}`).join('; ')}`,
    );
  const { article } = checked;
  const articles = [...content.articles, article];
  return {
    ...withGolden({ ...content, articles }, usableFor(gap, article.language), id, gap.brand),
    articles: [articleKey(article)],
    examples: article.examples.map((text) => ({ text, language: article.language })),
  };
}

function usableFor({ wordings }: Gap, language: Language): readonly Wording[] {
  return wordings.filter((one) => one.language === language).slice(0, mostWordings);
}

/** All wordings but the last of three or more: that one shows whether the article is found in words it was not taught. */
function taught(wordings: readonly Wording[]): readonly Wording[] {
  return wordings.length < 3 ? wordings : wordings.slice(0, -1);
}

function withGolden(content: BaseContent, wordings: readonly Wording[], id: string, brand?: string) {
  const asker = brand === undefined ? {} : { brand };
  const [first, last] = [wordings[0], wordings.at(-1)];
  const chosen = [...new Set([first, last])].filter((one) => one !== undefined);
  const golden = chosen.map(
    ({ text, language }): GoldenQuestion => ({ question: text, language, article: id, ...asker }),
  );
  return { content: { ...content, golden: mergeGolden(content.golden, golden).golden }, golden };
}

function titleOf(wording: string): string {
  const sentence = /^[^.\n]{8,}?[?!.](?=\s|$)/u.exec(wording)?.[0] ?? wording;
  const short =
    sentence.length <= mostTitle ? sentence : sentence.slice(0, mostTitle).replace(/\s+\S*$/u, '');
  return `${short.slice(0, 1).toUpperCase()}${short.slice(1)}`;
}

/** Numbered steps where there are several; what Markdown would read as something else is made plain. */
function answerOf(steps: readonly string[]): string {
  const plain = steps
    .map((step) =>
      redact(step)
        .replace(/</gu, '‹')
        .replace(/^[\s#>*-]+/gmu, '')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter((step) => step !== '');
  return plain.length === 1 ? (plain[0] ?? '') : plain.map((step, i) => `${i + 1}. ${step}`).join('\n');
}
