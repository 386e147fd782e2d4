import { type Connection, type Model, Schema } from 'mongoose';
import type * as documents from './documents.ts';

/** An index as it must be there. */
export interface DeclaredIndex {
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: true;
  /** Leaves out documents that have none of its fields. */
  readonly sparse?: true;
}

const unique = { unique: true } as const;
const sparse = { sparse: true } as const;

/**
 * Every index, by collection. Beside these each collection has its unique `_id`, which is what a commit, an effect, a
 * cursor and the like are kept once by. Only plain, unique and sparse ones: other servers than MongoDB have no more.
 */
export const indexes = {
  commits: [
    { key: { key: 1 }, ...unique },
    { key: { conversation: 1, seq: 1 } },
    { key: { at: 1, conversation: 1, seq: 1 } },
    { key: { pending: 1 }, ...sparse },
  ],
  conversations: [
    { key: { address: 1, ordinal: 1 } },
    { key: { number: 1 } },
    { key: { deadlineAt: 1 }, ...sparse },
    { key: { turnAt: 1 }, ...sparse },
    { key: { stage: 1, caseDeadlineAt: 1 } },
    { key: { closedAt: -1 }, ...sparse },
    { key: { askedAt: 1 }, ...sparse },
    { key: { agent: 1, caseDeadlineAt: 1 }, ...sparse },
    { key: { holder: 1, tier: 1 }, ...sparse },
    { key: { move: 1 }, ...sparse },
    { key: { stage: 1, tier: 1, caseDeadlineAt: 1 } },
    { key: { tier: 1, closedAt: -1 }, ...sparse },
    { key: { brand: 1, closedAt: -1 }, ...sparse },
  ],
  effects: [
    { key: { conversation: 1, seq: 1, index: 1 } },
    { key: { state: 1, touchedAt: 1 } },
    { key: { sentIds: 1 } },
    { key: { notedAt: -1 }, ...sparse },
  ],
  cursors: [],
  quarantine: [{ key: { at: -1 } }],
  files: [{ key: { conversation: 1 }, ...sparse }, { key: { state: 1, dueAt: 1 } }],
  people: [{ key: { joinedTo: 1 } }],
  joinCodes: [{ key: { hash: 1 }, ...unique }],
  drafts: [],
  bases: [],
  engines: [],
  engineParts: [{ key: { version: 1 } }],
  gaps: [],
  audit: [{ key: { subject: 1, _id: 1 } }],
  users: [
    { key: { email: 1 }, ...unique },
    { key: { rank: 1 }, ...unique },
    { key: { identity: 1 }, ...unique, ...sparse },
  ],
  sessions: [{ key: { expiresAt: 1 } }, { key: { user: 1 } }],
  tokens: [],
  joiners: [{ key: { hash: 1 }, ...unique }],
  tries: [{ key: { until: 1 } }],
  invitations: [{ key: { codeHash: 1 }, ...unique }, { key: { room: 1 } }],
  caseFacts: [{ key: { day: 1 } }],
  dayFigures: [{ key: { dueAt: 1 }, ...sparse }],
  missed: [{ key: { newestAt: -1, _id: 1 } }],
  missedPlaces: [],
  counters: [],
  signals: [{ key: { at: 1 } }],
} as const satisfies Record<string, readonly DeclaredIndex[]>;

/** A collection's name. */
export type CollectionName = keyof typeof indexes;

const text = { type: String };
const number = { type: Number };
const flag = { type: Boolean };
const texts = { type: [String], default: undefined };

/** The collections of one database, each with what its documents hold. */
export function openCollections(connection: Connection) {
  function model<T>(name: CollectionName, definition: Readonly<Record<string, unknown>>): Model<T> {
    const schema = new Schema<T>({ _id: text, ...definition } as never, {
      collection: name,
      versionKey: false,
      minimize: false,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
    });
    for (const { key, ...options } of indexes[name] as readonly DeclaredIndex[]) schema.index(key, options);
    return connection.model<T>(name, schema);
  }

  return {
    commits: model<documents.CommitDocument>('commits', {
      conversation: text,
      seq: number,
      at: number,
      key: text,
      body: text,
      pending: flag,
    }),
    conversations: model<documents.ConversationDocument>('conversations', {
      seq: number,
      address: text,
      ordinal: number,
      number,
      state: text,
      stage: text,
      channel: text,
      tier: number,
      agent: text,
      holder: text,
      move: text,
      deadlineKind: text,
      deadlineAt: number,
      turnAt: number,
      caseDeadlineAt: number,
      closedAt: number,
      askedAt: number,
      brand: text,
    }),
    effects: model<documents.EffectDocument>('effects', {
      conversation: text,
      seq: number,
      index: number,
      state: text,
      attempts: number,
      dueAt: number,
      touchedAt: number,
      lease: text,
      unknown: flag,
      externalId: text,
      error: text,
      partIds: texts,
      sentIds: texts,
      receipt: text,
      version: number,
      notedAt: number,
    }),
    cursors: model<documents.CursorDocument>('cursors', { value: text }),
    quarantine: model<documents.QuarantineDocument>('quarantine', {
      channel: text,
      at: number,
      reason: text,
      raw: text,
      characters: number,
    }),
    files: model<documents.FileDocument>('files', {
      conversation: text,
      channel: text,
      media: text,
      state: text,
      attempts: number,
      dueAt: number,
      touchedAt: number,
      type: { type: String },
      bytes: number,
      sha256: text,
      error: text,
    }),
    people: model<documents.PersonDocument>('people', { document: text, joinedTo: text, at: number }),
    joinCodes: model<documents.JoinCodeDocument>('joinCodes', { hash: text, document: text, until: number }),
    drafts: model<documents.DraftDocument>('drafts', { revision: number, content: text }),
    bases: model<documents.BaseDocument>('bases', {
      _id: number,
      publishedAt: number,
      publishedBy: text,
      comment: text,
      candidate: flag,
      articleCount: number,
      content: text,
    }),
    engines: model<documents.EngineDocument>('engines', { _id: number, generation: text, parts: number }),
    engineParts: model<documents.EnginePartDocument>('engineParts', {
      version: number,
      generation: text,
      bytes: Buffer,
    }),
    gaps: model<documents.GapDocument>('gaps', {
      _id: number,
      id: text,
      at: number,
      action: text,
      detail: text,
      questions: texts,
    }),
    audit: model<documents.AuditDocument>('audit', {
      _id: number,
      at: number,
      action: text,
      subject: text,
      body: text,
      hash: text,
    }),
    users: model<documents.UserDocument>('users', {
      email: text,
      name: text,
      role: text,
      passwordHash: text,
      disabled: flag,
      brands: texts,
      identity: text,
      rank: text,
    }),
    sessions: model<documents.SessionDocument>('sessions', {
      user: text,
      expiresAt: number,
      createdAt: number,
      seenAt: number,
      device: text,
    }),
    tokens: model<documents.TokenDocument>('tokens', {
      name: text,
      role: text,
      createdAt: number,
      expiresAt: number,
      usedAt: number,
    }),
    joiners: model<documents.JoinerDocument>('joiners', {
      hash: text,
      email: text,
      name: text,
      role: text,
      brands: texts,
      by: text,
      createdAt: number,
      expiresAt: number,
    }),
    tries: model<documents.TryDocument>('tries', { count: number, until: number }),
    invitations: model<documents.InvitationDocument>('invitations', {
      codeHash: text,
      room: text,
      version: number,
      document: text,
    }),
    caseFacts: model<documents.CaseFactDocument>('caseFacts', { seq: number, day: text, document: text }),
    dayFigures: model<documents.DayFigureDocument>('dayFigures', { dueAt: number, document: text }),
    missed: model<documents.MissedDocument>('missed', { seq: number, newestAt: number, document: text }),
    missedPlaces: model<documents.MissedPlaceDocument>('missedPlaces', {
      document: text,
      revision: number,
      changes: number,
    }),
    counters: model<documents.CounterDocument>('counters', { value: number }),
    signals: model<documents.SignalDocument>('signals', { from: text, at: number, topics: texts }),
  };
}

/** The collections of one database. */
export type Collections = ReturnType<typeof openCollections>;
