import type { Generated, JSONColumnType } from 'kysely';
import type { Article, BaseContent } from '../../core/article.ts';
import type { Conversation, Deadline, Stage } from '../../core/conversation.ts';
import type { Commit } from '../../core/event.ts';
import type { CaseFact, DayFigures } from '../../core/figures.ts';
import type { Invitation } from '../../core/invitation.ts';
import type { Address, Media } from '../../core/message.ts';
import type { MissedConversation } from '../../core/missed.ts';
import type { Role } from '../accounts.ts';
import type { Moves } from '../cases.ts';
import type { LogCursor } from '../conversation-log.ts';
import type { FileRow } from '../files.ts';
import type { SettledGap } from '../gaps.ts';
import type { EffectRow } from '../outbox.ts';
import type { Joined } from '../people.ts';

/** What of a commit is kept as one document. */
export type CommitBody = Pick<Commit, 'by' | 'events' | 'effects'>;

/** The log. */
export interface CommitTable {
  conversation: string;
  seq: number;
  at: number;
  key: string | null;
  body: JSONColumnType<CommitBody>;
}

/** The read model of a conversation: its state, and beside it what lists and the sweeper look for. */
export interface ConversationTable {
  id: string;
  seq: number;
  address: string;
  ordinal: number;
  number: number;
  state: JSONColumnType<Conversation>;
  stage: Stage['kind'];
  /** The tier that has or last had it; null: never with people. */
  tier: number | null;
  /** The id of the agent who holds it. */
  agent: string | null;
  /** The id of the agent for whom it waits, and not for the customer or the vendor. */
  holder: string | null;
  /** Whose move it is while an agent holds it. */
  move: keyof Moves | null;
  /** The company it is with; null: the only one. */
  brand: string | null;
  deadline_kind: Deadline['kind'] | null;
  deadline_at: number | null;
  /** Since when the bot owes an answer. */
  turn_at: number | null;
  /** Not before this is there anything for the sweeper; never later than the two above. */
  wake_at: number | null;
  /** The deadline, of a case that people have and that is not closed. */
  case_deadline_at: number | null;
  closed_at: number | null;
  /** Since when its oldest question to a tier waits for an answer. */
  asked_at: number | null;
}

/** The outbox. */
export interface EffectTable {
  conversation: string;
  seq: number;
  index: number;
  state: Generated<EffectRow['state']>;
  attempts: Generated<number>;
  /** Pending: not before this. Sending: the end of the lease. */
  due_at: Generated<number>;
  touched_at: number;
  lease: string | null;
  unknown: Generated<boolean>;
  external_id: string | null;
  error: string | null;
  part_ids: Generated<string[]>;
  receipt: EffectRow['receipt'];
}

/** What channels remember. */
export interface CursorTable {
  name: string;
  value: string;
}

/** Payloads that could not be read. */
export interface QuarantineTable {
  key: string;
  channel: string;
  at: number;
  reason: string;
  raw: string;
}

/** Addresses that are another one's person. */
export interface PersonTable {
  address: string;
  document: JSONColumnType<Joined>;
  joined_to: string;
  at: number;
}

/** Codes with which an address may be joined to another. */
export interface JoinCodeTable {
  hash: string;
  address: string;
  document: JSONColumnType<Address>;
  until: number;
}

/** Files of messages; their bytes are elsewhere. */
export interface FileTable {
  id: string;
  conversation: string | null;
  channel: string;
  media: JSONColumnType<Media>;
  state: FileRow['state'];
  attempts: Generated<number>;
  /** Remote: not before this is it to be fetched. */
  due_at: number;
  touched_at: number;
  type: string | null;
  bytes: number | null;
  sha256: string | null;
  error: string | null;
}

/** What a base holds beside its articles. */
export type BaseTuning = Omit<BaseContent, 'articles'>;

/** The one row that is the draft. */
export interface DraftTable {
  id: number;
  revision: number;
  articles: JSONColumnType<readonly Article[]>;
  tuning: JSONColumnType<BaseTuning>;
}

/** Published bases. */
export interface BaseTable {
  version: number;
  published_at: number;
  published_by: string;
  comment: string;
  candidate: boolean | null;
  article_count: number;
  articles: JSONColumnType<readonly Article[]>;
  tuning: JSONColumnType<BaseTuning>;
}

/** Trained engines of published versions. */
export interface EngineTable {
  readonly version: number;
  readonly engine: Buffer;
}

/** What people decided about gaps. */
export interface SettledGapTable {
  number: Generated<number>;
  id: string;
  at: number;
  action: SettledGap['action'];
  detail: string;
  questions: JSONColumnType<readonly string[]>;
}

/** Those who sign in; the e-mail is kept in lower case. */
export interface UserTable {
  id: string;
  email: string;
  name: string;
  role: Role;
  password_hash: string;
  disabled: boolean;
  brands: string[] | null;
  identity: string | null;
}

/** Who is signed in. */
export interface SessionTable {
  hash: string;
  user: string;
  expires_at: number;
  created_at: number;
  seen_at: number;
  device: string;
}

/** Tokens of programs. */
export interface TokenTable {
  hash: string;
  name: string;
  role: Role;
  created_at: number;
  expires_at: number | null;
  used_at: number | null;
}

/** Those asked to join; the e-mail is kept in lower case. */
export interface JoinerTable {
  id: string;
  hash: string;
  email: string;
  name: string;
  role: Role;
  brands: string[] | null;
  by: string;
  created_at: number;
  expires_at: number;
}

/** One-time links into calls. */
export interface InvitationTable {
  id: string;
  code_hash: string;
  version: number;
  document: JSONColumnType<Invitation>;
}

/** What reports know of one conversation. */
export interface CaseFactTable {
  conversation: string;
  seq: number;
  day: string;
  document: JSONColumnType<CaseFact>;
}

/** The figures of a day; no document yet, or one that is to be made anew from `due_at` on. */
export interface DayFigureTable {
  day: string;
  due_at: number | null;
  document: JSONColumnType<DayFigures> | null;
}

/** How far the log is in the facts. */
export interface FactPlaceTable {
  name: 'log';
  document: JSONColumnType<LogCursor>;
}

/** The questions of one conversation that the bot did not settle. */
export interface MissedTable {
  conversation: string;
  seq: number;
  newest_at: number | null;
  document: JSONColumnType<MissedConversation>;
}

/** How far the log is in what was missed; no document: not at all. */
export interface MissedPlaceTable {
  name: 'log';
  document: JSONColumnType<LogCursor> | null;
  revision: number;
  changes: number;
}

/** The audit log. */
export interface AuditTable {
  number: number;
  at: number;
  action: string;
  subject: string;
  /** JSON text of who, why, before and after. */
  body: string;
  hash: string;
}

/** The tables of the schema `relevo`. */
export interface Tables {
  commits: CommitTable;
  conversations: ConversationTable;
  effects: EffectTable;
  cursors: CursorTable;
  quarantine: QuarantineTable;
  files: FileTable;
  people: PersonTable;
  join_codes: JoinCodeTable;
  drafts: DraftTable;
  bases: BaseTable;
  engines: EngineTable;
  settled_gaps: SettledGapTable;
  audit: AuditTable;
  users: UserTable;
  sessions: SessionTable;
  tokens: TokenTable;
  joiners: JoinerTable;
  invitations: InvitationTable;
  case_facts: CaseFactTable;
  day_figures: DayFigureTable;
  fact_places: FactPlaceTable;
  missed: MissedTable;
  missed_places: MissedPlaceTable;
}
