import { type Kysely, type Migration, sql } from 'kysely';

/**
 * The steps of the schema in order. A step that was released is never changed: a new one is added.
 *
 * Of the read model `conversations` no index is unique: the log alone decides what may be stored (law 2),
 * and a derived row must not refuse what the log takes. No index holds what most messages change (sequence, state,
 * deadline): PostgreSQL then updates the row in its page and touches no index, a third of a commit's work. So
 * `wake_at`, which the sweeper searches, is no later than the row's deadline and its unanswered message, but may be
 * earlier: a commit only ever lowers it, and the sweeper raises it to what it should be. `case_deadline_at` is the
 * deadline of open cases only: conversations with the bot alone leave it empty.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-store': { up: (db) => runAll(db, firstTables) },
  '002-tuning': { up: (db) => runAll(db, tuning) },
  '003-channels': { up: (db) => runAll(db, channels) },
  '004-invitations': { up: (db) => runAll(db, invitations) },
  '005-questions': { up: (db) => runAll(db, questions) },
  '006-brands': { up: (db) => runAll(db, brands) },
  '007-facts': { up: (db) => runAll(db, facts) },
  '008-audit': { up: (db) => runAll(db, audit) },
  '009-with-bot': { up: (db) => runAll(db, withBot) },
  '010-accounts': { up: (db) => runAll(db, accounts) },
  '011-candidates': { up: (db) => runAll(db, candidates) },
  '012-many': { up: (db) => runAll(db, many) },
  '013-identities': { up: (db) => runAll(db, identities) },
  '014-missed': { up: (db) => runAll(db, missed) },
  '015-moves': { up: (db) => runAll(db, moves) },
  '016-engines-as-they-are': { up: (db) => runAll(db, enginesAsTheyAre) },
};

async function runAll(db: Kysely<unknown>, statements: string): Promise<void> {
  for (const statement of statements.split(';').filter((text) => text.trim() !== '')) {
    await sql.raw(statement).execute(db);
  }
}

const firstTables = `
create table relevo.commits (
  conversation text not null,
  seq integer not null check (seq > 0),
  at bigint not null,
  key text,
  body jsonb not null,
  primary key (conversation, seq)
);
create unique index commits_key on relevo.commits (key) where key is not null;

create table relevo.conversations (
  id text primary key,
  seq integer not null,
  address text not null,
  ordinal integer not null,
  number bigint not null,
  state json not null,
  stage text not null,
  tier integer,
  agent text,
  deadline_kind text,
  deadline_at bigint,
  turn_at bigint,
  wake_at bigint,
  case_deadline_at bigint,
  closed_at bigint
) with (fillfactor = 70);
create index conversations_address on relevo.conversations (address, ordinal);
create index conversations_number on relevo.conversations (number);
create index conversations_wake on relevo.conversations (wake_at) where wake_at is not null;
create index conversations_open_case on relevo.conversations (stage, case_deadline_at)
  where case_deadline_at is not null;
create index conversations_closed_case on relevo.conversations (closed_at)
  where tier is not null and closed_at is not null;
create index conversations_agent on relevo.conversations (agent, case_deadline_at) where agent is not null;

create sequence relevo.conversation_numbers start with 1001;

create table relevo.effects (
  conversation text not null,
  seq integer not null,
  index integer not null,
  state text not null default 'pending',
  attempts integer not null default 0,
  due_at bigint not null default 0,
  touched_at bigint not null,
  lease text,
  unknown boolean not null default false,
  external_id text,
  error text,
  primary key (conversation, seq, index)
);
create index effects_open on relevo.effects (conversation, seq, index) where state in ('pending', 'sending');

create table relevo.drafts (
  id integer primary key check (id = 1),
  revision integer not null,
  articles jsonb not null
);

create table relevo.bases (
  version integer primary key,
  published_at bigint not null,
  published_by text not null,
  comment text not null,
  article_count integer not null,
  articles jsonb not null
);

create table relevo.users (
  id text primary key,
  email text not null constraint users_email unique,
  name text not null,
  role text not null,
  password_hash text not null,
  disabled boolean not null
);

create table relevo.sessions (
  hash text primary key,
  "user" text not null references relevo.users (id) on delete cascade,
  expires_at bigint not null
);
create index sessions_expiry on relevo.sessions (expires_at);

create table relevo.tokens (
  hash text primary key,
  name text not null,
  role text not null,
  created_at bigint not null
);
`;

/**
 * The index on the log's time is one of block ranges: a commit touches it hardly ever, and what is read through it
 * are whole hours.
 */
const tuning = `
alter table relevo.drafts add column tuning jsonb not null
  default '{"golden": [], "synonyms": [], "wrongRate": 0.05}';
alter table relevo.bases add column tuning jsonb not null
  default '{"golden": [], "synonyms": [], "wrongRate": 0.05}';

create table relevo.engines (
  version integer primary key,
  engine bytea not null
);

create table relevo.settled_gaps (
  number integer primary key generated always as identity,
  id text not null,
  at bigint not null,
  action text not null,
  detail text not null,
  questions jsonb not null
);

create index commits_at on relevo.commits using brin (at) with (pages_per_range = 32, autosummarize = on);
`;

const channels = `
alter table relevo.effects add column part_ids text[] not null default '{}';
alter table relevo.effects add column receipt text;
create index effects_failed on relevo.effects (touched_at) where error is not null and state in ('failed', 'done');

create table relevo.cursors (
  name text primary key,
  value text not null
);

create table relevo.quarantine (
  key text primary key,
  channel text not null,
  at bigint not null,
  reason text not null,
  raw text not null
);
create index quarantine_at on relevo.quarantine (at);

create table relevo.files (
  id text primary key,
  conversation text,
  channel text not null,
  media jsonb not null,
  state text not null,
  attempts integer not null default 0,
  due_at bigint not null,
  touched_at bigint not null,
  type text,
  bytes bigint,
  sha256 text,
  error text
);
create index files_conversation on relevo.files (conversation) where conversation is not null;
create table relevo.people (
  address text primary key,
  document jsonb not null,
  joined_to text not null,
  at bigint not null
);
create index people_joined_to on relevo.people (joined_to);

create table relevo.join_codes (
  hash text primary key,
  address text not null unique,
  document jsonb not null,
  until bigint not null
);

create index files_remote on relevo.files (due_at) where state = 'remote';
`;

const invitations = `
create table relevo.invitations (
  id text primary key,
  code_hash text not null unique,
  version integer not null,
  document jsonb not null
);
create index invitations_room on relevo.invitations ((document->>'room'));
`;

const questions = `
alter table relevo.conversations add column asked_at bigint;
create index conversations_asked on relevo.conversations (asked_at) where asked_at is not null;
`;

const brands = `
alter table relevo.conversations add column brand text;
`;

const facts = `
create table relevo.case_facts (
  conversation text primary key,
  seq integer not null,
  day text not null,
  document json not null
);
create index case_facts_day on relevo.case_facts (day);

create table relevo.day_figures (
  day text primary key,
  due_at bigint,
  document json
);

create table relevo.fact_places (
  name text primary key,
  document json not null
);
`;

const audit = `
create table relevo.audit (
  number bigint primary key,
  at bigint not null,
  action text not null,
  subject text not null,
  body text not null,
  hash text not null
);
create index audit_subject on relevo.audit (subject, number);
`;

const withBot = `
create index conversations_with_bot on relevo.conversations (brand) where stage = 'bot';
`;

/** Tries are counted for minutes: a crash may forget them, and they are not written ahead. */
const accounts = `
alter table relevo.users add column brands text[];
alter table relevo.sessions
  add column created_at bigint not null default 0,
  add column seen_at bigint not null default 0,
  add column device text not null default '';
create index sessions_user on relevo.sessions ("user");
alter table relevo.tokens add column expires_at bigint, add column used_at bigint;

create table relevo.joiners (
  id text primary key,
  hash text not null unique,
  email text not null,
  name text not null,
  role text not null,
  brands text[],
  "by" text not null,
  created_at bigint not null,
  expires_at bigint not null
);

create unlogged table relevo.tries (
  key text primary key,
  count integer not null,
  until bigint not null
);
create index tries_until on relevo.tries (until);
`;

const candidates = `
alter table relevo.bases add column candidate boolean;
`;

/** What a list shows is found in its order however many cases there are: of a tier, of a company, of whoever holds them. */
const many = `
alter table relevo.conversations add column holder text;
create index conversations_held on relevo.conversations (holder, tier) where holder is not null;
create index conversations_open_tier on relevo.conversations (stage, tier, case_deadline_at) include (brand)
  where case_deadline_at is not null;
create index conversations_closed_tier on relevo.conversations (tier, closed_at)
  where tier is not null and closed_at is not null;
create index conversations_closed_brand on relevo.conversations (brand, closed_at)
  where brand is not null and tier is not null and closed_at is not null;
`;

const identities = `
alter table relevo.users add column identity text constraint users_identity unique;
`;

const missed = `
create table relevo.missed (
  conversation text primary key,
  seq integer not null,
  newest_at bigint,
  document json not null
);
create index missed_newest on relevo.missed (newest_at desc, conversation) where newest_at is not null;

create table relevo.missed_places (
  name text primary key,
  document json,
  revision bigint not null,
  changes bigint not null
);
`;

const moves = `
alter table relevo.conversations add column move text;
create index conversations_move on relevo.conversations (move, brand) where move is not null;
`;

/** Trained engines are dense numbers: to compress them takes four times as long as to write them. */
const enginesAsTheyAre = `
alter table relevo.engines alter column engine set storage external;
`;
