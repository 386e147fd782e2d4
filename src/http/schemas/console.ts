import { z } from 'zod';
import { languages } from '../../core/language.ts';
import { option, source } from './chat.ts';
import { moment, words } from './text.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const language = z.enum(languages);
const share = z.number().min(0).max(1);
const reason = z.string().max(1_000).default('').describe('Why, for the audit log.');
const why = words(1_000).describe('Why, for the audit log.');
const who = z.object({ id: z.string(), name: z.string() });
const decision = z.enum(['answer', 'clarify', 'handoff']);
const etag = z.string().regex(/^[\da-f]{20}$/u, 'must be the etag that the article was opened with');

/** As it is written; what is not right about it, the knowledge base itself says. */
const articleBody = z.looseObject({ id: z.string(), language, brands: list(z.string()).optional() });

const article = z.looseObject({
  id: z.string(),
  language,
  title: z.string(),
  examples: list(z.string()),
  answer: z.string(),
  simple: z.string().optional(),
  technical: z.string().optional(),
  tags: list(z.string()),
});

/** How far to look back for gaps. */
export const days = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) });

export const gapQuery = days.extend({
  proposed: z.stringbool().optional().describe('Only those that people of ours have answered.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const gapRef = z.object({ id: z.string().regex(/^g[\da-f]{7}$/u, 'must be the id of a gap') });

const gap = z
  .object({
    id: z.string(),
    questions: z.int(),
    agentMs: z.number(),
    proposed: z.boolean(),
    wordings: list(z.object({ text: z.string(), language })),
    happened: z.object({
      unanswered: z.int(),
      disliked: z.int(),
      person: z.int(),
      asked: z.int(),
      solved: z.int(),
    }),
    proposal: z.object({
      kind: z.enum(['publish', 'example', 'article', 'improve', 'write']),
      article: z.string().optional(),
      by: z.enum(['question', 'agent']).optional(),
    }),
  })
  .meta({ id: 'Gap' });

export const gapList = z.object({
  gaps: list(gap),
  of: z.int(),
  at: moment.nullable().describe('When these were found; null: they are being found for the first time.'),
  finding: z
    .boolean()
    .describe(
      'They are being found anew: ask again in a second, until it is false, to see what is true now.',
    ),
});

export const gapDetail = z.object({
  gap,
  asked: list(
    z.object({
      conversation: z.string(),
      at: moment,
      language,
      question: z.string(),
      happened: z.enum(['unanswered', 'disliked', 'person', 'asked']),
      shown: list(z.string()),
      replies: list(z.string()),
      execution: z.string().nullable(),
      solved: z.boolean(),
      proposed: z.boolean(),
    }),
  ).describe('The newest hundred, oldest first, without personal data.'),
});

export const gapAccept = z.object({
  action: z.enum(['example', 'article']),
  article: z.string().min(1).max(80),
  wordings: z
    .array(z.object({ text: words(300), language }))
    .max(50)
    .optional()
    .describe("With `example`: these instead of the gap's own wordings."),
  edited: z
    .looseObject({})
    .optional()
    .describe('With `article`: what a person made of the draft of the article.'),
  reason,
});

export const gapDraftQuery = days.extend({ article: z.string().min(1).max(80) });

export const gapDraft = z.object({
  article: article.describe('Its answer is empty where nobody has answered yet.'),
});

export const gapRestore = z.object({ reason });

export const gapAccepted = z.object({
  articles: list(z.string()),
  examples: list(z.object({ text: z.string(), language })),
  golden: list(z.object({ question: z.string(), language, article: z.string().nullable() })),
});

export const gapDismiss = z.object({ reason: why });

export const settledGaps = z.object({
  settled: list(
    z.object({
      id: z.string(),
      at: moment,
      action: z.enum(['example', 'article', 'dismissed', 'restored']),
      detail: z.string(),
      questions: z.int(),
    }),
  ),
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

/** Which entries are wanted; without anything, all. */
export const auditFilter = z.object({
  subject: z.string().max(300).optional(),
  kind: z.string().max(50).optional().describe('What subjects begin with: article, user, settings …'),
  who: z.string().max(200).optional().describe('The id of whoever did it.'),
  from: moment.optional(),
  to: moment.optional(),
});

export const auditQuery = auditFilter.extend({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditList = z.object({
  entries: list(
    z.object({
      number: z.int(),
      at: moment,
      who,
      action: z.string(),
      subject: z.string(),
      reason: z.string(),
      before: z.unknown().describe('As it was; null: there was nothing.'),
      after: z.unknown().describe('As it is; null: there is nothing.'),
    }),
  ),
});

export const auditChecked = z.object({ entries: z.int(), faults: list(z.string()) });

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

export const trial = z.object({
  turns: z
    .array(z.union([z.object({ text: words(2_000) }), z.object({ option: z.string().min(1).max(64) })]))
    .min(1)
    .max(20),
  language: language.default('es'),
  brand: z.string().max(60).nullable().default(null),
});

const explanation = z.object({
  decision,
  language,
  article: z.string().nullable(),
  confidence: share.describe('That the base has an answer.'),
  candidates: list(z.object({ article: z.string(), probability: share })),
  knownWords: z.number().describe('The share of its words that the base knows.'),
  sure: share.describe('That the best article is right.'),
  answerFrom: share.describe('From what it is answered.'),
  asking: z.number().describe('What asking back is worth.'),
  handingOver: z.number().describe('What handing over is worth.'),
  evidence: list(
    z.object({
      article: z.string(),
      probability: share,
      classifier: z.number(),
      nearestExample: z.number(),
      text: z.number(),
    }),
  ),
});

const passage = source.extend({ passage: z.string().optional().describe('The part that answers.') });

const side = z.object({
  version: z.int().nullable().describe('Null: the draft.'),
  turns: list(
    z.object({
      say: list(z.object({ text: z.string(), options: list(option), sources: list(passage) })),
      action: z.enum(['wait', 'ask', 'hand-over', 'resolve']),
      outcome: z.string(),
      language,
      explanation: explanation.nullable(),
      titles: z.record(z.string(), z.string()),
    }),
  ),
});

export const trialResult = z.object({ published: side.nullable(), draft: side });

export const gateQuery = z.object({
  questions: z.coerce.number().int().min(0).max(2_000).default(500).describe('Real ones, the newest.'),
});

const goldenCounts = z.object({
  wrong: z.int(),
  'handed over': z.int(),
  'asked back': z.int(),
  right: z.int(),
});
const goldenShares = goldenCounts.extend({ of: z.int(), answered: z.int() });
const realShares = z.object({ of: z.int(), answered: z.int(), askedBack: z.int(), handedOver: z.int() });

export const gateView = z.object({
  wrongRate: share,
  publishedWrongRate: share.nullable(),
  points: list(
    z.object({
      wrongRate: share,
      answerFrom: share,
      golden: goldenShares.extend({ byLanguage: z.record(z.string(), goldenShares) }),
      real: realShares.extend({
        byLanguage: z.record(z.string(), realShares),
        byBrand: z.record(z.string(), realShares),
      }),
    }),
  ),
});

export const gateSet = z.object({ wrongRate: z.number().gt(0).lt(1), reason });

const golden = z.object({
  question: words(500),
  language,
  article: z.string().min(1).max(80).nullable().describe('Null: a person is to answer.'),
  brand: z.string().min(1).max(60).optional(),
});

export const goldenList = z.object({ golden: list(golden) });

export const goldenSet = golden.extend({ reason });

export const goldenRemove = golden.omit({ article: true }).extend({ reason });

export const replayStart = z.object({ questions: z.int().min(0).max(5_000).default(1_000) });

export const replayRef = z.object({ id: z.string().regex(/^[\da-f-]{8,64}$/u) });

const dealt = z.object({ decision, article: z.string().nullable(), confidence: share });
const graded = z.object({
  question: z.string(),
  language,
  expected: z.string().nullable(),
  before: dealt.extend({ grade: z.string() }).nullable(),
  after: dealt.extend({ grade: z.string() }),
});
const counts = z.object({ answer: z.int(), clarify: z.int(), handoff: z.int() });

/** What the golden questions say of a draft. */
export const proofSchema = z
  .object({
    version: z.int().nullable(),
    regression: z.boolean(),
    worse: list(graded),
    better: list(graded),
    edge: list(graded),
    grades: z.object({
      before: goldenCounts.nullable(),
      after: goldenCounts,
    }),
    dropped: z.int(),
  })
  .nullable();

export const replayJob = z
  .object({
    id: z.string(),
    by: z.string(),
    startedAt: moment,
    revision: z.int().describe("The draft's."),
    version: z.int().describe('What it is compared with.'),
    state: z.enum(['running', 'done', 'cancelled', 'failed', 'died']),
    step: z.object({
      stage: z.enum(['training', 'replaying', 'proving']),
      done: z.int(),
      of: z.int(),
    }),
    error: z.string().nullable(),
    result: z
      .object({
        questions: z.int(),
        same: z.int(),
        before: counts,
        after: counts,
        changes: list(
          z.object({
            at: moment,
            question: z.string(),
            language,
            brand: z.string().nullable(),
            change: z.enum(['newly-answered', 'newly-asked', 'newly-handed-over', 'other-article']),
            before: dealt,
            after: dealt,
          }),
        ),
        proof: proofSchema,
      })
      .nullable(),
  })
  .meta({ id: 'Replay' });

export const replayList = z.object({ replays: list(replayJob) });

const change = z.enum(['added', 'changed', 'removed']);
const baseChanges = z.object({
  articles: list(z.object({ id: z.string(), language, title: z.string(), change })),
  golden: list(golden.extend({ question: z.string(), change, was: z.string().nullable().optional() })),
  synonyms: list(z.object({ language, words: list(z.string()), change })),
  phrases: list(
    z.object({ language, key: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  rehearsals: list(z.object({ name: z.string(), change })),
  mustRehearse: z.object({ before: z.boolean(), after: z.boolean() }).nullable(),
  wrongRate: z.object({ before: share.nullable(), after: share }).nullable(),
});

export const draftChanges = z.object({
  version: z.int().nullable().describe('What is published; null: nothing yet.'),
  revision: z.int().describe("The draft's."),
  changes: baseChanges,
});

export const draftProof = z.object({ proof: proofSchema });

export const versionRef = z.object({ version: z.coerce.number().int().min(1) });

export const versionHeld = z.object({
  held: z.object({
    articles: z.int(),
    golden: z.int(),
    synonyms: z.int(),
    phrases: z.int(),
    rehearsals: z.int(),
    mustRehearse: z.boolean(),
    wrongRate: share,
  }),
  changes: baseChanges.describe('Since the version before.'),
});

export const versionList = z.object({
  versions: list(
    z.object({
      version: z.int(),
      publishedAt: moment,
      publishedBy: z.string(),
      comment: z.string(),
      articleCount: z.int(),
      candidate: z.boolean().optional().describe('Only for a trial: it was never live.'),
    }),
  ),
});

export const publication = z.object({
  comment: z.string().max(1_000).default(''),
  override: words(1_000).optional().describe('Why it is published although golden questions get worse.'),
});

export const published = z.object({ version: z.int(), articleCount: z.int(), proof: proofSchema });

export const rollback = z.object({ version: z.int().min(1), reason });

export const rolledBack = z.object({ version: z.int(), articleCount: z.int() });
