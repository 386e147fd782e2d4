import type { Page } from 'playwright-core';
import type { GoldenQuestion } from '../../src/core/article.ts';

/** What the base is proven with. */
export const tuningGolden: readonly GoldenQuestion[] = [
  { question: 'no funciona internet', language: 'es', article: 'internet-no-funciona' },
  { question: 'el sonido no anda', language: 'es', article: 'sin-sonido' },
  { question: '¿llueve mañana?', language: 'es', article: null },
];

/** Asks the supervisors' interface, as whoever is signed in on a page. @throws Error when it refuses */
export async function callConsole<T>(page: Page, method: string, path: string, body?: object): Promise<T> {
  const init = JSON.stringify({
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const address = JSON.stringify(`/api/console/${path}`);
  const answer = (await page.evaluate(
    `fetch(${address}, ${init}).then(async (one) => ({ status: one.status, text: await one.text() }))`,
  )) as { status: number; text: string };
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T;
}
