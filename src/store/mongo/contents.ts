import type { Model } from 'mongoose';
import type { Logger } from 'pino';
import { effectName } from '../../core/event.ts';
import { type Contents, type Kind, markName, type Row } from '../contents.ts';
import { finishAll } from './catch-up.ts';
import { commitId, keyText } from './commit-document.ts';
import { type Database, openDatabase } from './database.ts';

type Doc = Record<string, unknown> & { _id: string | number };
type Table = Exclude<Kind, 'numbers'>;

interface Mapping {
  readonly collection: keyof Database;
  /** Fields that have the same value on both sides, by their names here. `_id` is one where it is a whole key. */
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that are JSON text here. */
  readonly json?: readonly string[];
  /** Fields that are left out here where they are null. */
  readonly absent?: readonly string[];
  /** What more a document has. */
  readonly more?: (row: Row) => Partial<Doc>;
  /** What more a row has. */
  readonly less?: (document: Doc) => Row;
}

const same = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]));
const times = { createdAt: 'created_at', expiresAt: 'expires_at' };
const text = (value: unknown): string => String(value);

const contentOf = ({ articles, tuning }: Row) => ({
  content: JSON.stringify({ articles, ...(tuning as object) }),
});
const tuningOf = ({ content }: Doc): Row => {
  const { articles, ...tuning } = JSON.parse(text(content));
  return { articles, tuning };
};
const addressOf = (document: Doc): Row => ({ address: document._id });

const mappings: Readonly<Record<Table, Mapping>> = {
  commits: {
    collection: 'commits',
    fields: same('conversation', 'seq', 'at', 'body'),
    json: ['body'],
    more: ({ conversation, seq, key }) => {
      const _id = commitId(text(conversation), Number(seq));
      return { _id, key: key === null ? `s:${_id}` : keyText(text(key)) };
    },
    less: ({ key }) => ({ key: text(key).startsWith('k:') ? text(key).slice(2) : null }),
  },
  effects: {
    collection: 'effects',
    fields: {
      ...same('conversation', 'seq', 'index', 'state', 'attempts', 'lease', 'unknown', 'error', 'receipt'),
      dueAt: 'due_at',
      touchedAt: 'touched_at',
      externalId: 'external_id',
      partIds: 'part_ids',
    },
    more: ({ conversation, seq, index, external_id: id, part_ids: parts, error, state, touched_at: at }) => ({
      _id: effectName({ conversation: text(conversation), seq: Number(seq) }, Number(index)),
      sentIds: [...new Set([...(parts as string[]), ...(id === null ? [] : [id])])],
      version: 0,
      ...(error !== null && (state === 'failed' || state === 'done')
        ? { notedAt: Math.max(Number(at), 1) }
        : {}),
    }),
  },
  cursors: { collection: 'cursors', fields: { _id: 'name', value: 'value' } },
  quarantine: {
    collection: 'quarantine',
    fields: { _id: 'key', ...same('channel', 'at', 'reason', 'raw') },
    more: ({ raw }) => ({ characters: [...text(raw)].length }),
  },
  files: {
    collection: 'files',
    fields: {
      _id: 'id',
      ...same('conversation', 'channel', 'media', 'state', 'attempts', 'type', 'bytes', 'sha256', 'error'),
      dueAt: 'due_at',
      touchedAt: 'touched_at',
    },
    json: ['media'],
    absent: ['conversation'],
  },
  people: {
    collection: 'people',
    fields: { _id: 'address', document: 'document', joinedTo: 'joined_to', at: 'at' },
    json: ['document'],
  },
  join_codes: {
    collection: 'joinCodes',
    fields: same('hash', 'document', 'until'),
    json: ['document'],
    more: ({ address }) => ({ _id: text(address) }),
    less: addressOf,
  },
  drafts: {
    collection: 'drafts',
    fields: same('revision'),
    more: (row) => ({ _id: 'draft', ...contentOf(row) }),
    less: (document) => ({ id: 1, ...tuningOf(document) }),
  },
  bases: {
    collection: 'bases',
    fields: {
      _id: 'version',
      publishedAt: 'published_at',
      publishedBy: 'published_by',
      comment: 'comment',
      candidate: 'candidate',
      articleCount: 'article_count',
    },
    more: contentOf,
    less: tuningOf,
  },
  settled_gaps: {
    collection: 'gaps',
    fields: { _id: 'number', ...same('id', 'at', 'action', 'detail', 'questions') },
  },
  audit: {
    collection: 'audit',
    fields: { _id: 'number', ...same('at', 'action', 'subject', 'body', 'hash') },
  },
  users: {
    collection: 'users',
    fields: {
      _id: 'id',
      ...same('email', 'name', 'role', 'disabled', 'brands', 'identity'),
      passwordHash: 'password_hash',
    },
    absent: ['brands', 'identity'],
    // There are users: nobody is to become the first.
    more: ({ id }) => ({ rank: text(id) }),
  },
  sessions: {
    collection: 'sessions',
    fields: { _id: 'hash', ...same('user', 'device'), ...times, seenAt: 'seen_at' },
  },
  tokens: {
    collection: 'tokens',
    fields: { _id: 'hash', ...same('name', 'role'), ...times, usedAt: 'used_at' },
    absent: ['expiresAt', 'usedAt'],
  },
  joiners: {
    collection: 'joiners',
    fields: { _id: 'id', ...same('hash', 'email', 'name', 'role', 'brands', 'by'), ...times },
    absent: ['brands'],
  },
  invitations: {
    collection: 'invitations',
    fields: { _id: 'id', codeHash: 'code_hash', ...same('version', 'document') },
    json: ['document'],
    more: ({ document }) => ({ room: (document as { room: string }).room }),
  },
};

/** All that a MongoDB store holds. What writers that died have left is finished first. */
export async function openMongoContents(url: string, log: Logger): Promise<Contents> {
  const database = await openDatabase(url, log, 4);
  while ((await finishAll(database)) > 0);
  const { ask, counters, cursors } = database;
  const modelOf = (kind: Table) => database[mappings[kind].collection] as unknown as Model<Doc>;
  const notMark = { _id: { $ne: markName } };

  return {
    async read(kind, after, limit) {
      if (kind === 'numbers') {
        const last = await ask(() => counters.findById('conversations').lean());
        return after === null && last !== null ? [{ conversations: last.value }] : [];
      }
      const previous = after === null ? null : documentOf(mappings[kind], after)._id;
      const further = previous === null ? {} : { _id: { $gt: previous } };
      const filter = kind === 'cursors' ? { $and: [notMark, further] } : further;
      const found = await ask(() =>
        modelOf(kind)
          .collection.find(filter as never)
          .sort({ _id: 1 })
          .limit(limit)
          .toArray(),
      );
      return found.map((one) => rowOf(mappings[kind], one as unknown as Doc));
    },
    async write(kind, rows) {
      if (kind === 'numbers') {
        const value = Number(rows[0]?.conversations ?? 0);
        await ask(() => counters.updateOne({ _id: 'conversations' }, { $max: { value } }));
        return;
      }
      const documents = rows.map((row) => documentOf(mappings[kind], row));
      if (await database.insert(modelOf(kind), documents)) return await afterGaps(kind, rows);
      for (const document of documents) {
        await ask(() =>
          modelOf(kind).collection.replaceOne({ _id: document._id } as never, document as never),
        );
      }
      await afterGaps(kind, rows);
    },
    count: (kind) =>
      kind === 'numbers'
        ? Promise.resolve(1)
        : ask(() => modelOf(kind).countDocuments((kind === 'cursors' ? notMark : {}) as never)),
    async mark() {
      return (await ask(() => cursors.findById(markName).lean()))?.value ?? null;
    },
    async setMark(value) {
      if (value === null) await ask(() => cursors.deleteOne({ _id: markName }));
      else await ask(() => cursors.updateOne({ _id: markName }, { $set: { value } }, { upsert: true }));
    },
    stop: () => database.stop(),
  };

  /** The next decision on a gap must not be given a number that was moved. */
  async function afterGaps(kind: Table, rows: readonly Row[]): Promise<void> {
    if (kind !== 'settled_gaps') return;
    const value = Math.max(0, ...rows.map(({ number }) => Number(number)));
    await database.insert(counters, [{ _id: 'gaps', value: 0 }]);
    await ask(() => counters.updateOne({ _id: 'gaps' }, { $max: { value } }));
  }
}

function documentOf({ fields, json = [], absent = [], more }: Mapping, row: Row): Doc {
  const own = Object.entries(fields).flatMap(([field, column]) => {
    const value = row[column];
    if (value === null && absent.includes(field)) return [];
    return [[field, json.includes(field) ? JSON.stringify(value) : value]];
  });
  return { ...Object.fromEntries(own), ...more?.(row) };
}

function rowOf({ fields, json = [], less }: Mapping, document: Doc): Row {
  const own = Object.entries(fields).map(([field, column]) => {
    const value = document[field] ?? null;
    return [column, json.includes(field) ? JSON.parse(text(value)) : value];
  });
  return { ...Object.fromEntries(own), ...less?.(document) };
}
