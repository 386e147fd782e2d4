import { expect, test } from 'vitest';
import { lint } from '../../src/kb/lint.ts';
import { lintInThread } from '../../src/kb/lint-thread.ts';
import { keepBases } from '../../src/kb/workbench/kept-bases.ts';
import { articleOf, contentOf, memoryBases } from './memory-bases.ts';

const published = { publishedAt: 1, publishedBy: 'Eva', comment: '' };

/** Bases that count how often all of what they hold was asked for. */
function counted() {
  const bases = memoryBases();
  const asked = { draft: 0, current: 0 };
  const counting = {
    ...bases,
    draft: () => {
      asked.draft += 1;
      return bases.draft();
    },
    current: () => {
      asked.current += 1;
      return bases.current();
    },
  };
  return { bases, asked, kept: keepBases(counting) };
}

test('what bases hold is loaded once, and again when somebody, here or elsewhere, saved or published', async () => {
  const { bases, asked, kept } = counted();
  expect(await kept.current()).toBeNull();
  expect((await kept.draft()).revision).toBe(0);
  const content = contentOf([articleOf()]);
  await bases.saveDraft(content, 0);
  expect(await Promise.all([kept.draft(), kept.draft()])).toEqual(Array(2).fill({ ...content, revision: 1 }));
  expect(await kept.draft()).toBe(await kept.draft());
  expect(asked.draft).toBe(2);

  await bases.publish({ ...content, ...published });
  expect((await kept.current())?.version).toBe(1);
  await bases.publish({ ...content, ...published, candidate: true });
  expect((await kept.current())?.version).toBe(1);
  expect(asked.current).toBe(1);
  await bases.publish({ ...content, ...published });
  expect((await kept.current())?.version).toBe(3);
});

test('what failed is tried again', async () => {
  const { bases, kept } = counted();
  await bases.saveDraft(contentOf([articleOf()]), 0);
  let broken = true;
  const flaky = keepBases({
    ...bases,
    draft: async () => {
      if (broken) throw new Error('gone');
      return bases.draft();
    },
  });
  await expect(flaky.draft()).rejects.toThrow('gone');
  broken = false;
  expect(await flaky.draft()).toEqual(await kept.draft());
});

test('many articles are looked at in a thread, with the same findings', async () => {
  const articles = Array.from({ length: 201 }, (_, n) =>
    articleOf({ id: `a${n}`, title: `Tema ${n}`, examples: [], answer: `Respuesta ${'abc'[n % 3]} ${n}` }),
  );
  const content = contentOf(articles);
  const found = await lintInThread(content);
  expect(found.length).toBeGreaterThan(200);
  expect(found).toEqual(lint(content));
});
