import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConsoleDesk } from '../http/console-desk.ts';
import { looksRight } from './all-looks.ts';
import { axeFindings } from './axe-page.ts';
import { chromiumMissing, type Look, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { overflow } from './overflow.ts';
import { wordsIn } from './page-words.ts';

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
      await page.getByText(say('fault.kb_phrase_fault')).waitFor();
      await page.getByText('No puede mencionar {nadie}').waitFor();
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
      await page.getByText(/Me sirvió, No me sirvió/u).waitFor();
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

    test('publishing shows what a version holds, and the rehearsal that stops it', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, url, { expected: /status of 409/u });
      await desk.call('PUT', 'rehearsals/required', { required: true });
      await page.goto('/console/publish');
      await page.getByText(say('publish.rehearsals', { count: 1 }), { exact: true }).waitFor();
      await page.getByText(say('publish.mustRehearse')).waitFor();
      await page.getByText('¡Chao!').waitFor();
      await page.getByText(say('publish.willRehearse', { count: 1 })).waitFor();
      await page.getByRole('button', { name: say('publish.submit'), exact: true }).click();
      await page.getByText(say('publish.broken')).waitFor({ timeout: 4 * patienceMs });
      await page.getByRole('link', { name: say('publish.brokeAt', { name: 'lento', turn: 2 }) }).waitFor();
      await page.getByText(/Me sirvió, No me sirvió/u).waitFor();
      await looksRight(page, 'console-publish-broken');
      await page.getByLabel(say('publish.why')).scrollIntoViewIfNeeded();
      await photograph(page, 'console-publish-broken-why');
      await page.getByLabel(say('publish.why')).fill('El guion es viejo');
      await page.getByRole('button', { name: say('publish.override') }).click();
      await page.getByText(say('publish.done', { version: 3 })).waitFor({ timeout: 4 * patienceMs });

      // The candidate of the trial is no version that was ever live.
      await page.goto('/console/publish/versions');
      const versions = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2 }) });
      await versions.nth(1).getByText(say('versions.candidate')).waitFor();
      expect(await page.getByText(say('versions.candidate'), { exact: true }).count()).toBe(1);
      await versions.nth(0).getByText(say('versions.live'), { exact: true }).waitFor();
      expect(faults).toEqual([]);
      await close();
    });

    test('synonyms are added, changed, removed and brought back, by keyboard', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, url, { expected: /status of 409/u });
      const { keyboard } = page;
      const kept = async () => (await desk.call('GET', 'synonyms')).body as { text: string; etag: string };
      await page.goto('/console/synonyms');
      await page.getByText(say('synonyms.empty')).waitFor();
      await page.getByRole('button', { name: say('synonyms.add') }).press('Enter');
      await keyboard.type('Módem,  router, router');
      await keyboard.press('Enter');
      await page.getByText(say('synonyms.saved', { words: 'módem, router' })).waitFor();
      await page.getByRole('button', { name: say('synonyms.add') }).press('Enter');
      await keyboard.type('<img src=x onerror=alert(1)>');
      await page.getByText(say('synonyms.two')).waitFor();
      await keyboard.type(', router');
      await page.getByText(say('synonyms.elsewhere', { word: 'router', group: 'módem, router' })).waitFor();
      await keyboard.press('Backspace');
      await keyboard.press('Enter');
      await page.getByText('<img src=x onerror=alert(1)>, route', { exact: true }).waitFor();
      await looksRight(page, 'console-synonyms');

      await page
        .getByRole('button', { name: say('synonyms.changeOne', { words: 'módem, router' }) })
        .press('Enter');
      await keyboard.press('End');
      await keyboard.type(', cajita');
      await keyboard.press('Enter');
      await page.getByText(say('synonyms.saved', { words: 'módem, router, cajita' })).waitFor();
      await page
        .getByRole('button', { name: say('synonyms.removeOne', { words: 'módem, router, cajita' }) })
        .press('Enter');
      await page.getByText(say('synonyms.removed', { words: 'módem, router, cajita' })).waitFor();
      expect((await kept()).text).not.toContain('cajita');
      await page.getByRole('button', { name: say('undo.undo') }).press('Enter');
      await page.getByText(say('undo.undone')).waitFor();
      expect((await kept()).text).toContain('es: módem, router, cajita\n');

      // Somebody else was quicker: nothing of theirs is lost, and it is shown.
      const { text, etag } = await kept();
      await desk.call('PUT', 'synonyms', { text: `${text}en: wifi, wlan\n`, etag });
      await page.getByRole('button', { name: /^Quitar módem/u }).press('Enter');
      await page.getByText(say('fault.kb_synonyms_changed')).waitFor();
      await page.getByText('wifi, wlan', { exact: true }).waitFor();
      expect((await kept()).text).toContain('cajita');
      expect(faults).toEqual([]);
      await close();
    });

    test('the menu shows what whoever works for some brands may open, and says why not the rest', async () => {
      const say = wordsIn('en');
      const { page, faults, close } = await visit(browser, url, { locale: 'en-GB' });
      const user = { id: 'ana', name: 'Ana', email: 'ana@example.com', role: 'supervisor' };
      const json = { user, demo: false, needsSetup: false, brands: ['acme'] };
      await page.route('**/api/session', (route) => route.fulfill({ json }));
      await page.goto('/console/phrases');
      await page.getByText(say('console.notYoursWords', { brands: 'acme' })).waitFor();
      const menu = page.getByRole('navigation', { name: say('console.menu') });
      const open = ['now', 'gaps', 'articles', 'try', 'insight'].map((name) => say(`nav.${name}`));
      expect(await menu.getByRole('listitem').allTextContents()).toEqual(open);
      expect(await axeFindings(page)).toEqual([]);
      await page.goto('/console/people');
      await page.getByText(say('console.notRoleWords')).waitFor();

      // An administrator of some brands asks people to join for those.
      json.user.role = 'administrator';
      await page.goto('/console/people/invitations');
      const views = page.getByRole('group', { name: say('nav.people') }).getByRole('button');
      await views.nth(1).waitFor();
      expect(await views.allTextContents()).toEqual([say('people.users'), say('people.invitations')]);
      await page.getByRole('button', { name: say('people.invite') }).click();
      const acme = page.getByRole('group', { name: say('people.brands') }).getByLabel('acme');
      expect(await acme.isChecked()).toBe(true);
      expect(await axeFindings(page)).toEqual([]);
      await photograph(page, 'people-invite-brands');
      expect(faults).toEqual([]);
      await close();
    });
  },
);
