import { z } from 'zod';
import type { Article } from '../core/article.ts';
import { languages } from '../core/language.ts';
import { type Wrong, wrong, wrongOf } from './fault.ts';

/** The largest sizes of an article's parts: characters, and entries where it is a list. */
export const articleLimits = {
  id: 80,
  title: 200,
  examples: 500,
  example: 500,
  answer: 20_000,
  tags: 30,
  tag: 60,
  brands: 50,
  brand: 60,
} as const;

/** A fault of an article, and where in it: `['examples', 2]` is the third example. */
export interface ArticleFault extends Wrong {
  readonly path: readonly PropertyKey[];
}

/** `<` before a letter, `/`, `!` or `?` is where HTML begins a tag; addresses in `<…>` are Markdown. */
const html = /<(?!(?:https?:\/\/|mailto:)[^\s<>]+>)[a-z/!?][^\s>]{0,20}/iu;
const control = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const linkScheme = /\]\(\s*<?\s*([a-z][a-z0-9+.-]*):|^\s*\[[^\]]*\]:\s*<?([a-z][a-z0-9+.-]*):/gimu;
const schemes = ['http', 'https', 'mailto', 'tel'];
const heading = /^ {0,3}#{1,6}(?:\s|$)/mu;

/** What no text of an article may hold, said so that its writer can find it; null when all is well. */
function badText(text: string): Wrong | null {
  if (/\p{Surrogate}/u.test(text))
    return wrong('half_character', 'half of a character (a lone surrogate) is in the text: type it again');
  const odd = control.exec(text)?.[0];
  if (odd !== undefined) {
    const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const message = `the invisible control character U+${code} is in the text: remove it`;
    return wrong('control_character', message, { character: `U+${code}` });
  }
  const tag = html.exec(text)?.[0];
  if (tag !== undefined)
    return wrong(
      'html',
      `HTML is not allowed ("${tag}"): expected Markdown; where no tag is meant, leave a space after "<"`,
      { tag },
    );
  for (const [, inline, reference] of text.matchAll(linkScheme)) {
    const scheme = (inline ?? reference ?? '').toLowerCase();
    if (!schemes.includes(scheme))
      return wrong(
        'link_scheme',
        `a link may not begin with "${scheme}:": expected one of ${schemes.join(', ')}`,
        { scheme, known: schemes.join(', ') },
      );
  }
  return null;
}

const characters = (most: number, clean: (text: string) => string) =>
  z
    .string({ error: 'expected text' })
    .transform((text) => clean(text))
    .check((context) => {
      const { value } = context;
      const found =
        value === ''
          ? wrong('empty', `is empty: expected 1 to ${most} characters`)
          : value.length > most
            ? wrong('too_long', `has ${value.length} characters: expected at most ${most}`, { most })
            : badText(value);
      if (found === null) return;
      const { message, ...params } = found;
      context.issues.push({ code: 'custom', message, params, input: value });
    });

const line = (most: number) => characters(most, (text) => text.replace(/\s+/gu, ' ').trim());

const prose = characters(articleLimits.answer, (text) => text.replace(/\r\n?/gu, '\n').trim()).refine(
  (text) => !heading.test(text),
  {
    error: 'only the headings "## simple" and "## technical" are allowed, each once',
    params: { code: 'heading', about: {} },
  },
);

const list = (entry: ReturnType<typeof line>, most: number) =>
  z
    .array(entry, { error: 'expected a list' })
    .max(most, { error: ({ input }) => `has ${entries(input)} entries: expected at most ${most}` });

function entries(input: unknown): number {
  return Array.isArray(input) ? input.length : 0;
}

const keys = [
  'id',
  'language',
  'title',
  'examples',
  'answer',
  'simple',
  'technical',
  'tags',
  'brands',
  'video',
  'followUpDays',
];

const schema = z.strictObject(
  {
    id: z
      .string({ error: 'is missing: expected lower-case words joined by hyphens' })
      .max(articleLimits.id, `is too long: expected at most ${articleLimits.id} characters`)
      .regex(
        /^[a-z0-9]+(?:-[a-z0-9]+)*$/u,
        'expected lower-case words joined by hyphens, such as wifi-lento',
      ),
    language: z.enum(languages, {
      error: ({ input }) =>
        input === undefined
          ? `is missing: expected one of ${languages.join(', ')}`
          : `${JSON.stringify(input)} is not a language of Relevo: expected one of ${languages.join(', ')}`,
    }),
    title: line(articleLimits.title),
    examples: list(line(articleLimits.example), articleLimits.examples).default([]),
    answer: prose,
    simple: prose.exactOptional(),
    technical: prose.exactOptional(),
    tags: list(line(articleLimits.tag), articleLimits.tags).default([]),
    video: z.literal(true, { error: 'expected true, or leave it out' }).exactOptional(),
    followUpDays: z
      .int({ error: 'expected a number of days' })
      .min(1, 'expected 1 to 90 days')
      .max(90, 'expected 1 to 90 days')
      .exactOptional(),
    brands: list(line(articleLimits.brand), articleLimits.brands).exactOptional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown key ${issue.keys.map((key: string) => `"${key}"`).join(', ')}: expected one of ${keys.join(', ')}`
        : 'expected an article',
  },
);

/**
 * Checks and tidies an article from outside: outer spaces go, titles and questions become one line.
 * @param known the companies that it may be for; undefined: whoever it names
 * @returns the article, or every fault with its place
 */
export function checkArticle(
  value: unknown,
  known?: readonly string[],
): { readonly article: Article } | { readonly faults: readonly ArticleFault[] } {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) {
    const { brands = [], ...article } = result.data;
    const strange = strangeBrands(brands, known);
    if (strange.length > 0) return { faults: strange };
    return { article: brands.length === 0 ? article : { ...article, brands: [...new Set(brands)] } };
  }
  return {
    faults: result.error.issues.map((issue) => ({
      path: issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : issue.path,
      ...wrongOf(issue),
    })),
  };
}

function strangeBrands(brands: readonly string[], known: readonly string[] | undefined): ArticleFault[] {
  if (known === undefined) return [];
  const right =
    known.length === 0
      ? 'relevo.yaml has no brands'
      : `expected one of ${known.join(', ')}, as in relevo.yaml`;
  return brands.flatMap((brand, place) =>
    known.includes(brand)
      ? []
      : [
          {
            path: ['brands', place],
            ...wrong(
              known.length === 0 ? 'no_brands' : 'unknown_brand',
              `there is no brand "${brand}": ${right}`,
              { brand, known: known.join(', ') },
            ),
          },
        ],
  );
}
