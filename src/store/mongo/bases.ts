import { randomUUID } from 'node:crypto';
import { type BaseContent, contentOf, emptyContent, type PublishedBase } from '../../core/article.ts';
import type { Bases } from '../bases.ts';
import type { Database } from './database.ts';
import type { BaseDocument } from './documents.ts';

const partBytes = 8 * 1024 * 1024;

/** The knowledge base, in MongoDB. */
export function createBases({ ask, drafts, bases, engines, engineParts, insert }: Database): Bases {
  return {
    async heads() {
      const [draft, base] = await ask(() =>
        Promise.all([
          drafts.findById('draft', { revision: 1 }).lean(),
          bases
            .findOne({ candidate: { $ne: true } }, { _id: 1 })
            .sort({ _id: -1 })
            .lean(),
        ]),
      );
      return { revision: draft?.revision ?? 0, version: base?._id ?? null };
    },
    async draft() {
      const found = await ask(() => drafts.findById('draft').lean());
      if (found === null) return { revision: 0, ...emptyContent };
      return { ...emptyContent, revision: found.revision, ...JSON.parse(found.content) };
    },
    async saveDraft(given, revision) {
      const content = contentText(given);
      if (revision === 0) return await insert(drafts, [{ _id: 'draft', revision: 1, content }]);
      const done = await ask(() =>
        drafts.updateOne({ _id: 'draft', revision }, { $set: { revision: revision + 1, content } }),
      );
      return done.matchedCount > 0;
    },
    async current() {
      const found = await ask(() =>
        bases
          .findOne({ candidate: { $ne: true } })
          .sort({ _id: -1 })
          .lean(),
      );
      return found === null ? null : baseOf(found);
    },
    async version(version) {
      const found = await ask(() => bases.findById(version).lean());
      return found === null ? null : baseOf(found);
    },
    async versions() {
      const found = await ask(() =>
        bases
          .find({}, { publishedAt: 1, publishedBy: 1, comment: 1, candidate: 1, articleCount: 1 })
          .sort({ _id: -1 })
          .lean(),
      );
      return found.map((one) => ({ ...headOf(one), articleCount: one.articleCount }));
    },
    async trained(version) {
      const head = await ask(() => engines.findById(version).lean());
      if (head === null) return null;
      const { generation, parts } = head;
      const found = await ask(() =>
        Promise.all(
          Array.from({ length: parts }, (_, n) => engineParts.findById(partId(generation, n)).exec()),
        ),
      );
      const whole = found.flatMap((part) => (part === null ? [] : [part.bytes]));
      // Replaced by another process in between: it can always be made again.
      return whole.length === parts ? Buffer.concat(whole) : null;
    },
    async saveTrained(version, engine) {
      const generation = randomUUID();
      const parts = Math.ceil(engine.byteLength / partBytes);
      for (let n = 0; n < parts; n++) {
        const bytes = Buffer.from(engine.subarray(n * partBytes, (n + 1) * partBytes));
        await insert(engineParts, [{ _id: partId(generation, n), version, generation, bytes }]);
      }
      const head = { generation, parts };
      if (!(await insert(engines, [{ _id: version, ...head }])))
        await ask(() => engines.updateOne({ _id: version }, { $set: head }));
      const older = { version, generation: { $ne: generation } };
      await ask(() => engineParts.deleteMany(older));
    },
    async publish({ publishedAt, publishedBy, comment, candidate = null, ...content }) {
      const base = {
        publishedAt,
        publishedBy,
        comment,
        candidate,
        articleCount: content.articles.length,
        content: contentText(content),
      };
      for (;;) {
        const last = await ask(() => bases.findOne({}, { _id: 1 }).sort({ _id: -1 }).lean());
        const version = (last?._id ?? 0) + 1;
        if (await insert(bases, [{ _id: version, ...base }])) return version;
      }
    },
  };
}

function partId(generation: string, part: number): string {
  return `${generation}.${part}`;
}

function contentText(content: BaseContent): string {
  return JSON.stringify(contentOf(content));
}

function baseOf(base: BaseDocument): PublishedBase {
  return { ...emptyContent, ...headOf(base), ...JSON.parse(base.content) };
}

function headOf({
  _id,
  publishedAt,
  publishedBy,
  comment,
  candidate,
}: Omit<BaseDocument, 'content'>): Omit<PublishedBase, keyof BaseContent> {
  return { version: _id, publishedAt, publishedBy, comment, ...(candidate ? { candidate: true } : {}) };
}
