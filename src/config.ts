import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { ChannelSetup } from './channels/channel-kind.ts';
import { channelKinds } from './channels/registry.ts';
import { RelevoError } from './core/errors.ts';
import { type FaultSettings, parseFaults } from './fault-settings.ts';
import { type Ladder, parseLadder } from './ladder-file.ts';
import { type OidcSettings, readOidc } from './oidc/settings.ts';
import { readVideo, type VideoSettings } from './video/settings.ts';

const choice = <const Choices extends readonly string[]>(...choices: Choices) =>
  z.enum(choices, `expected ${choices.join(', ').replace(/, ([^,]*)$/u, ' or $1')}`);

const onOff = choice('on', 'off').transform((value) => value === 'on');

const url = (schemes: readonly string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), {
    message: `expected an address like ${example}`,
  });

const endpoint = (example: string, ...more: readonly string[]) =>
  url(['http:', 'https:', ...more], example).refine(
    (value) => !URL.canParse(value) || new URL(value).username === '',
    {
      message: 'expected an address without a user name: the key has a variable of its own',
    },
  );

const apiKey = z.string().regex(/^[\x21-\x7e]+$/u, 'expected letters, digits and signs without blanks');

/** Every variable Relevo reads, with its default; units are in the names. */
const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .default('3000')
    .transform((text, context) => {
      const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
      if (port <= 65_535) return port;
      context.addIssue({ code: 'custom', message: 'expected a port number, 0 to 65535' });
      return z.NEVER;
    }),
  PUBLIC_URL: url(['http:', 'https:'], 'https://support.example.com').optional(),
  RELEVO_DATA: z.string().min(1).default('data'),
  RELEVO_CONFIG: z.string().min(1).default('relevo.yaml'),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/relevo').optional(),
  MONGODB_URL: z
    .string()
    .regex(
      /^mongodb(?:\+srv)?:\/\/[^\s/]+/u,
      'expected an address like mongodb://user:password@host:27017/relevo',
    )
    .optional(),
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?(?:\+(?:sentinel|cluster))?:\/\/[^\s/]+/u,
      'expected an address like redis://host:6379, redis+sentinel://host:26379,host:26379/name or redis+cluster://host:6379,host:6379',
    )
    .optional(),
  REDIS_VOLATILE: choice('refuse', 'accept').default('refuse'),
  LOG_LEVEL: choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
  LOG_FORMAT: choice('pretty', 'json').optional(),
  LLM_BASE_URL: endpoint('https://api.openai.com/v1').optional(),
  LLM_MODEL: z.string().optional(),
  LLM_API_KEY: apiKey.optional(),
  EMBEDDINGS_URL: endpoint('https://api.openai.com/v1 or file:/folder/of/a/model', 'file:').optional(),
  EMBEDDINGS_MODEL: z.string().optional(),
  EMBEDDINGS_API_KEY: apiKey.optional(),
  METRICS_PUBLIC: onOff.default(false),
  TRUST_PROXY: onOff.default(false),
  // Not for people: tests break a process with it at a named point.
  RELEVO_FAULTS: z
    .string()
    .transform((text, context) => {
      const faults = parseFaults(text);
      if (typeof faults !== 'string') return faults;
      context.addIssue({ code: 'custom', message: faults });
      return z.NEVER;
    })
    .optional(),
});

/** Relevo's settings, all checked. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where customers and agents reach Relevo, without a slash at the end; null when it is only known from the port. */
  readonly publicUrl: string | null;
  /** The data folder as an absolute path. */
  readonly dataFolder: string;
  /** The store's address, PostgreSQL's or MongoDB's; null: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | null;
  /** Null: the queue lives in the database. */
  readonly redisUrl: string | null;
  /** Whether a Redis that may forget what waits in it is taken all the same. */
  readonly redisVolatile: boolean;
  /** The model that rephrases answers; null: articles are shown as they are written. */
  readonly llm: { readonly baseUrl: string; readonly model: string; readonly apiKey: string | null } | null;
  /** Where the vectors of texts come from, one more evidence of the ranking; null: none. `model` is null for a folder. */
  readonly embeddings: {
    readonly url: string;
    readonly model: string | null;
    readonly apiKey: string | null;
  } | null;
  readonly logLevel: string;
  readonly logFormat: 'pretty' | 'json';
  readonly metricsPublic: boolean;
  /** Whether X-Forwarded-For and X-Forwarded-Proto are believed. */
  readonly trustProxy: boolean;
  readonly ladder: Ladder;
  /** Where the ladder is written: an absolute path, which need not exist, and what the file is called. */
  readonly ladderFile: { readonly path: string; readonly name: string };
  /** The channels that are switched on, beside the web chat. */
  readonly channels: readonly ChannelSetup[];
  /** Where calls are held; null: there are none. */
  readonly video: VideoSettings | null;
  /** Where people sign in who do not do it here; null: everybody has a password. */
  readonly oidc: OidcSettings | null;
  /** How this process is to break, for tests; null: not at all. */
  readonly faults: FaultSettings | null;
}

/**
 * Reads the settings: the only reader of the environment and of relevo.yaml.
 * @param env the environment; the process's own unless a test hands in another
 * @param folder relative paths are below it
 * @throws RelevoError `bad_settings`, all faults at once, each with the variable's name and what is expected
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  folder: string = process.cwd(),
): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(set);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map(
        (issue) => `${issue.path.join('.')}: ${issue.message}${shown(set, issue.path)}`,
      );
  faults.push(...storeSettings(set), ...lonelyModelSettings(set));
  const name = set.RELEVO_CONFIG ?? 'relevo.yaml';
  const read = readLadder(resolve(folder, name), name, set.RELEVO_CONFIG !== undefined);
  if ('faults' in read) faults.push(...read.faults);
  const channels: ChannelSetup[] = [];
  for (const kind of channelKinds) {
    const setup = kind.read(set);
    if (setup === null) continue;
    if ('faults' in setup) faults.push(...setup.faults);
    else channels.push(setup);
  }
  const video = readVideo(set);
  if (video !== null && 'faults' in video) faults.push(...video.faults);
  const oidc = readOidc(set);
  if (oidc !== null && 'faults' in oidc) faults.push(...oidc.faults);
  if (
    !parsed.success ||
    'faults' in read ||
    (video !== null && 'faults' in video) ||
    (oidc !== null && 'faults' in oidc) ||
    faults.length > 0
  ) {
    throw new RelevoError(
      'bad_settings',
      `the settings have ${faults.length} fault(s):\n  ${faults.join('\n  ')}`,
      {
        hint: 'Correct them all and start again; .env.example shows every variable.',
      },
    );
  }
  const value = parsed.data;
  return {
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/u, '') ?? null,
    dataFolder: resolve(folder, value.RELEVO_DATA),
    databaseUrl: value.MONGODB_URL ?? value.DATABASE_URL ?? null,
    redisUrl: value.REDIS_URL ?? null,
    redisVolatile: value.REDIS_VOLATILE === 'accept',
    ...modelsIn(value),
    logLevel: value.LOG_LEVEL,
    logFormat: value.LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'json'),
    metricsPublic: value.METRICS_PUBLIC,
    trustProxy: value.TRUST_PROXY,
    ladder: read.ladder,
    ladderFile: { path: resolve(folder, name), name },
    channels,
    video,
    oidc,
    faults: value.RELEVO_FAULTS ?? null,
  };
}

function modelsIn(value: z.infer<typeof environment>): Pick<Config, 'llm' | 'embeddings'> {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, EMBEDDINGS_URL: embeddingsUrl } = value;
  const key = value.LLM_API_KEY ?? null;
  const sameHost =
    baseUrl !== undefined &&
    embeddingsUrl !== undefined &&
    new URL(baseUrl).origin === new URL(embeddingsUrl).origin;
  return {
    llm: baseUrl === undefined || model === undefined ? null : { baseUrl, model, apiKey: key },
    embeddings:
      embeddingsUrl === undefined
        ? null
        : {
            url: embeddingsUrl,
            model: value.EMBEDDINGS_MODEL ?? null,
            apiKey: value.EMBEDDINGS_API_KEY ?? (sameHost ? key : null),
          },
  };
}

/** One installation has one store, and a queue that its store can hold or that is elsewhere. */
function storeSettings(set: Readonly<Record<string, string | undefined>>): string[] {
  if (set.MONGODB_URL === undefined) return [];
  const faults: string[] = [];
  if (set.DATABASE_URL !== undefined)
    faults.push('MONGODB_URL: expected nothing, as DATABASE_URL names a store already: set one of the two');
  if (set.REDIS_URL === undefined)
    faults.push('REDIS_URL: expected the address of a Redis, as the queue cannot live in MongoDB');
  return faults;
}

/** An address without a model and a model without an address: neither does anything, and nobody means that. */
function lonelyModelSettings(set: Readonly<Record<string, string | undefined>>): string[] {
  const faults: string[] = [];
  const inFolder = set.EMBEDDINGS_URL?.startsWith('file:') === true;
  for (const [address, model] of [
    ['LLM_BASE_URL', 'LLM_MODEL'],
    ['EMBEDDINGS_URL', 'EMBEDDINGS_MODEL'],
  ] as const) {
    const folder = inFolder && address === 'EMBEDDINGS_URL';
    if (set[address] !== undefined && set[model] === undefined && !folder)
      faults.push(`${model}: expected the name of the model at ${address}`);
    if (set[address] === undefined && set[model] !== undefined)
      faults.push(`${address}: expected the address where ${model} is`);
    if (folder && set[model] !== undefined)
      faults.push(`${model}: expected nothing, as EMBEDDINGS_URL is the folder of a model`);
  }
  return faults;
}

function readLadder(path: string, name: string, wanted: boolean): ReturnType<typeof parseLadder> {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing || wanted)
      return { faults: [`RELEVO_CONFIG: ${name} cannot be read: expected a file with the ladder`] };
  }
  return parseLadder(text, name);
}

/** A wrong value as it may be shown: addresses can hold passwords, and what is meant for one can be a password itself. */
function shown(env: Readonly<Record<string, string | undefined>>, path: readonly PropertyKey[]): string {
  const name = String(path[0]);
  const value = env[name] ?? '';
  const secret = /_(?:URL|KEY)$/u.test(name) || value.includes('://') || value.length > 40;
  return secret ? '' : ` (it is "${value}")`;
}
