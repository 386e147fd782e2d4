import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { createAgent } from './agent.ts';
import { languageLooks } from './all-looks.ts';
import { startApp } from './app.ts';
import { axeFindings } from './axe-page.ts';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { overflow } from './overflow.ts';
import { wordsIn } from './page-words.ts';
import { createVisitor } from './visitor.ts';

/** The supervisors' console in a real browser. */
describe.skipIf(chromiumMissing !== undefined)(
  `the supervisors' console in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let database: TestDatabase;
    let browser: Browser;
    let app: App;
    let url: string;

    beforeAll(async () => {
      [database, browser] = await Promise.all([openDatabase(), launchBrowser()]);
      const failing = {
        take: async () => {
          throw new Error('this bot hands everybody over');
        },
      };
      ({ app, url } = await startApp(database.url, { bot: failing }));
      const customers = [createVisitor(() => url), createVisitor(() => url)];
      for (const customer of customers) {
        await customer.says('no tengo internet');
        await customer.hears('system');
      }
      const agent = createAgent(() => url);
      const { number } = await agent.finds();
      await agent.acts(number, 'claim');
      await agent.acts(number, 'reply', { text: 'Hola, soy Ana.' });
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await app?.stop(1_000);
      await database?.drop();
    });

    for (const { name, language, ...look } of languageLooks) {
      test(`shows how things are and what became of conversations: ${name}, in ${language}`, async () => {
        const say = wordsIn(language);
        const { page, faults, close } = await visit(browser, url, look);
        await page.goto('/console');
        await page.getByRole('heading', { name: say('nav.now'), level: 1 }).waitFor();
        await page.getByRole('link', { name: `1 ${say('now.tiers')}` }).waitFor();
        expect(await page.title()).toBe(`${say('nav.now')} · Relevo`);
        expect(await page.evaluate(overflow)).toBe(0);
        expect(await axeFindings(page)).toEqual([]);
        await photograph(page, `console-${name}-now`);

        if (name === 'narrow') await page.getByRole('button', { name: say('console.menu') }).click();
        await page.getByRole('link', { name: say('nav.insight') }).click();
        await page.getByRole('heading', { name: say('nav.insight'), level: 1 }).waitFor();
        const conversations = page
          .locator('dl > div')
          .filter({ hasText: say('figure.conversations') })
          .locator('dd')
          .first();
        await expect
          .poll(
            async () => {
              await page.reload();
              return await conversations.textContent({ timeout: 5_000 }).catch(() => '');
            },
            { timeout: patienceMs, interval: 1_000 },
          )
          .toBe('2');
        await page.getByText(say('handOver.error')).waitFor();
        expect(await page.evaluate(overflow)).toBe(0);
        expect(await axeFindings(page)).toEqual([]);
        await photograph(page, `console-${name}-insight`);
        expect(faults).toEqual([]);
        await close();
      });
    }

    test('works by keyboard alone, and the address keeps the period that was chosen', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, url);
      await page.goto('/console/insight');
      await page.getByRole('heading', { name: say('nav.insight'), level: 1 }).waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe(say('console.skip'));
      const month = page.getByRole('button', { name: say('insight.days', { days: 30 }) });
      await month.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.url()).toContain('days=30');
      await page.reload();
      await expect.poll(() => month.getAttribute('aria-pressed')).toBe('true');
      const [table] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: say('insight.export') }).click(),
      ]);
      expect(table.suggestedFilename()).toMatch(/^relevo-.*\.csv$/u);
      expect(faults).toEqual([]);
      await close();
    });
  },
);
