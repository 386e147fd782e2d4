import type { Article, BaseContent } from '../core/article.ts';
import { articleKey } from './article-key.ts';
import { linksIn } from './article-links.ts';
import type { Engine, EngineArticle } from './engine/types.ts';
import { engineArticle } from './engine-article.ts';
import { createLikeness, likenessOf } from './likeness.ts';
import { meet, onShelf, shelvesIn } from './shelves.ts';

/** The rules, in the order of their findings. */
export const lintRules = [
  'unknown-brand',
  'same-example',
  'duplicate',
  'contradiction',
  'misplaced-example',
  'no-examples',
  'missing-translation',
  'bad-link',
  'dead-link',
  'long-answer',
  'never-needed',
] as const;

/** Something that somebody should look at. */
export interface LintFinding {
  /** The article, as `es/internet-lento`. */
  readonly place: string;
  readonly rule: (typeof lintRules)[number];
  /** What was found and what to do. */
  readonly message: string;
  /** What the message mentions, so that it can be told in other languages too. */
  readonly about?: Readonly<Record<string, string | number>>;
}

/** What lint looks at beside the articles. */
export interface LintOptions {
  /** Makes an engine of (a part of) the articles: for examples that belong elsewhere. Left out: not looked for. */
  readonly train?: (articles: readonly EngineArticle[]) => Engine;
  /** The companies that there are, as articles name them; left out: not looked for. */
  readonly brands?: readonly string[];
  /** How often each article was shown, by id, and in how many days; null: nothing is known. */
  readonly shown?: { readonly counts: ReadonlyMap<string, number>; readonly days: number } | null;
}

/** Questions as alike as this are one question. */
const sameQuestion = 0.85;
/** Answers as alike as this say the same; below `otherSubject` they are about something else. */
const sameAnswer = 0.8;
const otherSubject = 0.35;
/** What a customer reads on a phone without giving up. */
const longAnswer = 1_800;
const folds = 5;
/** The engine's own opinion is worth telling when it is this sure, and as good as nothing speaks for the article itself. */
const sure = 0.9;
const ruledOut = 0.05;

/** Looks for what makes a base answer badly. Pure, but for the training it is given. */
export function lint(
  { articles, synonyms }: BaseContent,
  { train, brands, shown = null }: LintOptions = {},
): LintFinding[] {
  const found: LintFinding[] = [
    ...(brands === undefined ? [] : unknownBrands(articles, brands)),
    ...sameExamples(articles),
    ...alike(articles, synonyms),
    ...(train === undefined ? [] : misplacedAnywhere(articles, train)),
    ...articles.flatMap(single),
    ...untranslated(articles),
    ...(shown === null ? [] : unneeded(articles, shown)),
  ];
  const order = (finding: LintFinding) => lintRules.indexOf(finding.rule);
  return found.sort((a, b) => order(a) - order(b) || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
}

function single(article: Article): LintFinding[] {
  const place = articleKey(article);
  const found: LintFinding[] = [];
  if (article.examples.length === 0)
    found.push({
      place,
      rule: 'no-examples',
      message: 'has no example questions: write five as customers would ask',
    });
  if (article.answer.length > longAnswer)
    found.push({
      place,
      rule: 'long-answer',
      message: `the answer has ${article.answer.length} characters: split it, or cut it to ${longAnswer}`,
      about: { length: article.answer.length, most: longAnswer },
    });
  for (const { target, fault } of linksIn(article))
    if (fault !== null)
      found.push({ place, rule: 'bad-link', message: `the link ${target} ${fault}`, about: { target } });
  return found;
}

/** Articles that are for a company that there is not. */
export function unknownBrands(articles: readonly Article[], known: readonly string[]): LintFinding[] {
  const right =
    known.length === 0
      ? 'relevo.yaml has no brands'
      : `expected one of ${known.join(', ')}, as in relevo.yaml`;
  return articles.flatMap((article) =>
    (article.brands ?? [])
      .filter((brand) => !known.includes(brand))
      .map((brand) => ({
        place: articleKey(article),
        rule: 'unknown-brand' as const,
        message: `there is no brand "${brand}", and nobody is told it: ${right}`,
        about: { brand },
      })),
  );
}

function sameExamples(articles: readonly Article[]): LintFinding[] {
  const known = new Map<string, Article[]>();
  const found: LintFinding[] = [];
  for (const article of articles) {
    for (const example of article.examples) {
      const key = `${article.language} ${example
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()}`;
      const others = known.get(key) ?? [];
      const before = others.find((other) => other.id !== article.id && meet(other, article));
      known.set(key, [...others, article]);
      if (before !== undefined)
        found.push({
          place: articleKey(article),
          rule: 'same-example',
          message: `"${example}" is an example of ${articleKey(before)} too: keep it in one of them`,
          about: { example, article: articleKey(before) },
        });
    }
  }
  return found;
}

/** Two articles of one language that answer the same question: with the same words, or with other numbers. */
function alike(articles: readonly Article[], synonyms: BaseContent['synonyms']): LintFinding[] {
  const read = createLikeness(
    articles.flatMap(({ language, title, answer }) => [
      { text: title, language },
      { text: answer, language },
    ]),
    synonyms,
  );
  const texts = articles.map((article) => ({
    article,
    title: read(article.title, article.language),
    answer: read(article.answer, article.language),
  }));
  const found: LintFinding[] = [];
  texts.forEach((one, i) => {
    for (const other of texts.slice(0, i)) {
      if (one.article.language !== other.article.language || !meet(one.article, other.article)) continue;
      const title = likenessOf(one.title, other.title);
      const answer = likenessOf(one.answer, other.answer);
      const place = articleKey(one.article);
      const elsewhere = articleKey(other.article);
      if ((title >= sameQuestion && answer >= otherSubject) || answer >= sameAnswer) {
        const different = differentNumbers(one.article.answer, other.article.answer);
        if (different === null)
          found.push({
            place,
            rule: 'duplicate',
            message: `says nearly the same as ${elsewhere}: join them into one`,
            about: { article: elsewhere },
          });
        else
          found.push({
            place,
            rule: 'contradiction',
            message: `look at it: ${elsewhere} answers the same with other numbers (${different})`,
            about: { article: elsewhere },
          });
      } else if (title >= sameQuestion)
        found.push({
          place,
          rule: 'contradiction',
          message: `look at it: ${elsewhere} has the same title and another answer`,
          about: { article: elsewhere },
        });
    }
  });
  return found;
}

/** Quantities of the one that are not in the other and the other way round; null when they agree. The numbers of steps are none. */
function differentNumbers(one: string, other: string): string | null {
  const numbers = (text: string) =>
    new Set(text.replace(/^\s*\d+\.\s/gmu, ' ').match(/\d+(?:[.,]\d+)*/gu) ?? []);
  const [mine, theirs] = [numbers(one), numbers(other)];
  const onlyMine = [...mine].filter((number) => !theirs.has(number));
  const onlyTheirs = [...theirs].filter((number) => !mine.has(number));
  if (onlyMine.length === 0 || onlyTheirs.length === 0) return null;
  return `${onlyMine.slice(0, 3).join(', ')} here, ${onlyTheirs.slice(0, 3).join(', ')} there`;
}

/** Each company's customers know other articles: an example belongs elsewhere where one of them would be told so. */
function misplacedAnywhere(
  articles: readonly Article[],
  train: (articles: readonly EngineArticle[]) => Engine,
): LintFinding[] {
  const found = shelvesIn({ articles }).flatMap((name) =>
    misplaced(
      articles.filter((article) => onShelf(name, article)),
      train,
    ),
  );
  const seen = new Set<string>();
  return found.filter(({ place, message }) => {
    const key = `${place} ${message.replace(/\d+ %/u, '')}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Cross-validated: each example is judged by an engine that has not seen it, of its own article least of all. */
function misplaced(
  articles: readonly Article[],
  train: (articles: readonly EngineArticle[]) => Engine,
): LintFinding[] {
  const found: LintFinding[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    let place = 0;
    const held: { article: Article; example: string }[] = [];
    const rest = articles.map((article) => {
      const kept = article.examples.filter((example) => {
        const out = place % folds === fold;
        place += 1;
        if (out) held.push({ article, example });
        return !out;
      });
      return engineArticle({ ...article, examples: kept });
    });
    if (held.length === 0) continue;
    const engine = train(rest);
    for (const { article, example } of held) {
      const { article: best, confidence, candidates } = engine.decide(example, article.language);
      if (best === null || best === article.id || confidence < sure) continue;
      const own = candidates.find((candidate) => candidate.article === article.id)?.probability ?? 0;
      if (own > ruledOut) continue;
      found.push({
        place: articleKey(article),
        rule: 'misplaced-example',
        message: `"${example}" looks like ${best} (${Math.round(confidence * 100)} %): move it there, or say more clearly what is meant`,
      });
    }
  }
  return found;
}

/** Every language that a tenth of the articles are in should have them all. */
function untranslated(articles: readonly Article[]): LintFinding[] {
  const byId = new Map<string, Article[]>();
  for (const article of articles) byId.set(article.id, [...(byId.get(article.id) ?? []), article]);
  const used = [...new Set(articles.map(({ language }) => language))].filter(
    (language) => articles.filter((one) => one.language === language).length * 10 >= byId.size,
  );
  return [...byId.values()].flatMap((versions): LintFinding[] => {
    const missing = used.filter((language) => !versions.some((one) => one.language === language));
    const [first] = versions;
    if (first === undefined || missing.length === 0) return [];
    return [
      {
        place: articleKey(first),
        rule: 'missing-translation',
        message: `is not there in ${missing.join(', ')}: customers who write that get another language`,
        about: { languages: missing.join(', ') },
      },
    ];
  });
}

function unneeded(
  articles: readonly Article[],
  { counts, days }: { counts: ReadonlyMap<string, number>; days: number },
): LintFinding[] {
  const ids = new Map(articles.toReversed().map((article) => [article.id, article]));
  return [...ids.values()]
    .filter(({ id }) => (counts.get(id) ?? 0) === 0)
    .map((article) => ({
      place: articleKey(article),
      rule: 'never-needed' as const,
      message: `was shown to nobody in ${days} days: is it still true, and would customers ask it like this?`,
    }));
}
