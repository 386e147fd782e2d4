import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { articleOf } from '../kb/memory-bases.ts';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { naughtyMissing, naughtyTexts, payloads } from './hostile-texts.ts';
import { wordsIn } from './page-words.ts';
import { callConsole } from './tuning-base.ts';
import { startTuningDesk } from './tuning-desk.ts';

const say = wordsIn('es');

/** What nothing on a page may be: a script, something that loads, an element that acts. */
const injected = `(() => {
  const wrong = [];
  const bad = 'script, iframe, object, embed, base, link, meta, style, form[action], img[src^="http"], svg[onload]';
  for (const one of document.querySelectorAll('main :is(' + bad + ')')) wrong.push(one.outerHTML.slice(0, 200));
  for (const one of document.querySelectorAll('*'))
    for (const { name, value } of one.attributes)
      if (/^on/i.test(name) || /^\\s*javascript:/i.test(value)) wrong.push(one.tagName + ' ' + name + '=' + value);
  return { wrong, hacked: window.hacked === undefined ? null : String(window.hacked), origin: location.origin };
})()`;

/** The supervisors' pages, where every text that somebody else can write means harm. */
describe.skipIf(chromiumMissing !== undefined)(
  `hostile texts on the supervisors' pages in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    }, patienceMs);
    afterAll(() => browser?.close());

    test(`scripts, links to elsewhere and tricks with letters stay text${naughtyMissing === undefined ? ', and naughty strings' : `; naughty strings are left out: ${naughtyMissing}`}`, async () => {
      const texts = naughtyMissing === undefined ? [...payloads, ...naughtyTexts(30)] : payloads;
      const [first = ''] = texts;
      const all = texts.join(' ');
      const world = await startTuningDesk(
        texts.map((text, place) =>
          articleOf({
            id: `hostil-${place}`,
            title: text,
            examples: [text, `cómo paso mis fotos ${text}`],
            answer: `${text}\n\n1. ${text}\n2. ${text}`,
            simple: text,
            tags: [text],
            ...(place === 0 ? { brands: [all] } : {}),
          }),
        ),
        texts,
        {
          unknown: texts.map((text) => `necesito renovar el dominio ${text}`),
          golden: texts.map((question) => ({ question, language: 'es', article: 'hostil-0' })),
          synonyms: [{ language: 'es', words: texts }],
          phrases: { es: { 'handed-over': all } },
          rehearsals: [{ name: all, language: 'es', turns: texts.map((text) => ({ say: text })) }],
        },
      );
      const { bases, audit } = world;
      // Published once more without all of it, so that the draft has changes to show; by somebody, with a comment.
      const { revision: _, ...draft } = await bases.draft();
      const articles = draft.articles.slice(0, -texts.length);
      const before = { ...draft, articles, golden: [], synonyms: [], phrases: {}, rehearsals: [] };
      await bases.publish({ ...before, publishedAt: Date.now(), publishedBy: all, comment: all });
      for (const text of texts)
        await audit.add({
          at: Date.now(),
          who: { id: text, name: text },
          action: text,
          subject: `article/es/${text}`,
          reason: text,
          before: { title: text },
          after: { title: text, answer: `${text} ${text}` },
        });
      const { page, faults, close } = await visit(browser, world.url);
      await withPeople(page, texts);

      const harmless = async (place: string) => {
        expect(await page.evaluate(injected), place).toEqual({ wrong: [], hacked: null, origin: world.url });
        expect(faults, place).toEqual([]);
      };
      const shows = async (path: string, text: string) => {
        await page.goto(`/console/${path}`);
        await page.locator('main').getByText(text, { exact: false }).first().waitFor({ state: 'attached' });
        await harmless(path);
      };
      const seen = first.slice(0, 40);
      await shows('articles', seen);
      await page.goto('/console/articles/es/hostil-0');
      await page.getByLabel(say('articles.title'), { exact: true }).first().waitFor();
      expect(await page.getByLabel(say('articles.title'), { exact: true }).first().inputValue()).toBe(
        first.replace(/\s+/gu, ' '),
      );
      await harmless('an article');
      await shows(`try?language=es&q=${encodeURIComponent(`cómo paso mis fotos ${first}`)}`, seen);
      await page.getByRole('region', { name: say('try.draft') }).waitFor();
      await harmless('try');
      await shows('gaps', 'necesito renovar el dominio');
      await shows('gate', say('gate.golden', { of: texts.length }));
      await shows('publish', seen);
      await shows('publish/golden', seen);
      await shows('publish/versions', seen);
      await shows('phrases', seen);
      await shows('synonyms', texts.at(1)?.slice(0, 20) ?? '');
      await shows('rehearsal', seen);
      await shows('audit', seen);
      await shows('settings', seen);
      await shows('people', seen);

      const { id } = await callConsole<{ id: string }>(page, 'POST', 'replays', { questions: 200 });
      await expect
        .poll(async () => (await callConsole<{ state: string }>(page, 'GET', `replays/${id}`)).state, {
          timeout: patienceMs,
        })
        .toBe('done');
      await shows('publish', seen);
      await photograph(page, 'hostile-console');
      await close();
      await world.stop();
    });
  },
);

/** What the pages of people and settings are told: they are read only, and everybody in them is called like that. */
async function withPeople(page: Page, texts: readonly string[]): Promise<void> {
  const users = texts.map((text, place) => ({
    id: `u${place}`,
    name: text,
    email: text,
    role: 'agent',
    disabled: false,
    brands: [text],
    fromFile: false,
    you: false,
  }));
  const said = {
    timeZone: texts[0],
    tiers: texts.map((name, place) => ({
      level: place + 1,
      name,
      calendar: name,
      acceptWithin: 1,
      solveWithin: 1,
      members: [name],
      skills: [name],
    })),
    calendars: Object.fromEntries(
      texts.map((name) => [name, { timeZone: 'UTC', shifts: { monday: [] }, holidays: [name] }]),
    ),
    plans: texts.map((name) => ({ name, title: name, channels: [name] })),
    brands: texts.map((name) => ({ name, title: name, knowledge: name, channels: [name] })),
    limits: {},
  };
  await page.route('**/api/users', (route) => route.fulfill({ json: { users } }));
  await page.route('**/api/console/settings', (route) =>
    route.fulfill({ json: { file: texts[0], since: null, said } }),
  );
}
