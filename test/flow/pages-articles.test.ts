import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { articleOf } from '../kb/memory-bases.ts';
import { looksRight } from './all-looks.ts';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { type ConsoleWorld, startConsoleWorld } from './console-world.ts';
import { wordsIn } from './page-words.ts';

const steps = [1, 2, 3, 4].map((n) => `${n}. ${'Un paso que se lee en el teléfono. '.repeat(4)}`).join('\n');
const hostile = [
  '[pulsa](https://evil.example/z) ![foto](https://evil.example/y.png) `<img src=x onerror=alert(1)>`',
  '*negrita* _cursiva_ ~tachado~ <https://evil.example/w> & "comillas"',
];

/** Articles in a real browser. */
describe.skipIf(chromiumMissing !== undefined)(
  `articles in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let browser: Browser;
    let world: ConsoleWorld;

    beforeAll(async () => {
      const examples = ['cómo paso mis fotos', `fotos ${hostile[1]}`, 'mi internet va muy lento'];
      const named = articleOf({
        id: 'hostil',
        title: `Fotos <b>y</b> ${hostile[1]}`.replace(/<[^>]*>/gu, ''),
        answer: `${hostile.join('\n\n').replace(/`[^`]*`/u, '`a < b`')}\n\n${steps}`,
        examples: examples.map((example) => example.replace(/<[^>]*>/gu, '<3')),
        tags: ['fotos'],
      });
      [world, browser] = await Promise.all([startConsoleWorld([named]), launchBrowser()]);
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await world?.stop();
    });

    test('are found, opened and shown as channels show them, on every screen', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, world.url);
      await page.goto('/console/articles');
      const list = page.getByRole('list', { name: say('nav.articles') });
      await list.getByRole('link').nth(8).waitFor();
      await looksRight(page, 'console-articles');
      await page.getByLabel(say('articles.search')).fill('fotos');
      await expect.poll(() => list.getByRole('link').count()).toBe(1);
      expect(page.url()).toContain('words=fotos');
      await list.getByRole('link').click();

      await page.getByRole('toolbar', { name: say('articles.tools') }).waitFor();
      await page
        .getByText(/internet|Internet/u, { exact: false })
        .first()
        .waitFor();
      const screen = (channel: string) =>
        page.getByRole('region', { name: say('articles.previewOf', { channel }) });
      await screen('Web chat').getByRole('link', { name: 'pulsa' }).waitFor();
      await looksRight(page, 'console-article');
      await page.getByRole('button', { name: 'WhatsApp', exact: true }).click();
      await screen('WhatsApp').getByText(/4\D+4/u).waitFor();
      expect(await screen('WhatsApp').locator('img').count()).toBe(0);
      await photograph(page, 'console-desktop-article-whatsapp');
      for (const channel of ['Telegram', 'Slack', 'Email']) {
        await page.getByRole('button', { name: channel, exact: true }).click();
        await screen(channel).getByRole('link', { name: 'pulsa' }).waitFor();
        expect(await screen(channel).locator('img, script, iframe').count()).toBe(0);
      }
      expect(faults).toEqual([]);
      await close();
    });
  },
);
