import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Article } from '../../src/core/article.ts';
import type { Bases } from '../../src/store/store.ts';
import type { OpenStore } from './store.ts';
import { start } from './story.ts';

const article: Article = {
  id: 'no-internet',
  language: 'es',
  title: 'Sin internet',
  examples: ['¿por qué no tengo internet?'],
  answer: 'Reinicie el router.',
  simple: 'Apague y encienda la caja.',
  tags: ['red'],
};
const other: Article = { ...article, id: 'printer', title: 'Impresora' };

/** The knowledge base's draft and versions. */
export function describeBases(open: () => Promise<OpenStore>): void {
  describe('bases', () => {
    let opened: OpenStore;
    let bases: Bases;
    beforeEach(async () => {
      opened = await open();
      bases = opened.store.bases;
    });
    afterEach(() => opened.cleanup());

    const base = (comment: string, articles = [article]) => ({
      publishedAt: start,
      publishedBy: 'Ana',
      comment,
      articles,
    });

    test('begin empty', async () => {
      expect(await bases.draft()).toEqual({ revision: 0, articles: [] });
      expect(await bases.current()).toBeNull();
      expect(await bases.version(1)).toBeNull();
      expect(await bases.versions()).toEqual([]);
    });

    test('keep a draft that only the one who saw it last may replace', async () => {
      expect(await bases.saveDraft([article], 1)).toBe(false);
      expect(await bases.saveDraft([article], 0)).toBe(true);
      expect(await bases.draft()).toEqual({ revision: 1, articles: [article] });
      expect(await bases.saveDraft([other], 0)).toBe(false);
      expect(await bases.saveDraft([article, other], 1)).toBe(true);
      expect(await bases.draft()).toEqual({ revision: 2, articles: [article, other] });
      const second = (await opened.another()).bases;
      const saved = await Promise.all([bases, second, bases, second].map((each) => each.saveDraft([], 2)));
      expect(saved.filter(Boolean)).toHaveLength(1);
      expect(await bases.draft()).toEqual({ revision: 3, articles: [] });
    });

    test('let one of two first drafts win', async () => {
      const second = (await opened.another()).bases;
      const saved = await Promise.all([bases, second].map((each) => each.saveDraft([article], 0)));
      expect(saved.filter(Boolean)).toHaveLength(1);
    });

    test('number what is published from 1, and never change it', async () => {
      expect(await bases.publish(base('primera'))).toBe(1);
      expect(await bases.publish(base('segunda', [article, other]))).toBe(2);
      expect(await bases.current()).toEqual({ version: 2, ...base('segunda', [article, other]) });
      expect(await bases.version(1)).toEqual({ version: 1, ...base('primera') });
      const head = { publishedAt: start, publishedBy: 'Ana' };
      expect(await bases.versions()).toEqual([
        { version: 2, ...head, comment: 'segunda', articleCount: 2 },
        { version: 1, ...head, comment: 'primera', articleCount: 1 },
      ]);
    });

    test('give everybody who publishes at once a version of their own', async () => {
      const second = (await opened.another()).bases;
      const versions = await Promise.all(
        Array.from({ length: 6 }, (_, n) => (n % 2 ? bases : second).publish(base(`${n}`))),
      );
      expect(versions.toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
    });
  });
}
