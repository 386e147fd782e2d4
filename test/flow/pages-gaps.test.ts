import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { articleOf } from '../kb/memory-bases.ts';
import { looksRight } from './all-looks.ts';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { type ConsoleWorld, startConsoleWorld } from './console-world.ts';
import { wordsIn } from './page-words.ts';

const hostile = '<img src=https://evil.example/x onerror=alert(1)> [pulsa](javascript:alert(2))';
const disliked = 'la impresora que compré hoy no imprime';
const solution = 'Abre Configuración, elige Agregar impresora y descarga el controlador.';
const unknown = `necesito renovar el dominio de mi empresa ${hostile}`;

const missed = [{ question: disliked, answer: `${solution} ${hostile}` }, { question: unknown }];

/** What the bot could not settle, in a real browser. */
describe.skipIf(chromiumMissing !== undefined)(
  `gaps in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let browser: Browser;
    let world: ConsoleWorld;

    beforeAll(async () => {
      const named = articleOf({ id: 'hostil', title: `Fotos ${hostile}`, examples: ['cómo paso mis fotos'] });
      [world, browser] = await Promise.all([startConsoleWorld([named], missed), launchBrowser()]);
    }, 4 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await world?.stop();
    });

    test('are listed by what they cost and opened, on every screen', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, world.url);
      await page.goto('/console/gaps');
      const list = page.getByRole('list', { name: say('nav.gaps') });
      await list.getByText(disliked).waitFor();
      expect(await list.getByRole('link').count()).toBe(2);
      await looksRight(page, 'console-gaps');

      await list.getByRole('link').filter({ hasText: disliked }).click();
      await page.getByRole('heading', { name: disliked }).waitFor();
      await page.getByText(solution).first().waitFor();
      await page.getByRole('form').waitFor();
      await looksRight(page, 'console-gap');
      expect(faults).toEqual([]);
      await close();
    });

    test('are accepted, changed, dismissed and taken back by keyboard alone', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, world.url);
      const rest = async () =>
        (await world.call<{ gaps: { wordings: { text: string }[] }[] }>('GET', 'gaps')).gaps;
      await page.goto('/console/gaps');
      const { keyboard } = page;
      const list = page.getByRole('list', { name: say('nav.gaps') });
      await list.getByText(disliked).waitFor();
      const places = await list.getByRole('link').allTextContents();
      if (!places[0]?.includes(disliked)) await keyboard.press('j');

      // Taught to an article in words that are corrected first.
      await page.getByRole('heading', { name: disliked }).waitFor();
      await page.getByRole('button', { name: say('gaps.teach'), exact: true }).focus();
      await keyboard.press('Enter');
      const article = page.getByRole('combobox', { name: say('gaps.article') });
      await article.fill('');
      await article.pressSequentially('instalar imp');
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      const line = page.getByLabel(say('lines.line', { label: say('gaps.wordings'), number: 1 }));
      await line.fill('la impresora nueva no imprime');
      await page.getByRole('button', { name: say('gaps.teachIt'), exact: true }).press('Enter');
      await page.getByText(/aprendió estas palabras/u).waitFor();
      await expect.poll(async () => (await rest()).length).toBe(1);
      const path = 'articles/es/instalar-impresora';
      const taught = await world.call<{ article: { examples: string[] } }>('GET', path);
      expect(taught.article.examples).toContain('la impresora nueva no imprime');
      await photograph(page, 'console-desktop-gap-accepted');

      await page.getByRole('button', { name: say('undo.undo') }).press('Enter');
      await page.getByText(say('undo.undone')).waitFor();
      await expect.poll(async () => (await rest()).length).toBe(2);
      const back = await world.call<{ article: { examples: string[] } }>('GET', path);
      expect(back.article.examples).not.toContain('la impresora nueva no imprime');

      // A new article, of what the agent answered, corrected before it is accepted.
      await list.getByRole('link').filter({ hasText: disliked }).press('Enter');
      await page.getByRole('heading', { name: disliked }).waitFor();
      await page.getByRole('button', { name: say('gaps.write'), exact: true }).press('Enter');
      const answer = page.getByRole('textbox', { name: say('articles.answer') });
      expect(await answer.inputValue()).toContain(solution);
      await page.getByRole('textbox', { name: say('articles.id'), exact: true }).fill('impresora-nueva');
      await answer.fill(solution);
      await page.getByRole('button', { name: say('gaps.writeIt') }).press('Enter');
      await page.getByText(/está en el borrador/u).waitFor();
      await expect.poll(async () => (await rest()).length).toBe(1);
      const made = await world.call<{ article: { answer: string } }>('GET', 'articles/es/impresora-nueva');
      expect(made.article.answer).toBe(solution);

      // What is not ours, with its reason.
      await page.getByRole('heading', { name: /renovar el dominio/u }).waitFor();
      await page.getByRole('heading', { name: /renovar el dominio/u }).focus();
      await keyboard.press('d');
      await page.getByLabel(say('gaps.reason'), { exact: true }).fill('Se compra en otra parte');
      await keyboard.press('Enter');
      await page.getByText(say('gaps.none')).waitFor();
      await photograph(page, 'console-desktop-gaps-none');
      await page.getByRole('button', { name: say('gaps.view.settled') }).press('Enter');
      await page.getByText('Se compra en otra parte').waitFor();
      await looksRight(page, 'console-gaps-settled');
      await page
        .getByRole('button', { name: say('gaps.restore') })
        .first()
        .press('Enter');
      await page.getByText(say('gaps.action.restored')).nth(1).waitFor();
      await page.getByRole('button', { name: say('gaps.view.all') }).press('Enter');
      await list.getByText(/renovar el dominio/u).waitFor();
      expect(faults).toEqual([]);
      await close();
    });
  },
);
