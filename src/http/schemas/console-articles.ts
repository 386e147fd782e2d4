import { z } from 'zod';
import { etag, language, list, reason, share } from './console-parts.ts';

/** As it is written; what is not right about it, the knowledge base itself says. */
const articleBody = z.looseObject({ id: z.string(), language, brands: list(z.string()).optional() });

/** An article as it is kept. */
export const article = z.looseObject({
  id: z.string(),
  language,
  title: z.string(),
  examples: list(z.string()),
  answer: z.string(),
  simple: z.string().optional(),
  technical: z.string().optional(),
  tags: list(z.string()),
});

const status = z.enum(['new', 'changed', 'published']);

export const articleQuery = z.object({
  words: z.string().max(200).optional(),
  language: language.optional(),
  tag: z.string().max(60).optional(),
  status: status.optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const articleList = z.object({
  articles: list(
    z.object({
      id: z.string(),
      language,
      title: z.string(),
      examples: z.int(),
      tags: list(z.string()),
      status,
      etag: z.string(),
    }),
  ),
  of: z.int(),
});

export const articleRef = z.object({ language, id: z.string().regex(/^[a-z\d-]{1,80}$/u) });

export const draftArticle = z.object({ article, etag: z.string(), status });

export const articleSave = z.object({
  article: articleBody,
  etag: etag.nullable().describe('Of the article as it was opened; null: it is a new one.'),
  reason,
});

export const articleRemove = z.object({ etag, reason });

export const articleRestore = z.object({
  entry: z.int().min(1).describe('The number of an entry of its history.'),
  etag: etag.nullable(),
  reason,
});

export const articleImport = z.object({
  files: z
    .array(z.object({ name: z.string().min(1).max(300), text: z.string().max(8_000_000) }))
    .min(1)
    .max(2_000),
  replace: z.boolean().default(false).describe('The draft becomes exactly the import.'),
  reason,
});

export const articleImported = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  removed: z.int(),
  skipped: list(z.string()),
});

export const exportQuery = z.object({ of: z.enum(['draft', 'published']).default('draft') });

export const articleFiles = z.object({ files: list(z.object({ name: z.string(), text: z.string() })) });

export const lintFindings = z.object({
  findings: list(
    z.object({
      place: z.string(),
      rule: z.string(),
      message: z.string(),
      about: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional()
        .describe('What the message mentions, to be told in other languages.'),
    }),
  ),
});

export const exampleQuery = z.object({ examples: z.array(z.string().max(500)).max(500) });

export const exampleOpinions = z.object({
  opinions: list(
    z.object({
      example: z.string(),
      verdict: z.enum(['fits', 'elsewhere', 'nearer', 'unknown']),
      article: z.string().optional(),
      title: z.string().optional(),
      share: share.optional(),
    }),
  ),
});

export const previewQuery = z.object({
  language,
  title: z.string().max(200),
  text: z.string().max(20_000),
  video: z.boolean().default(false),
});

const shownMessage = z.object({
  text: z.string(),
  form: z.enum(['markdown', 'html', 'slack', 'whatsapp']).describe('How the text is to be read.'),
  subject: z.string().optional(),
  buttons: list(z.string()),
  rows: list(z.string()).describe('Of a list that is opened by a button.'),
  source: z.string().optional(),
});

export const articlePreview = z.object({
  channels: list(z.object({ channel: z.string(), title: z.string(), messages: list(shownMessage) })),
});
