import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { looksRight } from './all-looks.ts';
import { echoBot, startApp } from './app.ts';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { wordsIn } from './page-words.ts';

const hostile = '<img src=x onerror=alert(1)>=1+1';
const password = 'correct horse battery';

/** Who may do what, what is in force, and who changed it, in a real browser. */
describe.skipIf(chromiumMissing !== undefined)(
  `people, settings and the audit log in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let database: TestDatabase;
    let browser: Browser;
    let app: App;
    let url: string;

    beforeAll(async () => {
      [database, browser] = await Promise.all([openDatabase(), launchBrowser()]);
      ({ app, url } = await startApp(database.url, { bot: echoBot() }));
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await app?.stop(1_000);
      await database?.drop();
    });

    async function signIn(page: Page, email: string): Promise<void> {
      await page.request.post('/api/session', {
        data: { email, password },
        headers: { origin: url },
      });
    }

    test('somebody is asked to join, joins by the link, is disabled and let in again', async () => {
      const say = wordsIn('es');
      const eva = await visit(browser, url);
      const setup = { token: app.setupToken, name: 'Eva', email: 'eva@example.com', password };
      await eva.page.request.post('/api/setup', { data: setup, headers: { origin: url } });
      await eva.page.goto('/console/people');
      await eva.page.getByText(say('people.usersEmpty')).waitFor();
      await photograph(eva.page, 'people-first');

      await eva.page.getByRole('button', { name: say('people.invitations'), exact: true }).click();
      await eva.page.getByText(say('people.invitationsEmpty')).waitFor();
      await eva.page.getByRole('button', { name: say('people.invite') }).click();
      // By keyboard alone: name, e-mail, role, then Enter.
      await eva.page.keyboard.type(hostile);
      await eva.page.keyboard.press('Tab');
      await eva.page.keyboard.type('ana@example.com');
      await eva.page.keyboard.press('Tab');
      await eva.page.keyboard.press('ArrowDown');
      await looksRight(eva.page, 'people-invite');
      await eva.page.keyboard.press('Enter');
      const link = eva.page.getByRole('textbox', { name: say('people.linkFor', { name: hostile }) });
      await link.waitFor();
      const address = await link.inputValue();
      expect(address).toMatch(/\/desk\/join#code=[\w-]+$/u);
      await looksRight(eva.page, 'people-link');

      const ana = await visit(browser, url, { expected: /40[14]/u });
      await ana.page.goto(address);
      await ana.page.getByText(say('invited.words', { email: 'ana@example.com' })).waitFor();
      expect(ana.page.url()).not.toContain('code');
      await looksRight(ana.page, 'people-join');
      await ana.page.getByLabel(say('setup.name')).fill('Ana María');
      await ana.page.getByLabel(say('signIn.password')).fill(password);
      await ana.page.getByRole('button', { name: say('invited.submit') }).click();
      await ana.page.waitForURL('**/desk');

      await eva.page.goto('/console/people');
      const disable = eva.page.getByRole('button', { name: say('people.disableOf', { name: 'Ana María' }) });
      await disable.click();
      await eva.page.getByText(say('people.disabledDone', { name: 'Ana María' })).waitFor();
      await expect
        .poll(async () => (await ana.page.request.get('/api/cases')).status(), { timeout: patienceMs })
        .toBe(401);
      await eva.page.getByRole('button', { name: say('undo.undo') }).click();
      await disable.waitFor();
      await eva.page
        .getByRole('combobox', { name: say('people.roleOf', { name: 'Ana María' }) })
        .selectOption('agent');
      const changed = { name: 'Ana María', role: say('role.agent') };
      await eva.page.getByText(say('people.roleChanged', changed)).waitFor();
      await looksRight(eva.page, 'people-users');

      await ana.page.goto(address);
      await ana.page.getByText(say('error.invitation_invalid')).waitFor();
      expect([eva.faults, ana.faults]).toEqual([[], []]);
      await Promise.all([eva.close(), ana.close()]);
    });

    test('a key is shown once, and withdrawn only after a question', async () => {
      const say = wordsIn('en');
      const { page, faults, close } = await visit(browser, url, { locale: 'en-GB' });
      await signIn(page, 'eva@example.com');
      await page.goto('/console/people/tokens');
      await page.getByText(say('people.tokensEmpty')).waitFor();
      await page.getByRole('button', { name: say('people.newKey') }).click();
      await page.getByLabel(say('people.keyName')).fill('import');
      await page.getByRole('button', { name: say('people.makeKey') }).click();
      const key = await page
        .getByRole('textbox', { name: say('people.keyFor', { name: 'import' }) })
        .inputValue();
      const ask = () => page.request.get('/api/cases', { headers: { authorization: `Bearer ${key}` } });
      expect((await ask()).status()).toBe(200);
      await looksRight(page, 'people-keys');
      await page.getByRole('button', { name: say('people.withdrawOf', { name: 'import' }) }).click();
      await page.getByText(say('people.withdrawWords')).waitFor();
      await page.keyboard.press('Escape');
      expect((await ask()).status()).toBe(200);
      await page.getByRole('button', { name: say('people.withdrawOf', { name: 'import' }) }).click();
      await page.getByRole('button', { name: say('people.withdraw'), exact: true }).click();
      await page.getByText(say('people.tokensEmpty')).waitFor();
      expect((await ask()).status()).toBe(401);
      await page.goto('/console/people/sessions');
      await page.getByText(say('people.thisDevice')).waitFor();
      await looksRight(page, 'people-sessions');
      expect(faults).toEqual([]);
      await close();
    });

    test('what is in force and who changed what are read, filtered, checked and exported', async () => {
      const say = wordsIn('pt');
      const { page, faults, close } = await visit(browser, url, { locale: 'pt-BR' });
      await signIn(page, 'eva@example.com');
      await page.goto('/console/settings');
      await page.getByRole('heading', { name: say('settings.ladder'), level: 2 }).waitFor();
      await page.getByText(say('settings.history')).waitFor();
      await looksRight(page, 'settings');
      await page.getByText(say('settings.limit.reopen')).scrollIntoViewIfNeeded();
      await photograph(page, 'settings-limits');

      await page.getByRole('link', { name: say('settings.history') }).click();
      await page.getByText(say('audit.did.settings.first')).waitFor();
      await page.goto('/console/audit');
      await page.getByText(say('audit.did.user.disable')).waitFor();
      await page.getByText(say('audit.change')).first().click();
      await looksRight(page, 'audit');
      await page.getByRole('combobox', { name: say('audit.kind') }).selectOption('token');
      await page.getByText(say('audit.did.token.remove')).waitFor();
      await expect.poll(() => page.getByText(say('audit.did.user.disable')).count()).toBe(0);
      expect(page.url()).toContain('kind=token');
      await page.getByRole('button', { name: say('audit.check') }).click();
      await page.getByText(/A cadeia está completa/u).waitFor();
      const table = await (await page.request.get('/api/console/audit.csv?kind=invitation')).text();
      expect(table.split('\n')[0]).toContain('number,at,who_id');
      expect(table).toContain('user.invite');
      expect(table).not.toContain('token.remove');
      expect(faults).toEqual([]);
      await close();
    });
  },
);
