import type { Deadline, Stage } from '../../core/conversation.ts';
import type { Role } from '../accounts.ts';
import type { Moves } from '../cases.ts';
import type { FileRow } from '../files.ts';
import type { SettledGap } from '../gaps.ts';
import type { EffectRow } from '../outbox.ts';

/**
 * One commit. `body` is JSON text of `by`, `events` and `effects`: what a bot remembers may have any field names, and not
 * every server takes those with a dot or a dollar sign.
 */
export interface CommitDocument {
  /** `<conversation>.<seq>`: what makes two writers of one step meet. */
  _id: string;
  conversation: string;
  seq: number;
  at: number;
  /** `k:` and the commit's key, or `s:` and its `_id`: always there, so that a plain unique index does. */
  key: string;
  body: string;
  /** There until its effects and its conversation's read model are written. */
  pending?: true;
}

/** The read model of a conversation. What is absent is null elsewhere: sparse indexes leave it out. */
export interface ConversationDocument {
  _id: string;
  seq: number;
  address: string;
  ordinal: number;
  number: number;
  /** JSON text of the `Conversation`. */
  state: string;
  stage: Stage['kind'];
  /** The channel on which the customer is reached. */
  channel: string;
  /** The tier that has or last had it. */
  tier?: number;
  /** The id of the agent who holds it. */
  agent?: string;
  /** The id of the agent for whom it waits, and not for the customer or the vendor. */
  holder?: string;
  /** Whose move it is while an agent holds it. */
  move?: keyof Moves;
  /** The company it is with; absent: the only one. */
  brand?: string;
  deadlineKind?: Deadline['kind'];
  deadlineAt?: number;
  /** Since when the bot owes an answer. */
  turnAt?: number;
  /** The deadline, of a case that people have and that is not closed. */
  caseDeadlineAt?: number;
  closedAt?: number;
  /** Since when its oldest question to a tier waits for an answer. */
  askedAt?: number;
}

/** One effect in the outbox; its `_id` is its name. */
export interface EffectDocument {
  _id: string;
  conversation: string;
  seq: number;
  index: number;
  state: EffectRow['state'];
  attempts: number;
  /** Pending: not before this. Sending: the end of the lease. */
  dueAt: number;
  touchedAt: number;
  lease: string | null;
  unknown: boolean;
  externalId: string | null;
  error: string | null;
  partIds: string[];
  /** Every id under which something of it went out. */
  sentIds: string[];
  receipt: EffectRow['receipt'];
  /** Counts writes: a decision on what was read is written only where nobody wrote meanwhile. */
  version: number;
  /** When it was touched last, while people should look at it. */
  notedAt?: number;
}

/** What channels and desks remember, by name. */
export interface CursorDocument {
  _id: string;
  value: string;
}

/** A payload that could not be read, by its key. */
export interface QuarantineDocument {
  _id: string;
  channel: string;
  at: number;
  reason: string;
  raw: string;
  characters: number;
}

/** A file of a message, by its id. */
export interface FileDocument {
  _id: string;
  conversation?: string;
  channel: string;
  /** JSON text of the `Media`. */
  media: string;
  state: FileRow['state'];
  attempts: number;
  dueAt: number;
  touchedAt: number;
  type: string | null;
  bytes: number | null;
  sha256: string | null;
  error: string | null;
}

/** An address that is another one's person, by its key. */
export interface PersonDocument {
  _id: string;
  /** JSON text of the `Joined`. */
  document: string;
  joinedTo: string;
  at: number;
}

/** The one living code of an address, by the address's key. */
export interface JoinCodeDocument {
  _id: string;
  hash: string;
  /** JSON text of the `Address`. */
  document: string;
  until: number;
}

/** The one draft; `content` is JSON text of the `BaseContent`. */
export interface DraftDocument {
  _id: 'draft';
  revision: number;
  content: string;
}

/** A published base, by its version. */
export interface BaseDocument {
  _id: number;
  publishedAt: number;
  publishedBy: string;
  comment: string;
  /** Null, or absent in what an older Relevo wrote: it is live, or was. */
  candidate?: boolean | null;
  articleCount: number;
  /** JSON text of the `BaseContent`. */
  content: string;
}

/** Which bytes are a version's trained engine. */
export interface EngineDocument {
  _id: number;
  generation: string;
  parts: number;
}

/** A part of a trained engine: a document holds 16 MB at most. */
export interface EnginePartDocument {
  _id: string;
  version: number;
  generation: string;
  bytes: Buffer;
}

/** A decision on a gap, by its number in order. */
export interface GapDocument {
  _id: number;
  id: string;
  at: number;
  action: SettledGap['action'];
  detail: string;
  questions: string[];
}

/** Somebody who signs in; the e-mail is kept in lower case. */
export interface UserDocument {
  _id: string;
  email: string;
  name: string;
  role: Role;
  passwordHash: string;
  disabled: boolean;
  brands?: string[];
  identity?: string;
  /** `first`, or the id: unique, so that there is one first user. */
  rank: string;
}

/** Who is signed in, by the session's hash. */
export interface SessionDocument {
  _id: string;
  user: string;
  expiresAt: number;
  /** The following are missing in those of an older Relevo. */
  createdAt?: number;
  seenAt?: number;
  device?: string;
}

/** A program's token, by its hash. */
export interface TokenDocument {
  _id: string;
  name: string;
  role: Role;
  createdAt: number;
  expiresAt?: number;
  usedAt?: number;
}

/** Somebody asked to join; the e-mail is kept in lower case. */
export interface JoinerDocument {
  _id: string;
  hash: string;
  email: string;
  name: string;
  role: Role;
  brands?: string[];
  by: string;
  createdAt: number;
  expiresAt: number;
}

/** How often something was tried, by its key. */
export interface TryDocument {
  _id: string;
  count: number;
  until: number;
}

/** A one-time link into a call. */
export interface InvitationDocument {
  _id: string;
  codeHash: string;
  room: string;
  version: number;
  /** JSON text of the `Invitation`. */
  document: string;
}

/** What reports know of one conversation, by its id. */
export interface CaseFactDocument {
  _id: string;
  seq: number;
  day: string;
  /** JSON text of the `CaseFact`. */
  document: string;
}

/** The figures of a day, by the day; the place of the log in the facts, as `place`. */
export interface DayFigureDocument {
  _id: string;
  /** To be made anew from then on; absent: never. */
  dueAt?: number;
  /** JSON text of the `DayFigures`, or of the `LogCursor`; absent before they were first made. */
  document?: string;
}

/** The questions of one conversation that the bot did not settle, by its id. */
export interface MissedDocument {
  _id: string;
  seq: number;
  /** When the newest of them was asked; absent: there is none. */
  newestAt?: number;
  /** JSON text of the `MissedConversation`. */
  document: string;
}

/** How far the log is in what was missed. */
export interface MissedPlaceDocument {
  _id: string;
  /** JSON text of the `LogCursor`; absent: not at all. */
  document?: string;
  revision: number;
  changes: number;
}

/** The last number given, by what is numbered; the store's own version, as `schema`. */
export interface CounterDocument {
  _id: string;
  value: number;
}

/** Hints to other processes. */
export interface SignalDocument {
  _id: string;
  from: string;
  at: number;
  topics: string[];
}

/** One entry of the audit log, by its number. */
export interface AuditDocument {
  _id: number;
  at: number;
  action: string;
  subject: string;
  /** JSON text of who, why, before and after. */
  body: string;
  hash: string;
}
