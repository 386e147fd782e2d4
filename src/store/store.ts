import type { BaseContent, PublishedBase } from '../core/article.ts';
import type { Conversation, Deadline, Stage } from '../core/conversation.ts';
import type { Commit } from '../core/event.ts';
import type { CaseFact, DayFigures } from '../core/figures.ts';
import type { Invitation } from '../core/invitation.ts';
import type { Address, DeliveryReport, Media } from '../core/message.ts';
import type { AuditLog } from './audit.ts';

/** A conversation as it stands and the sequence of its newest commit. */
export interface Snapshot {
  readonly state: Conversation;
  readonly seq: number;
}

/** A place in an address's history: everything up to and including this commit has been seen. */
export interface HistoryCursor {
  readonly ordinal: number;
  readonly seq: number;
}

/** A place in the logs of all conversations, by time: those at the same moment by conversation and sequence. */
export type LogCursor = Pick<Commit, 'at' | 'conversation' | 'seq'>;

/** The logs of all conversations: the truth (law 2). */
export interface ConversationLog {
  /** A conversation as it stands, its read model brought up to its log; null when there is none. */
  load(conversation: string): Promise<Snapshot | null>;
  /** An address's newest conversation; null when it has none. */
  newest(address: Address): Promise<Snapshot | null>;
  /** The number for a conversation about to start: rising, never given twice; gaps are fine. */
  nextNumber(): Promise<number>;
  /**
   * Stores a commit in one atomic insert, with the read models that follow from it.
   * @param after the conversation after the commit
   * @returns `stored`; `conflict` when the sequence is taken (reload and decide again); `repeated` when the key is known
   */
  append(commit: Commit, after: Conversation): Promise<'stored' | 'conflict' | 'repeated'>;
  /** Which conversation a key was stored in; null when it is unknown. */
  findKey(key: string): Promise<{ conversation: string; seq: number } | null>;
  /** Commits in order. @param afterSeq 0 for all */
  commits(conversation: string, afterSeq: number, limit: number): Promise<Commit[]>;
  /** Commits of all conversations of an address, oldest first, after a place (null: from the beginning). */
  history(
    address: Address,
    after: HistoryCursor | null,
    limit: number,
  ): Promise<{ ordinal: number; commit: Commit }[]>;
  /** The last commits of an address, oldest first: what a page shows when it opens. */
  recent(address: Address, limit: number): Promise<{ ordinal: number; commit: Commit }[]>;
  /**
   * Commits of all conversations by their time, for reports: after a place and before a moment (`until`, epoch
   * milliseconds). Reading them costs those who write nothing; ask again from the last one until none comes.
   */
  since(after: LogCursor, until: number, limit: number): Promise<Commit[]>;
}

/** Which cases a list shows. */
export interface CaseFilter {
  readonly stages: readonly Stage['kind'][];
  readonly tier?: number;
  /** Only cases held by this agent. */
  readonly agent?: string;
  /** Only cases of these companies; absent: of all, and of none. */
  readonly brands?: readonly string[];
  readonly limit: number;
}

/** How many cases of a tier wait for the agent who holds them. */
export interface HeldCases {
  /** The agent's id. */
  readonly agent: string;
  readonly tier: number;
  readonly count: number;
}

/** The lists people work from: read models, rebuildable from the log. */
export interface Cases {
  /** Cases that people have or had: open ones by next deadline, soonest first, then closed ones, newest first. */
  list(filter: CaseFilter): Promise<Snapshot[]>;
  /** How many cases people have open, by stage (`queued`, `claimed`, `solved`) and tier. @param brands as in `CaseFilter` */
  counts(brands?: readonly string[]): Promise<{ stage: Stage['kind']; tier: number; count: number }[]>;
  /** How many open conversations the bot has. @param brands as in `CaseFilter` */
  withBot(brands?: readonly string[]): Promise<number>;
  /** How many of the cases that each agent holds wait for them, and not for the customer or the vendor, by tier. */
  held(): Promise<HeldCases[]>;
  /** Conversations with questions to tiers that nobody has answered, the one that was asked first to be first. @param brands as in `CaseFilter` */
  withQuestions(limit: number, brands?: readonly string[]): Promise<Snapshot[]>;
  /** By its number; null when there is none. */
  findNumber(number: number): Promise<Snapshot | null>;
}

/** What the sweeper looks for: work the store knows of and nobody is doing (law 6). */
export interface UndoneWork {
  /** Deadlines that are due before a moment, soonest first, each with the sequence of its conversation's newest commit. */
  deadlines(
    dueBefore: number,
    limit: number,
  ): Promise<{ conversation: string; deadline: Deadline; seq: number }[]>;
  /** Conversations whose bot owes an answer to a message stored before a moment. */
  turns(storedBefore: number, limit: number): Promise<string[]>;
  /** Conversations with effects that are due and whose last touch was before a moment. */
  effects(dueBefore: number, touchedBefore: number, limit: number): Promise<string[]>;
  /** Conversations with files that are still on their platform, are due, and whose last touch was before a moment. */
  files(dueBefore: number, touchedBefore: number, limit: number): Promise<string[]>;
}

/** An effect on its way, leased to one worker. */
export interface LeasedEffect {
  /** The effect's name, as `effectName` makes it. */
  readonly name: string;
  readonly index: number;
  readonly commit: Commit;
  /** From 1. */
  readonly attempt: number;
  /** Whether an earlier attempt at its next part ended without a known outcome: it may have gone out. */
  readonly unknown: boolean;
  /** The platform's ids of the parts that went out already. */
  readonly partIds: readonly string[];
}

/** How one attempt at an effect ended. */
export type EffectResult =
  /** `note`: what people should know of it all the same. */
  | { readonly kind: 'done'; readonly externalId: string | null; readonly note?: string }
  /** `unknown`: it may have gone out all the same. `waited`: nothing was tried, and no attempt is counted. */
  | {
      readonly kind: 'retry';
      readonly notBefore: number;
      readonly error: string | null;
      readonly unknown?: boolean;
      readonly waited?: boolean;
    }
  | { readonly kind: 'failed'; readonly error: string };

/** One effect as it stands, for screens and tests. */
export interface EffectRow {
  readonly name: string;
  readonly state: 'pending' | 'sending' | 'done' | 'failed';
  readonly attempts: number;
  /** The platform's id of what went out, the last part's where there were several. */
  readonly externalId: string | null;
  readonly error: string | null;
  /** What the platform said became of it since; null: nothing. */
  readonly receipt: 'sent' | 'delivered' | 'read' | null;
}

/** An effect that people should look at. */
export interface FailedEffect {
  readonly name: string;
  readonly conversation: string;
  /** As people call the conversation. */
  readonly number: number;
  readonly channel: string;
  /** Whether it is given up; otherwise it went out, and `error` says what is to be known. */
  readonly given: boolean;
  readonly error: string;
  /** When it was last touched, epoch milliseconds. */
  readonly at: number;
}

/** Effects of all commits and how far each has come. Order within a conversation is kept. */
export interface Outbox {
  /**
   * Leases the due effects of a conversation, oldest first, and marks them `sending` before anybody is called.
   * Stops at the first that is not due, or at a hundred: then ask again. Failed ones are passed over.
   * @param lease names this worker's hold: settling under another one is refused
   * @returns none when another lease is alive
   */
  lease(conversation: string, lease: string, now: number, leaseUntil: number): Promise<LeasedEffect[]>;
  /** Records one outcome. @returns false when the lease was lost meanwhile: nothing was written */
  settle(name: string, lease: string, result: EffectResult): Promise<boolean>;
  /** Records that the next part went out, and under which id. @returns false when the lease was lost meanwhile */
  progress(name: string, lease: string, externalId: string): Promise<boolean>;
  /** Gives back what was leased and not tried. */
  release(names: readonly string[], lease: string): Promise<void>;
  /** Records that these pending effects are done, without a lease: only for repeatable sends. */
  markDone(names: readonly string[]): Promise<void>;
  /**
   * Records what a platform says of a message: a receipt never goes back, a failure makes the effect `failed`, and a part
   * whose outcome was unknown is known to have gone out. A message nobody knows changes nothing.
   * @returns the conversation it belongs to; null when nobody knows it
   */
  report(report: DeliveryReport): Promise<string | null>;
  /** Puts a failed effect back to be sent anew. @returns false when it is not failed */
  again(name: string): Promise<boolean>;
  /** Effects that failed, or of which something is to be known, newest first: for whoever looks after all channels. */
  failed(limit: number): Promise<FailedEffect[]>;
  /** Which effect of an address's conversations went out under a platform's id; null when none did. */
  findSent(address: Address, externalId: string): Promise<string | null>;
  /** All effects of a conversation in order. */
  rows(conversation: string): Promise<EffectRow[]>;
}

/** Small things that channels and desks remember between starts, such as the last mail read. */
export interface Cursors {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  /**
   * Writes a value only where the old one is still there: how processes agree.
   * @param from null: there is none yet
   * @returns false when somebody else wrote meanwhile: nothing was written
   */
  replace(name: string, from: string | null, to: string): Promise<boolean>;
}

/** Which process does what only one of an installation may do. */
export interface Leases {
  /**
   * Takes a lease, or holds on to it. Moments are epoch milliseconds.
   * @param holder names this process, another one at each start
   * @returns the hold's number, higher with each new holder; null while somebody else holds it
   */
  take(name: string, holder: string, now: number, until: number): Promise<number | null>;
  /** Ends it at once. Harmless when it is somebody else's. */
  leave(name: string, holder: string): Promise<void>;
}

/** Two addresses that are one person's: the first one's messages belong to the second one's conversations. */
export interface Joined {
  readonly address: Address;
  readonly to: Address;
  readonly at: number;
  /** Who joined them: the customer by a code, or an agent by name. */
  readonly by: string;
}

/** Which addresses are the same person's. */
export interface People {
  /** Whose conversations an address's messages belong to: its own where nobody joined it to another. */
  resolve(address: Address): Promise<Address>;
  /**
   * Joins an address, and all that were joined to it, to another. Joining twice changes nothing.
   * @returns false when they are the same person's already
   */
  join(joined: Joined): Promise<boolean>;
  /** Undoes the joining of one address. @returns false when it was joined to none */
  part(address: Address): Promise<boolean>;
  /** The addresses joined to this one, oldest first. */
  joinedTo(address: Address): Promise<Joined[]>;
  /** Keeps the hash of a code with which an address may be joined, until a moment; an older one of it ends. */
  offerCode(code: {
    readonly hash: string;
    readonly address: Address;
    readonly until: number;
  }): Promise<void>;
  /** Uses up a code. @returns whose it is; null when it is unknown, used or over */
  takeCode(hash: string, now: number): Promise<Address | null>;
}

/** A platform's payload that nobody could read. */
export interface Quarantined {
  readonly key: string;
  readonly channel: string;
  readonly at: number;
  readonly reason: string;
  readonly raw: string;
}

/** Payloads that could not be read: kept until a person has looked at them. */
export interface Quarantine {
  /** The same key again changes nothing. */
  add(item: Quarantined): Promise<void>;
  /** Newest first, without what they hold. */
  list(limit: number): Promise<(Omit<Quarantined, 'raw'> & { readonly characters: number })[]>;
  get(key: string): Promise<Quarantined | null>;
  /** @returns false when there was none */
  drop(key: string): Promise<boolean>;
  count(): Promise<number>;
}

/** What is known of a file's bytes once they are here. */
export interface KeptBytes {
  /** As the bytes themselves tell. */
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file and where it stands. */
export interface FileRow {
  readonly media: Media;
  /** Null while no conversation has it. */
  readonly conversation: string | null;
  readonly channel: string;
  readonly state: 'remote' | 'kept' | 'failed';
  readonly attempts: number;
  readonly kept: KeptBytes | null;
  readonly error: string | null;
}

/** Files of messages: what is known of each; the bytes are elsewhere. */
export interface Files {
  /** Adds a file whose bytes are here. The same id again changes nothing. */
  addKept(file: {
    readonly media: Media;
    readonly channel: string;
    readonly kept: KeptBytes;
    readonly at: number;
  }): Promise<void>;
  /** Adds a file that is to be fetched. The same id again changes nothing. */
  addRemote(file: {
    readonly media: Media;
    readonly channel: string;
    readonly conversation: string;
    readonly at: number;
  }): Promise<void>;
  /** Says whose they are, where nobody's they were. */
  own(ids: readonly string[], conversation: string): Promise<void>;
  get(id: string): Promise<FileRow | null>;
  ofConversation(conversation: string): Promise<FileRow[]>;
  /** Files of a conversation still to be fetched and due, each an attempt more and not due again before `leaseUntil`. */
  take(conversation: string, now: number, leaseUntil: number): Promise<FileRow[]>;
  settle(
    id: string,
    result:
      | { readonly kind: 'kept'; readonly kept: KeptBytes }
      | { readonly kind: 'retry'; readonly notBefore: number; readonly error: string }
      | { readonly kind: 'failed'; readonly error: string },
  ): Promise<void>;
}

/** The knowledge base: a draft that people edit, and the versions published from it. */
export interface Bases {
  /** The draft and its revision (0: nothing was ever saved). */
  draft(): Promise<BaseContent & { revision: number }>;
  /** Replaces the draft. @returns false when somebody saved another revision meanwhile */
  saveDraft(content: BaseContent, revision: number): Promise<boolean>;
  /** The newest published base; null before the first. */
  current(): Promise<PublishedBase | null>;
  version(version: number): Promise<PublishedBase | null>;
  /** Without what they hold, newest first. */
  versions(): Promise<(Omit<PublishedBase, keyof BaseContent> & { articleCount: number })[]>;
  /** The trained engine of a version, as `saveTrained` kept it; null when none is kept. */
  trained(version: number): Promise<Uint8Array | null>;
  /** Keeps the trained engine of a version in place of any other: it can always be made again from the version. */
  saveTrained(version: number, engine: Uint8Array): Promise<void>;
  /** @returns the new version */
  publish(base: Omit<PublishedBase, 'version'>): Promise<number>;
}

/** What a person decided about questions that the bot could not answer. */
export interface SettledGap {
  /** As it was shown. */
  readonly id: string;
  readonly at: number;
  readonly action: 'example' | 'article' | 'dismissed';
  /** The article it went to, or the reason it was dismissed. */
  readonly detail: string;
  /** The names of the questions in it. */
  readonly questions: readonly string[];
}

/** What people decided about gaps in the knowledge base. */
export interface Gaps {
  /** Oldest first. */
  settled(): Promise<SettledGap[]>;
  settle(gap: SettledGap): Promise<void>;
}

/** What somebody who signs in may do; each role may do all that the ones before it may. */
export const roles = ['agent', 'supervisor', 'administrator'] as const;

/** One of the roles. */
export type Role = (typeof roles)[number];

/** Somebody who signs in. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly disabled: boolean;
}

/** Users, their sessions and API tokens. Secrets are stored as hashes only. */
export interface Accounts {
  userCount(): Promise<number>;
  /** @returns false when the email is taken */
  addUser(user: User): Promise<boolean>;
  /** Adds the first user of all. @returns false when there is one already, however close the race */
  addFirstUser(user: User): Promise<boolean>;
  userByEmail(email: string): Promise<User | null>;
  /** Everybody, by name. */
  users(): Promise<User[]>;
  addSession(session: { hash: string; user: string; expiresAt: number }): Promise<void>;
  /** The enabled user of a living session. */
  sessionUser(hash: string, now: number): Promise<User | null>;
  endSession(hash: string): Promise<void>;
  addToken(token: { hash: string; name: string; role: Role; createdAt: number }): Promise<void>;
  /** A token's role and name; null when it is unknown. */
  token(hash: string): Promise<{ name: string; role: Role } | null>;
}

/** One-time links into calls, found by the hash of the code in them. */
export interface Invitations {
  byCode(codeHash: string): Promise<Invitation | null>;
  byId(id: string): Promise<Invitation | null>;
  /** One of a call's, whichever; null: nobody was ever invited there. */
  byRoom(room: string): Promise<Invitation | null>;
  /**
   * Stores a new one (version 1), or the next version of one.
   * @returns false when another version was stored meanwhile, or the code is taken: nothing is stored then
   */
  put(invitation: Invitation): Promise<boolean>;
}

/** What reports are made from: read models of the log, by the day on which each conversation began (`2026-11-22`). */
export interface Facts {
  /** How far the log is in them; null: not at all. */
  place(): Promise<LogCursor | null>;
  /** Those of these conversations, in any order. */
  of(conversations: readonly string[]): Promise<CaseFact[]>;
  /**
   * Keeps facts, each unless a newer one is there, makes the figures of their days due, and only then moves the place. Again
   * changes nothing.
   */
  save(facts: readonly { readonly day: string; readonly fact: CaseFact }[], place: LogCursor): Promise<void>;
  ofDay(day: string): Promise<CaseFact[]>;
  saveDay(figures: DayFigures): Promise<void>;
  /** The figures of days, both included, in their order. */
  days(from: string, to: string): Promise<DayFigures[]>;
  /** Days whose figures are to be made anew, some of them first. */
  dueDays(now: number, limit: number): Promise<string[]>;
}

/** Hints that something changed, to every process on this store. A lost hint delays a screen, never the truth. */
export interface Signals {
  publish(topic: string): void;
  /** @returns ends the subscription */
  subscribe(listener: (topic: string) => void): () => void;
}

/** One installation's data. */
export interface Store {
  /** For people: which engine, without secrets. */
  readonly description: string;
  /** Names the installation whose data this is: given once, moved with a copy, the same in every process. */
  readonly installation: string;
  readonly log: ConversationLog;
  readonly cases: Cases;
  readonly undone: UndoneWork;
  readonly outbox: Outbox;
  readonly cursors: Cursors;
  readonly leases: Leases;
  readonly quarantine: Quarantine;
  readonly files: Files;
  readonly people: People;
  readonly bases: Bases;
  readonly gaps: Gaps;
  readonly audit: AuditLog;
  readonly accounts: Accounts;
  readonly invitations: Invitations;
  readonly facts: Facts;
  readonly signals: Signals;
  /** @throws RelevoError `store_unreachable` when the engine does not answer */
  check(): Promise<void>;
  /**
   * Makes every read model anew from the log, over the old ones; can be repeated after a crash. What the outbox knows is
   * kept; effects it knows nothing of are added as `unknown`, those of the last hour pending and older ones failed. Writers may go on, but a step they decided on
   * a read model that was wrong can leave it wrong: then run it again.
   * @param progress called now and then with the commits read so far
   */
  rebuild(progress: (commits: number) => void): Promise<{ conversations: number; commits: number }>;
  stop(): Promise<void>;
}
