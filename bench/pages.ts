import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { startEmbedded } from '../src/store/postgres/embedded.ts';
import { chromiumMissing, launchBrowser } from '../test/flow/browser.ts';
import { quantile } from './crowd.ts';
import type { Note } from './figure.ts';
import type { Relevo } from './relevo.ts';
import { fillStore } from './scale/fill.ts';
import { agent, makeToken } from './scale/store.ts';

/** What a browser says of one opening of a page, in milliseconds since it was navigated to. */
interface Paints {
  /** The first paint with content. */
  readonly first: number;
  /** The largest one so far. */
  readonly largest: number;
  /** When nothing had been asked of the server for half a second; as long before. */
  readonly quiet: number;
}

const viewport = { width: 1280, height: 800 };
const quietMs = 500;
/** A page that is not quiet by then never will be. */
const patienceMs = 20_000;

/**
 * How soon a real browser on the same machine shows each page of the console, nothing being kept from an earlier visit, and how
 * soon the curve of the gate follows its control. Left out by name where there is no Chromium.
 * @param relevo on an empty folder, not started yet
 */
export async function measurePages(
  relevo: Relevo,
  { quick }: { quick: boolean },
  noteFor: (part: string) => Note,
): Promise<void> {
  if (chromiumMissing !== undefined) {
    console.error(`  pages: left out, ${chromiumMissing}`);
    return;
  }
  const [times, conversations] = quick ? [3, 200] : [7, 5_000];
  await relevo.start();
  await relevo.stop();
  await fill(relevo.folder, conversations);
  const { url } = await relevo.start();
  const token = await makeToken(await relevo.databaseUrl());
  const browser = await launchBrowser();
  try {
    const paths = await menuOf(browser, url, token);
    const note = noteFor('pages, a browser that knows none of them');
    const firsts: number[] = [];
    for (const path of ['/', '/desk', ...paths]) {
      const paints: Paints[] = [];
      for (let time = 0; time < times; time += 1) paints.push(await open(browser, url, token, path));
      const of = (which: keyof Paints, share: number) =>
        quantile(
          paints.map((one) => one[which]).sort((a, b) => a - b),
          share,
        );
      firsts.push(of('first', 0.5));
      note(`${path}, first paint, p50`, of('first', 0.5), 'ms', '< 1 s');
      note(`${path}, first paint, the slowest of ${times}`, of('first', 1), 'ms');
      note(`${path}, largest paint, p50`, of('largest', 0.5), 'ms');
    }
    note('the slowest page, first paint, p50', Math.max(...firsts), 'ms', '< 1 s');
    const took = await moveGate(browser, url, token, quick ? 10 : 60);
    const gate = noteFor('pages, the gate: from a key to the curve painted');
    gate('p50', quantile(took, 0.5), 'ms');
    gate('the slowest', quantile(took, 1), 'ms', '< 100 ms');
  } finally {
    await browser.close();
  }
}

async function withPage<T>(
  browser: Browser,
  url: string,
  token: string,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const extraHTTPHeaders = { authorization: `Bearer ${token}` };
  const context = await browser.newContext({ baseURL: url, viewport, locale: 'es-ES', extraHTTPHeaders });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/** The addresses of the console's pages, as its menu has them. */
async function menuOf(browser: Browser, url: string, token: string): Promise<readonly string[]> {
  return withPage(browser, url, token, async (page) => {
    await page.goto('/console');
    const links = page.locator('nav a[href^="/console/"]');
    await links.first().waitFor();
    const hrefs = (await links.all()).map((link) => link.getAttribute('href'));
    return [...new Set((await Promise.all(hrefs)).filter((href) => href !== null))];
  });
}

async function open(browser: Browser, url: string, token: string, path: string): Promise<Paints> {
  return withPage(browser, url, token, async (page) => {
    await page.goto(path, { waitUntil: 'load' });
    const seen = `new Promise((resolve) => {
      let largest = 0;
      new PerformanceObserver((list) => {
        for (const { startTime } of list.getEntries()) largest = startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      const look = () => {
        const paints = performance.getEntriesByType('paint');
        const first = paints.find(({ name }) => name === 'first-contentful-paint')?.startTime;
        const asked = performance.getEntriesByType('resource').map(({ responseEnd }) => responseEnd);
        const quiet = Math.max(0, ...asked);
        const over = performance.now() > ${patienceMs};
        if (over || (first !== undefined && performance.now() - Math.max(quiet, largest) > ${quietMs}))
          resolve({ first, largest, quiet });
        else setTimeout(look, 50);
      };
      look();
    })`;
    return (await page.evaluate(seen)) as Paints;
  });
}

/** Moves the control of the gate to and fro with the arrow keys. @returns how long each key took, ascending */
async function moveGate(browser: Browser, url: string, token: string, keys: number): Promise<number[]> {
  return withPage(browser, url, token, async (page) => {
    await page.goto('/console/gate');
    const control = page.locator('input[type=range]');
    await control.waitFor({ timeout: 120_000 });
    // A frame is painted before the first message that is sent in it is heard.
    await page.evaluate(`(() => {
      window.took = [];
      addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.took.push(performance.now() - timeStamp);
        port2.postMessage(null);
      }), true);
    })()`);
    await control.focus();
    for (let key = 0; key < keys; key += 1) {
      const before = await control.getAttribute('aria-valuetext');
      await control.press(key % 10 < 5 ? 'ArrowRight' : 'ArrowLeft');
      if ((await control.getAttribute('aria-valuetext')) === before) throw new Error('the gate did not move');
    }
    return ((await page.evaluate('window.took')) as number[]).sort((a, b) => a - b);
  });
}

/** What the pages show: conversations of the last sixty days. */
async function fill(folder: string, count: number): Promise<void> {
  const log = pino({ level: 'silent' });
  const server = await startEmbedded({ dataFolder: folder, elsewhere: join(folder, 'elsewhere'), log });
  try {
    const questions = ['no me funciona el internet', 'la impresora no imprime', 'olvidé mi contraseña'];
    await fillStore(server.url, { first: 0, count, questions, agent });
  } finally {
    await server.stop();
  }
}
