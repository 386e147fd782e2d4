import { createServer } from 'node:net';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, type ExpectStatic, expect, test } from 'vitest';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { createChatPage } from './chat-page.ts';
import { createDeskPage } from './desk-page.ts';
import { naughtyMissing, naughtyTexts, payloads } from './hostile-texts.ts';
import { wordsIn } from './page-words.ts';
import { type RelevoProcess, startRelevo } from './relevo-process.ts';

const say = wordsIn('es');
const unknown = 'mi dron no despega cuando hace viento, qué hago';

interface Post {
  readonly path: string;
  readonly body: { readonly id: string; readonly text: string };
}

/** Sends texts to Relevo from inside a page, one after the other. @returns those that were not taken */
async function post(page: Page, posts: readonly Post[]): Promise<unknown> {
  return page.evaluate(`(async () => {
    const refused = [];
    for (const { path, body } of ${JSON.stringify(posts)}) {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) refused.push({ path, text: body.text, status: answer.status });
    }
    return refused;
  })()`);
}

/** What the pages do with text that means harm, and with a server that is killed under them. */
describe.skipIf(chromiumMissing !== undefined)(
  `the pages under rough treatment in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let relevo: RelevoProcess;
    let browser: Browser;

    beforeAll(async () => {
      const PORT = String(await freePort());
      [relevo, browser] = await Promise.all([startRelevo({ PORT }), launchBrowser()]);
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await relevo?.discard();
    });

    /** A customer and the agent who has their case, each in a browser of their own. */
    async function inTalk({ tried, expected }: { tried?: string; expected?: RegExp } = {}) {
      const look = expected === undefined ? {} : { expected };
      const [visitor, agent] = await Promise.all([
        visit(browser, relevo.url, look),
        visit(browser, relevo.url, look),
      ]);
      const chat = createChatPage(visitor.page);
      const desk = createDeskPage(agent.page);
      await Promise.all([visitor.page.goto('/'), agent.page.goto('/desk')]);
      const number = await chat.asksWhatNobodyKnows(unknown, tried);
      await desk.opens(number);
      await desk.claims();
      await desk.action('action.solve').waitFor();
      const faults = () => [...visitor.faults, ...agent.faults];
      const leave = () => Promise.all([visitor.close(), agent.close()]);
      return { visitor: visitor.page, agent: agent.page, chat, desk, number, faults, leave };
    }

    /** Every text as the customer's message, as a reply and as a note: shown as the text that it is. */
    async function isHarmless(expect: ExpectStatic, texts: readonly string[], name: string): Promise<void> {
      const { visitor, agent, chat, desk, number, faults, leave } = await inTalk({
        tried: `nada ${payloads[1]}`,
      });
      const [first = '', ...others] = texts;
      await chat.says(first);
      await desk.hears(first);
      await desk.replies(first);
      await chat.log.getByText(first, { exact: true }).nth(1).waitFor();
      await desk.notes(first);
      const to = (path: string): Post[] =>
        others.map((text, index) => ({ path, body: { id: `${name}-${path.length}-${index}`, text } }));
      const refused = await Promise.all([
        post(visitor, to('/api/chat/messages')),
        post(agent, [...to(`/api/cases/${number}/reply`), ...to(`/api/cases/${number}/note`)]),
      ]);
      expect(refused).toEqual([[], []]);
      await chat.says('fin');
      await Promise.all([chat.hears('fin'), desk.hears('fin')]);
      const times = (text: string, among: readonly string[]) => among.filter((each) => each === text).length;
      const wrong = async (log: Locator, copies: number) => {
        const shown = await log.locator('p').allTextContents();
        return texts.filter((text) => times(text, shown) !== copies * times(text, texts));
      };
      // The customer has their own message and the reply; the agent has the note too.
      await expect.poll(() => wrong(chat.log, 2), { timeout: patienceMs }).toEqual([]);
      await expect.poll(() => wrong(desk.log, 3), { timeout: patienceMs }).toEqual([]);
      for (const page of [visitor, agent]) {
        expect(await page.evaluate('window.hacked')).toBeUndefined();
        expect(await page.locator('main :is(script, img, iframe, style, link, meta, object)').count()).toBe(
          0,
        );
        expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0);
        expect(new URL(page.url()).origin).toBe(new URL(relevo.url).origin);
      }
      await Promise.all([
        photograph(visitor, `hostile-${name}-chat`),
        photograph(agent, `hostile-${name}-desk`),
      ]);
      expect(faults()).toEqual([]);
      await leave();
    }

    describe('hostile text', { concurrent: true }, () => {
      test('scripts, links to elsewhere and tricks with letters stay text', ({ expect }) =>
        isHarmless(expect, payloads, 'own'));

      test.skipIf(naughtyMissing !== undefined)(
        `naughty strings stay text${naughtyMissing === undefined ? '' : `: ${naughtyMissing}`}`,
        async ({ expect }) => {
          await isHarmless(expect, naughtyTexts(60), 'blns');
        },
      );
    });

    test('the server is killed: both sides say so, wait, and send by themselves exactly once', async () => {
      const { visitor, agent, chat, desk, faults, leave } = await inTalk({ expected: /net::ERR_/u });
      const alone = await visit(browser, relevo.url, { expected: /net::ERR_/u });
      const bot = createChatPage(alone.page);
      await alone.page.goto('/');
      await alone.page.getByRole('heading', { name: say('welcome.title') }).waitFor();
      await bot.isTold(say('status.bot'));
      await bot.composer.fill('no me funciona el internet');

      await relevo.kill();
      await bot.composer.press('Enter');
      await chat.says('¿sigue ahí?');
      await desk.replies('Sí, aquí sigo');
      for (const page of [alone.page, visitor]) {
        await page.getByText(say('chat.lost')).waitFor();
        await page.getByTitle(say('delivery.sending')).waitFor();
      }
      await agent.getByText(say('desk.lost')).waitFor();
      await desk.log.getByText(say('delivery.sending')).waitFor();
      await photograph(alone.page, 'lost-1-chat');
      await photograph(agent, 'lost-2-desk');

      await relevo.start();
      await bot.hears(/^Según: /u);
      await chat.hears('Sí, aquí sigo');
      await desk.hears('¿sigue ahí?');
      for (const page of [alone.page, visitor]) {
        await page.getByText(say('chat.lost')).waitFor({ state: 'hidden' });
        await page.getByTitle(say('delivery.sending')).waitFor({ state: 'hidden' });
      }
      await agent.getByText(say('desk.lost')).waitFor({ state: 'hidden' });
      for (const round of ['as it came', 'after a reload']) {
        expect(await bot.said('no me funciona el internet').count(), round).toBe(1);
        expect(await bot.log.getByText(/^Según: /u).count(), round).toBe(1);
        expect(await chat.said('¿sigue ahí?').count(), round).toBe(1);
        expect(await chat.said('Sí, aquí sigo').count(), round).toBe(1);
        expect(await desk.log.getByText('Sí, aquí sigo', { exact: true }).count(), round).toBe(1);
        await Promise.all([alone.page.reload(), visitor.reload(), agent.reload()]);
        await Promise.all([bot.hears(/^Según: /u), chat.hears('Sí, aquí sigo'), desk.hears('Sí, aquí sigo')]);
      }
      await photograph(alone.page, 'lost-3-found');
      expect([...faults(), ...alone.faults]).toEqual([]);
      await Promise.all([leave(), alone.close()]);
    });
  },
);

/** A port that stays the same over a restart. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no free port'));
        else resolve(address.port);
      });
    });
  });
}
