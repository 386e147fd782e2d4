import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en } from '../../src/bot/phrases/en.ts';
import { pt } from '../../src/bot/phrases/pt.ts';
import { type OidcServer, startOidcServer } from '../oidc-server.ts';
import { freePort } from '../redis-server.ts';
import { axeFindings } from './axe-page.ts';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { createChatPage } from './chat-page.ts';
import { createDeskPage } from './desk-page.ts';
import { createDoorPage, setupLink } from './door-page.ts';
import { wordsIn } from './page-words.ts';
import { type RelevoProcess, startRelevo } from './relevo-process.ts';

const say = wordsIn('es');
const unknown = 'mi dron no despega cuando hace viento, qué hago';
const eva = { name: 'Eva Sol', email: 'eva@example.com', password: 'a long pass phrase' };

const overflow = 'document.scrollingElement.scrollWidth - document.documentElement.clientWidth';
const background = 'getComputedStyle(document.body).backgroundColor';

/** How light the page is, from 0 to 255. */
async function lightness(page: Page): Promise<number> {
  const parts = String(await page.evaluate(background)).match(/[\d.]+/gu) ?? [];
  return Math.max(...parts.slice(0, 3).map(Number));
}

/** From the demo on a fresh machine to the first account: looks, languages, accessibility, and the way in. */
describe.skipIf(chromiumMissing !== undefined)(
  `the pages of a fresh start in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let relevo: RelevoProcess;
    let browser: Browser;
    let provider: OidcServer;

    beforeAll(async () => {
      const port = String(await freePort());
      const home = `http://localhost:${port}`;
      provider = await startOidcServer(`${home}/api/session/oidc/callback`);
      const elsewhere = {
        PORT: port,
        PUBLIC_URL: home,
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: provider.clientId,
        OIDC_CLIENT_SECRET: provider.clientSecret,
        OIDC_NAME: 'Acme ID',
      };
      [relevo, browser] = await Promise.all([startRelevo(elsewhere), launchBrowser()]);
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await relevo?.discard();
      await provider?.stop();
    });

    describe('before anybody has an account', { concurrent: true }, () => {
      for (const theme of ['light', 'dark'] as const) {
        test(`the demo shows both sides, and every page is accessible in the ${theme} theme`, async () => {
          const viewport = { width: 1360, height: 860 };
          const { page, faults, close } = await visit(browser, relevo.url, { theme, context: { viewport } });
          await page.goto('/demo');
          const chat = createChatPage(page.frameLocator(`iframe[title="${say('demo.chat')}"]`));
          const deskFrame = page.frameLocator(`iframe[title="${say('demo.desk')}"]`);
          const desk = createDeskPage(deskFrame);
          await deskFrame.getByText(say('desk.demo')).waitFor();
          const number = await chat.asksWhatNobodyKnows(unknown);
          await desk.row(number).waitFor();
          await desk.opens(number);
          await desk.claims();
          await desk.replies('Hola, ya leí lo que probaste. ¿Qué modelo de dron es?');
          await chat.hears('Hola, ya leí lo que probaste. ¿Qué modelo de dron es?');
          await chat.says('Es un X2, lo compré en mayo');
          await desk.hears('Es un X2, lo compré en mayo');
          await desk.views('list.open');
          await photograph(page, `demo-${theme}`);
          expect(await axeFindings(page)).toEqual([]);
          expect(await lightness(page)).toSatisfy((light: number) => light > 200 === (theme === 'light'));

          await page.goto('/');
          const alone = createChatPage(page);
          await alone.hears(unknown);
          expect(await axeFindings(page)).toEqual([]);
          await photograph(page, `chat-${theme}`);

          await page.goto('/desk?view=open');
          const whole = createDeskPage(page);
          await whole.row(number).waitFor();
          expect(await axeFindings(page)).toEqual([]);
          await whole.opens(number);
          await whole.hears(unknown);
          await photograph(page, `desk-${theme}`);
          expect(await axeFindings(page)).toEqual([]);
          await whole.action('action.solve').click();
          await whole.dialog.waitFor();
          expect(await axeFindings(page)).toEqual([]);
          await photograph(page, `desk-logbook-${theme}`);
          expect(faults).toEqual([]);
          await close();
        });
      }

      const languages = [
        { locale: 'en-GB', language: 'en', asks: 'my internet is not working', phrases: en },
        { locale: 'pt-BR', language: 'pt', asks: 'minha internet não funciona', phrases: pt },
      ] as const;
      for (const { locale, language, asks, phrases } of languages) {
        test(`a browser in ${locale} gets the page and the bot's answers in its language`, async () => {
          const words = wordsIn(language);
          const { page, faults, close } = await visit(browser, relevo.url, { locale, size: 'narrow' });
          const chat = createChatPage(page, { touch: true, say: words });
          await page.goto('/');
          await page.getByRole('heading', { name: words('welcome.title') }).waitFor();
          expect(await page.evaluate('document.documentElement.lang')).toBe(language);
          await photograph(page, `narrow-${language}-1-welcome`);
          await chat.says(asks);
          await chat.option(phrases['option-helped']).waitFor();
          await chat.said(phrases['did-it-help']).waitFor();
          await photograph(page, `narrow-${language}-2-answer`);
          await chat.presses(phrases['option-person']);
          await chat.hears(phrases['ask-tried']);
          await chat.says('x'.repeat(300));
          await chat.isTold(/\d{4}/u);
          expect(await page.evaluate(overflow)).toBe(0);
          await photograph(page, `narrow-${language}-3-long-word`);

          await page.goto('/desk');
          const desk = createDeskPage(page, { touch: true, say: words });
          await desk.list
            .getByRole('link', { name: new RegExp(`${language}\\b`, 'iu') })
            .last()
            .waitFor();
          await page.getByRole('link', { name: words('desk.console') }).waitFor();
          expect(await page.evaluate(overflow)).toBe(0);
          await photograph(page, `narrow-${language}-4-desk`);
          expect(faults).toEqual([]);
          await close();
        });
      }

      test('a language and a theme that are chosen hold at once and after a reload', async () => {
        const { page, faults, close } = await visit(browser, relevo.url);
        await page.goto('/');
        await page.getByRole('heading', { name: say('welcome.title') }).waitFor();
        const open = page.getByLabel(say('preferences.open'));
        await open.click();
        await page.getByText(say('theme.dark'), { exact: true }).click();
        await page.getByText('English', { exact: true }).click();
        const title = page.getByRole('heading', { name: wordsIn('en')('welcome.title') });
        await title.waitFor();
        await photograph(page, 'preferences');
        await page.reload();
        await title.waitFor();
        expect(await lightness(page)).toBeLessThan(80);
        expect(faults).toEqual([]);
        await close();
      });
    });

    test('the first administrator comes in by the one-time link, once, and from then on only who signs in', async () => {
      const { page, faults, close } = await visit(browser, relevo.url, {
        expected: /status of (401|403|409)/u,
      });
      const door = createDoorPage(page);
      const cases = page.getByRole('navigation', { name: say('list.label') });
      await page.goto(setupLink(relevo));
      await page.getByRole('heading', { name: say('setup.title') }).waitFor();
      expect(page.url()).not.toContain('token');
      await photograph(page, 'door-1-setup');
      expect(await axeFindings(page)).toEqual([]);
      await page.goto('about:blank');
      await door.setsUp(setupLink(relevo), eva);
      await cases.waitFor();
      await page.getByText(eva.name, { exact: true }).waitFor();
      expect(await page.getByText(say('desk.demo')).count()).toBe(0);

      await door.signsOut();
      await page.getByRole('heading', { name: say('signIn.title') }).waitFor();
      await photograph(page, 'door-2-sign-in');
      expect(await axeFindings(page)).toEqual([]);
      await page.goto('/desk/cases/1001');
      await page.getByRole('heading', { name: say('signIn.title') }).waitFor();
      expect(await page.evaluate("fetch('/api/cases').then(({ status }) => status)")).toBe(401);
      await door.signsIn(eva.email, 'not my pass phrase');
      await door.alert.getByText(say('error.wrong_credentials')).waitFor();
      await photograph(page, 'door-3-wrong-password');
      await door.signsIn(eva.email, eva.password);
      await page.getByRole('heading', { name: say('case.number', { number: 1001 }) }).waitFor();

      const stranger = await visit(browser, relevo.url, { expected: /status of 409/u });
      await stranger.page.goto(setupLink(relevo));
      await stranger.page.getByText(say('error.already_set_up')).waitFor();
      expect(await stranger.page.getByRole('button', { name: say('setup.submit') }).count()).toBe(0);
      await photograph(stranger.page, 'door-4-used-link');
      await stranger.page.getByRole('link', { name: say('signIn.submit'), exact: true }).click();
      await stranger.page.getByRole('button', { name: say('signIn.submit') }).waitFor();
      expect([...faults, ...stranger.faults]).toEqual([]);
      await Promise.all([close(), stranger.close()]);
    });

    test('who signs in at the provider comes to where they were going, or reads why not', async () => {
      provider.people.set('1', { email: eva.email, email_verified: true });
      const open = async (comes: string) => {
        const visited = await visit(browser, relevo.url, { expected: /status of 401/u });
        provider.comes = comes;
        await visited.page.goto('/desk/channels');
        const name = say('signIn.provider', { name: 'Acme ID' });
        await visited.page.getByRole('link', { name }).click();
        return visited;
      };
      const stranger = await open('2');
      const why = say('signIn.unverified', { name: 'Acme ID' });
      await stranger.page.getByRole('alert').getByText(why).waitFor();
      await photograph(stranger.page, 'door-5-provider');
      expect(await axeFindings(stranger.page)).toEqual([]);
      const known = await open('1');
      await known.page.getByText(eva.name, { exact: true }).waitFor();
      expect(new URL(known.page.url()).pathname).toBe('/desk/channels');
      const elsewhere = [...stranger.faults, ...known.faults].filter((one) => !one.includes(provider.issuer));
      expect(elsewhere).toEqual([]);
      await Promise.all([stranger.close(), known.close()]);
    });

    test('the door is as accessible in the dark, and as narrow as a small phone', async () => {
      const expected = /status of 401/u;
      for (const path of ['/desk/sign-in', '/desk/setup#token=used']) {
        const { page, faults, close } = await visit(browser, relevo.url, {
          theme: 'dark',
          size: 'narrow',
          expected,
        });
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect(await axeFindings(page)).toEqual([]);
        expect(await page.evaluate(overflow)).toBe(0);
        expect(faults).toEqual([]);
        await close();
      }
    });
  },
);
