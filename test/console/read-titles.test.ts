import { expect, test } from 'vitest';
import { readTitles } from '../../console/supervisor/read-titles.ts';

test('titles are those of all articles, however many there are', async () => {
  const articles = Array.from({ length: 1_203 }, (_, n) => ({
    id: `a${n}`,
    language: 'es',
    title: `T${n}`,
    etag: 'x',
  }));
  const asked: string[] = [];
  const titles = await readTitles(async <T>(_: string, path: string) => {
    asked.push(path);
    const search = new URL(path, 'http://relevo').searchParams;
    const [limit, offset] = [Number(search.get('limit')), Number(search.get('offset'))];
    return { articles: articles.slice(offset, offset + limit), of: articles.length } as T;
  });
  expect(titles).toEqual(articles.map(({ etag: _, ...one }) => one));
  expect(asked).toHaveLength(3);
});
