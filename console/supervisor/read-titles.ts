import type { Request } from '../live/request.ts';

/** As many as the server gives at once. */
const atOnce = 500;

/** The titles of all the draft's articles, however many there are. @throws ApiError as `request` does */
export async function readTitles<Language extends string>(
  ask: Request,
): Promise<readonly { readonly id: string; readonly language: Language; readonly title: string }[]> {
  const all: { id: string; language: Language; title: string }[] = [];
  for (;;) {
    const path = `/api/console/articles?limit=${atOnce}&offset=${all.length}`;
    const { articles } = await ask<{ articles: typeof all }>('GET', path);
    for (const { id, language, title } of articles) all.push({ id, language, title });
    if (articles.length < atOnce) return all;
  }
}
