import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { createChatPage } from './chat-page.ts';
import { wordsIn } from './page-words.ts';
import { disliked, solution, startTuningWorld, type TuningWorld } from './tuning-world.ts';

/** Where the pictures of the documentation go; undefined: they are left as they are. */
const images =
  process.env.RELEVO_DOC_IMAGES === undefined ? undefined : join(import.meta.dirname, '../../docs/images');
const say = wordsIn('en');

/** From an answer that a customer disliked to a proven, published fix and back, as a supervisor does it. */
describe.skipIf(chromiumMissing !== undefined)(
  `tuning the answers in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let browser: Browser;
    let world: TuningWorld;

    beforeAll(async () => {
      [world, browser] = await Promise.all([startTuningWorld(), launchBrowser()]);
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await world?.stop();
    });

    /** Keeps a picture of the page, for the documentation too. */
    async function picture(page: Page, name: string): Promise<void> {
      await photograph(page, `tuning-${name}`);
      if (images === undefined) return;
      await mkdir(images, { recursive: true });
      const path = join(images, `tuning-${name}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    }

    test('a disliked answer becomes a proven, published one, and is taken back', async () => {
      await world.dislikes(disliked, solution);
      const { page, faults, close } = await visit(browser, world.url, { locale: 'en-GB' });
      await page.goto('/console/publish');
      await page.getByText(say('publish.nothing').slice(0, 30)).waitFor();

      await page.getByRole('link', { name: say('nav.gaps'), exact: true }).click();
      const list = page.getByRole('list', { name: say('nav.gaps') });
      await list.getByRole('link').filter({ hasText: disliked }).click();
      await page.getByRole('heading', { name: disliked }).waitFor();
      await page.getByText(solution).first().waitFor();
      await picture(page, 'gap');
      await page.getByRole('button', { name: say('gaps.teachIt'), exact: true }).click();
      await page.getByText(say('gaps.none')).waitFor();

      await page.getByRole('link', { name: say('undo.try'), exact: true }).click();
      const draft = page.getByRole('region', { name: say('try.draft') });
      const published = page.getByRole('region', { name: say('try.published', { version: 1 }) });
      await draft.getByText(say('try.differs')).waitFor();
      await draft.getByText(say('try.passage', { title: 'Instalar una impresora' })).waitFor();
      const before = published.getByText(/La impresora no imprime/u).filter({ visible: true });
      await before.first().waitFor();
      await draft.getByText(say('why.more')).click();
      await draft.getByText(/Instalar una impresora.*100/u).waitFor();
      await picture(page, 'try');

      await page.getByRole('link', { name: say('try.toPublish') }).click();
      await page.getByText(say('publish.changes', { count: 2, version: 1 })).waitFor();
      await page.getByRole('button', { name: say('replay.start') }).click();
      await page.getByText(say('proof.fine')).waitFor();
      const rows = page.getByRole('list', { name: say('replay.title') }).getByRole('listitem');
      for (const kind of ['better', 'other-article'] as const)
        await rows.filter({ hasText: `${disliked}${say(`replay.kind.${kind}`)}` }).waitFor();
      await picture(page, 'replay');

      expect(await world.asks(disliked)).toEqual(['impresora-no-imprime']);
      await page.getByRole('textbox', { name: say('publish.comment') }).fill('New printers');
      await page.getByRole('button', { name: say('publish.submit'), exact: true }).click();
      await page.getByText(say('publish.done', { version: 2 })).waitFor();
      await page.getByText(say('publish.nothing').slice(0, 30)).waitFor();
      await photograph(page, 'tuning-published');
      await expect.poll(() => world.asks(disliked), { timeout: patienceMs }).toEqual(['instalar-impresora']);

      const visitor = await visit(browser, world.url);
      await visitor.page.goto('/');
      const chat = createChatPage(visitor.page);
      await chat.says(disliked);
      await chat.hears(/Según: Instalar una impresora/u);

      await page.getByRole('link', { name: say('publish.versions') }).click();
      await page.getByText('New printers').waitFor();
      await page
        .getByText(say('versions.holds', { count: 8 }))
        .first()
        .click();
      await page.getByText(say('versions.since', { version: 1 })).waitFor();
      await picture(page, 'versions');
      await page.getByRole('button', { name: say('versions.backTo', { version: 1 }) }).click();
      await page.getByText(say('versions.done', { version: 1, made: 3 })).waitFor();
      await expect
        .poll(() => world.asks(disliked), { timeout: patienceMs })
        .toEqual(['impresora-no-imprime']);

      expect(faults).toEqual([]);
      expect(visitor.faults).toEqual([]);
      await visitor.close();
      await close();
    });
  },
);
