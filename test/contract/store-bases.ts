import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Article, emptyContent } from '../../src/core/article.ts';
import type { Bases } from '../../src/store/bases.ts';
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
const contentOf = (articles: readonly Article[]) => ({ ...emptyContent, articles });
const tuned = {
  ...contentOf([article]),
  golden: [{ question: '¿llueve?', language: 'es', article: null } as const],
  synonyms: [{ language: 'es', words: ['router', 'cajita'] } as const],
  wrongRate: 0.02,
  phrases: { es: { goodbye: '¡Chao!' } },
  rehearsals: [
    {
      name: 'lento',
      language: 'es',
      turns: [{ say: 'va lento', expect: { answers: 'no-internet' } }, { choose: 'helped' }],
    } as const,
  ],
  mustRehearse: true,
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
      ...contentOf(articles),
    });

    test('begin empty', async () => {
      expect(await bases.draft()).toEqual({ revision: 0, ...emptyContent });
      expect(await bases.current()).toBeNull();
      expect(await bases.version(1)).toBeNull();
      expect(await bases.versions()).toEqual([]);
      expect(await bases.heads()).toEqual({ revision: 0, version: null });
    });

    test('keep a draft that only the one who saw it last may replace', async () => {
      expect(await bases.saveDraft(contentOf([article]), 1)).toBe(false);
      expect(await bases.saveDraft(contentOf([article]), 0)).toBe(true);
      expect(await bases.draft()).toEqual({ revision: 1, ...contentOf([article]) });
      expect(await bases.saveDraft(contentOf([other]), 0)).toBe(false);
      expect(await bases.saveDraft(contentOf([article, other]), 1)).toBe(true);
      expect(await bases.draft()).toEqual({ revision: 2, ...contentOf([article, other]) });
      const second = (await opened.another()).bases;
      const saved = await Promise.all(
        [bases, second, bases, second].map((each) => each.saveDraft(emptyContent, 2)),
      );
      expect(saved.filter(Boolean)).toHaveLength(1);
      expect(await bases.draft()).toEqual({ revision: 3, ...emptyContent });
    });

    test('let one of two first drafts win', async () => {
      const second = (await opened.another()).bases;
      const saved = await Promise.all([bases, second].map((each) => each.saveDraft(contentOf([article]), 0)));
      expect(saved.filter(Boolean)).toHaveLength(1);
    });

    test('hold golden questions, synonyms, phrases, rehearsals and the allowed share of wrong answers with the articles', async () => {
      await bases.saveDraft(tuned, 0);
      expect(await bases.draft()).toEqual({ revision: 1, ...tuned });
      await bases.saveDraft({ ...tuned, golden: [] }, 1);
      expect((await bases.draft()).golden).toEqual([]);
      await bases.publish({ ...base('tuned'), ...tuned });
      expect(await bases.current()).toEqual({ version: 1, ...base('tuned'), ...tuned });
      expect(await bases.version(1)).toEqual(await bases.current());
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

    test('keep a candidate beside what is live', async () => {
      await bases.publish(base('primera'));
      expect(await bases.publish({ ...base('segunda'), candidate: true })).toBe(2);
      await bases.saveDraft(contentOf([article]), 0);
      expect(await bases.heads()).toEqual({ revision: 1, version: 1 });
      expect(await bases.current()).toEqual({ version: 1, ...base('primera') });
      expect(await bases.version(2)).toEqual({ version: 2, ...base('segunda'), candidate: true });
      expect((await bases.versions()).map(({ candidate }) => candidate)).toEqual([true, undefined]);
      expect(await bases.publish(base('tercera'))).toBe(3);
      expect(await bases.heads()).toEqual({ revision: 1, version: 3 });
      expect((await bases.current())?.version).toBe(3);
    });

    test('keep the trained engine of a version, byte for byte, and replace it', async () => {
      expect(await bases.trained(1)).toBeNull();
      const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
      await bases.saveTrained(1, bytes);
      expect(Uint8Array.from((await bases.trained(1)) ?? [])).toEqual(bytes);
      await bases.saveTrained(1, bytes.subarray(1, 3));
      expect(Uint8Array.from((await bases.trained(1)) ?? [])).toEqual(bytes.subarray(1, 3));
    });
  });
}
