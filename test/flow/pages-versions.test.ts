import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConsoleDesk } from '../http/console-desk.ts';
import { axeFindings } from './axe-page.ts';
import { chromiumMissing, type Look, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { wordsIn } from './page-words.ts';

const overflow = 'document.scrollingElement.scrollWidth - document.documentElement.clientWidth';

/** Phrases, rehearsals and two versions side by side in a real browser. */
describe.skipIf(chromiumMissing !== undefined)(
  `what a version holds, in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 6 * patienceMs },
  () => {
    let desk: Awaited<ReturnType<typeof openConsoleDesk>>;
    let browser: Browser;
    let url: string;

    beforeAll(async () => {
      const pages = fileURLToPath(new URL('../../dist/console/', import.meta.url));
      [desk, browser] = await Promise.all([openConsoleDesk({}, [], pages), launchBrowser()]);
      // The trial needs something that is not published.
      const { revision, ...draft } = await desk.bases.draft();
      await desk.bases.saveDraft({ ...draft, phrases: { es: { goodbye: '¡Chao!' } } }, revision);
      url = await desk.listen();
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await desk?.stop();
    });

    async function sound(page: Page, name: string): Promise<void> {
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      await photograph(page, name);
    }

    test('a phrase is changed and put back, by keyboard', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, url, { expected: /status of 400/u });
      await page.goto('/console/phrases');
      await page.getByLabel(say('phrases.search')).fill('thanks');
      const change = page.getByRole('button', {
        name: say('phrases.changeOne', { key: 'thanks' }),
        exact: true,
      });
      await change.focus();
      await page.keyboard.press('Enter');
      const field = page.getByLabel('thanks', { exact: true });
      await field.fill('¡A la orden, {nadie}! <img src=x onerror=alert(1)>');
      await page.getByRole('button', { name: say('phrases.save') }).click();
      await page.getByText('knows no {nadie}').waitFor();
      await field.fill('¡A la orden! <img src=x onerror=alert(1)>');
      await page.getByRole('button', { name: say('phrases.save') }).click();
      await page.getByText(say('phrases.draft'), { exact: true }).waitFor();
      await page.getByText('¡A la orden! <img').waitFor();
      await sound(page, 'console-desktop-phrases');
      await page.getByRole('button', { name: say('undo.undo') }).click();
      await page.getByText(say('undo.undone')).waitFor();
      await page.getByText('¡A la orden! <img').waitFor({ state: 'detached' });
      expect(faults).toEqual([]);
      await close();
    });

    test('a rehearsal is written, played, and shows where it broke', async () => {
      const say = wordsIn('en');
      const { page, faults, close } = await visit(browser, url, { locale: 'en-GB', theme: 'dark' });
      await page.goto('/console/rehearsal');
      await page.getByText(say('rehearsal.empty')).waitFor();
      await sound(page, 'console-dark-rehearsal-empty');
      await page.getByRole('button', { name: say('rehearsal.add') }).click();
      const script = page.getByLabel(say('rehearsal.script'));
      await script.fill(
        'name: lento\nlanguage: es\nturns:\n  - say: mi internet va lento\n  - choose: Pagar\n',
      );
      await page.getByRole('button', { name: say('phrases.save') }).click();
      await page.getByRole('button', { name: say('rehearsal.playAll') }).click();
      await page.getByText(say('rehearsal.broke'), { exact: true }).waitFor({ timeout: 4 * patienceMs });
      await page.getByText('there is no such option').waitFor();
      await sound(page, 'console-dark-rehearsal');
      await page.getByRole('button', { name: say('rehearsal.removeOne', { name: 'lento' }) }).click();
      await page.getByText(say('rehearsal.removed', { name: 'lento' })).waitFor();
      await page.getByRole('button', { name: say('undo.undo') }).click();
      await page.getByRole('button', { name: say('rehearsal.playOne', { name: 'lento' }) }).waitFor();
      expect(faults).toEqual([]);
      await close();
    });

    test('a trial is begun, watched and dropped on a phone', async () => {
      const say = wordsIn('pt');
      const { page, faults, close } = await visit(browser, url, {
        locale: 'pt-BR',
        size: 'narrow',
      } satisfies Look);
      await page.goto('/console/trial');
      await page.getByRole('heading', { name: say('trial.begin') }).waitFor();
      await sound(page, 'console-narrow-trial-begin');
      await page.getByRole('button', { name: say('trial.start') }).click();
      await page.getByText(say('trial.runs'), { exact: true }).waitFor({ timeout: 5 * patienceMs });
      await sound(page, 'console-narrow-trial');
      await page.getByRole('button', { name: say('trial.drop') }).click();
      await page.getByText(say('trial.ended.dropped'), { exact: true }).waitFor();
      expect(faults).toEqual([]);
      await close();
    });
  },
);
