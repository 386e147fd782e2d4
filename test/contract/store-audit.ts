import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Audited } from '../../src/store/audit.ts';
import type { OpenStore } from './store.ts';
import { start } from './story.ts';

const saved: Audited = {
  at: start,
  who: { id: 'eva', name: 'Eva «ñ» \0 \ud800' },
  action: 'article.save',
  subject: 'article/es/internet-lento',
  reason: 'Too long',
  before: { title: 'Internet lento', tags: ['b', 'a'], z: 1, a: null },
  after: { title: 'Internet lento en casa', tags: [], z: 1.5, a: { deep: [true] } },
};

/** Who changed what, tied together. */
export function describeAudit(open: () => Promise<OpenStore>): void {
  describe('the audit log', () => {
    let opened: OpenStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.cleanup());

    test('gives back what was written, newest first, by subject and page by page', async () => {
      const { audit } = opened.store;
      expect(await audit.list({ limit: 9 })).toEqual([]);
      expect(await audit.check()).toEqual({ entries: 0, faults: [] });
      const first = await audit.add(saved);
      const second = await audit.add({ ...saved, subject: 'version/2', before: null });
      expect([first.number, second.number]).toEqual([1, 2]);
      const another = (await opened.another()).audit;
      expect(await another.list({ limit: 9 })).toEqual([second, first]);
      expect(await another.list({ limit: 1 })).toEqual([second]);
      expect(await another.list({ limit: 9, before: 2 })).toEqual([first]);
      expect(await another.list({ limit: 9, subject: 'version/2' })).toEqual([second]);
      expect(first).toMatchObject({ ...saved, who: { id: 'eva' } });
      expect(await another.check()).toEqual({ entries: 2, faults: [] });
    });

    test('has one chain, however many write at once', async () => {
      const other = (await opened.another()).audit;
      const all = Array.from({ length: 12 }, (_, n) =>
        (n % 2 === 0 ? opened.store.audit : other).add({ ...saved, at: start + n }),
      );
      const numbers = (await Promise.all(all)).map(({ number }) => number);
      expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
      expect(await other.check()).toEqual({ entries: 12, faults: [] });
    });
  });
}
