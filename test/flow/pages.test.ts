import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import {
  chromiumMissing,
  type Look,
  launchBrowser,
  patienceMs,
  photograph,
  type Visit,
  visit,
} from './browser.ts';
import { createChatPage } from './chat-page.ts';
import { createDeskPage } from './desk-page.ts';
import { addAgent, createDoorPage, setupLink } from './door-page.ts';
import { wordsIn } from './page-words.ts';
import { type RelevoProcess, startRelevo } from './relevo-process.ts';

const say = wordsIn('es');
const ana = { name: 'Ana Ruiz', email: 'ana@example.com', password: 'correct horse battery' };
const luis = { name: 'Luis Peña', email: 'luis@example.com', password: 'staple battery horse' };
const unknown = 'mi dron no despega cuando hace viento, qué hago';

/** The main story as its people see it: customer and agents in browsers of their own. */
describe.skipIf(chromiumMissing !== undefined)(
  `the pages in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let relevo: RelevoProcess;
    let browser: Browser;
    let first: Visit;

    beforeAll(async () => {
      [relevo, browser] = await Promise.all([startRelevo(), launchBrowser()]);
      first = await visit(browser, relevo.url);
      await createDoorPage(first.page).setsUp(setupLink(relevo), ana);
      await first.page.waitForURL('**/desk');
      await addAgent(first.page, luis);
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await relevo?.discard();
    });

    /** A browser in which somebody is signed in at the desk. */
    async function atDesk({ email, password }: typeof ana, look: Look = {}): Promise<Visit> {
      const visited = await visit(browser, relevo.url, look);
      await visited.page.goto('/desk');
      await createDoorPage(visited.page).signsIn(email, password);
      await visited.page.getByRole('navigation', { name: say('list.label') }).waitFor();
      return visited;
    }

    for (const size of ['desktop', 'phone'] as const) {
      test.concurrent(`a question answered, a case handed over and solved, on a ${size}`, async ({
        expect,
      }) => {
        const touch = size === 'phone';
        const expected = /status of (401|409)/u;
        const [visitor, agent, rival] = await Promise.all([
          visit(browser, relevo.url, { size }),
          atDesk(ana, { size, expected }),
          atDesk(luis, { expected }),
        ]);
        const chat = createChatPage(visitor.page, { touch });
        const desk = createDeskPage(agent.page, { touch });
        const other = createDeskPage(rival.page);
        const shot = (who: Visit, name: string) => photograph(who.page, `${size}-${name}`);

        await visitor.page.goto('/');
        await visitor.page.getByRole('heading', { name: say('welcome.title') }).waitFor();
        await shot(visitor, 'chat-1-welcome');
        await chat.says('no me funciona el internet');
        await chat.hears(/^Según: /u);
        for (const label of ['Me sirvió', 'No me sirvió', 'Hablar con una persona']) {
          await chat.option(label).waitFor();
        }
        await shot(visitor, 'chat-2-answer');
        await visitor.page.reload();
        await chat.hears('no me funciona el internet');
        await chat.hears(/^Según: /u);
        expect(await chat.said('no me funciona el internet').count()).toBe(1);

        const number = await chat.asksWhatNobodyKnows(unknown);
        await chat.isTold(say('status.queued', { number }));
        await shot(visitor, 'chat-3-handed-over');

        await desk.row(number).waitFor();
        await shot(agent, 'desk-1-queue');
        await toConsole(agent.page).waitFor();
        expect(await toConsole(rival.page).count()).toBe(0);
        await Promise.all([desk.opens(number), other.opens(number)]);
        if (touch) await agent.page.getByRole('button', { name: say('case.details') }).tap();
        await desk.brief.getByText(say('brief.question')).waitFor();
        await desk.brief.getByText(unknown).first().waitFor();
        await shot(agent, 'desk-2-brief');
        if (touch) await agent.page.getByRole('button', { name: say('case.details') }).tap();

        await raceTo('claim', agent, rival, () => Promise.all([desk.claims(), other.claims()]));
        await other.alert.getByText(say('error.already_claimed', { holder: ana.name })).waitFor();
        await shot(rival, 'desk-3-already-claimed');
        await chat.isTold(say('status.claimed', { agent: ana.name, number }));
        await desk.action('action.solve').waitFor();

        await desk.replies('Hola, soy Ana. ¿Qué modelo es?');
        await chat.hears('Hola, soy Ana. ¿Qué modelo es?');
        await desk.notes('parece el viento: mirar la ficha');
        await desk.hears('parece el viento: mirar la ficha');
        await shot(agent, 'desk-4-note');
        await chat.says('es el modelo X2');
        await desk.hears('es el modelo X2');
        await shot(visitor, 'chat-4-person');
        expect(await visitor.page.content()).not.toContain('mirar la ficha');
        const told = await visitor.page.evaluate("fetch('/api/chat/messages').then((all) => all.text())");
        expect(told).toContain('¿Qué modelo es?');
        expect(told).not.toContain('mirar la ficha');

        await desk.action('action.solve').click();
        await desk.dialog.waitFor();
        await shot(agent, 'desk-5-logbook');
        expect(
          await desk.dialog.getByRole('textbox', { name: say('logbook.execution') }).inputValue(),
        ).toContain('¿Qué modelo es?');
        await agent.page.keyboard.press('Escape');
        await desk.solves('Vuela otra vez');
        await chat.isTold(say('status.solved', { agent: ana.name, number }));
        await chat.option('Sí, quedó resuelto').waitFor();
        await shot(visitor, 'chat-5-solved');
        await chat.presses('Sí, quedó resuelto');
        await chat.option(say('rating.stars', { count: 5 })).waitFor();
        await shot(visitor, 'chat-6-rating');
        await chat.presses(say('rating.stars', { count: 5 }));
        await chat.isTold(say('status.closed', { number }));
        await shot(visitor, 'chat-7-closed');
        await desk.hears(/valoró con 5 estrellas/u);
        await agent.page.getByRole('heading', { name: say('case.number', { number }) }).waitFor();
        await agent.page.getByText(say('stage.closed'), { exact: true }).first().waitFor();
        await shot(agent, 'desk-6-closed');

        expect([visitor, agent, rival].flatMap(({ faults }) => faults)).toEqual([]);
        await Promise.all([visitor, agent, rival].map((each) => each.close()));
      });
    }

    test.concurrent('all of it without a mouse', async ({ expect }) => {
      const [visitor, agent] = await Promise.all([visit(browser, relevo.url), atDesk(ana)]);
      const chat = createChatPage(visitor.page);
      const desk = createDeskPage(agent.page);
      await tabTo(agent.page, toConsole(agent.page));
      await agent.page.keyboard.press('Enter');
      const toDesk = agent.page.getByRole('link', { name: say('console.toDesk') });
      await toDesk.waitFor();
      await tabTo(agent.page, toDesk);
      await agent.page.keyboard.press('Enter');
      await desk.list.waitFor();
      const types = async (page: Page, text: string) => {
        await page.keyboard.type(text);
        await page.keyboard.press('Enter');
      };
      await visitor.page.goto('/');
      const suggestion = visitor.page.getByRole('button', { name: say('suggest.internet') });
      await suggestion.waitFor();
      await tabTo(visitor.page, suggestion);
      await visitor.page.keyboard.press('Enter');
      await chat.option('No me sirvió').waitFor();
      await tabTo(visitor.page, chat.option('No me sirvió'));
      await photograph(visitor.page, 'keyboard-1-option');
      await visitor.page.keyboard.press('Space');
      await expect.poll(() => hasFocus(chat.composer)).toBe(true);
      await types(visitor.page, 'ya apagué y encendí el router');
      await chat.isTold(/n\.º \d+/u);
      const number = Number(/n\.º (\d+)/u.exec((await chat.status.textContent()) ?? '')?.[1]);

      const row = desk.row(number);
      await row.waitFor();
      for (let pressed = 0; pressed < 10 && !(await hasFocus(row)); pressed += 1) {
        await agent.page.keyboard.press('j');
      }
      await photograph(agent.page, 'keyboard-2-row');
      await agent.page.keyboard.press('Enter');
      await agent.page.getByRole('heading', { name: say('case.number', { number }) }).waitFor();
      await desk.action('action.claim').waitFor();
      await agent.page.keyboard.press('c');
      await desk.action('action.solve').waitFor();
      const reply = agent.page.getByPlaceholder(say('reply.replyPlaceholder'));
      await expect.poll(() => hasFocus(reply), { timeout: patienceMs }).toBe(true);
      await types(agent.page, 'Ya lo reviso');
      await chat.hears('Ya lo reviso');
      await types(visitor.page, 'muchas gracias');
      await desk.hears('muchas gracias');
      await agent.page.keyboard.press('Escape');
      await agent.page.keyboard.press('n');
      await types(agent.page, 'solo para el equipo');
      await desk.hears('solo para el equipo');
      await agent.page.keyboard.press('Escape');
      await agent.page.keyboard.press('s');
      await desk.dialog.waitFor();
      await tabTo(agent.page, desk.dialog.getByRole('textbox', { name: say('logbook.plan') }));
      await agent.page.keyboard.type('Reiniciar desde la central');
      await tabTo(agent.page, desk.dialog.getByRole('textbox', { name: say('logbook.results') }));
      await agent.page.keyboard.type('Funciona');
      await tabTo(agent.page, desk.dialog.getByRole('button', { name: say('solve.submit') }));
      await agent.page.keyboard.press('Enter');
      await desk.dialog.waitFor({ state: 'hidden' });

      for (const label of ['Sí, quedó resuelto', say('rating.stars', { count: 5 })]) {
        await chat.option(label).waitFor();
        await tabTo(visitor.page, chat.option(label));
        await visitor.page.keyboard.press('Enter');
      }
      await chat.isTold(say('status.closed', { number }));
      expect(await visitor.page.content()).not.toContain('solo para el equipo');
      expect([...visitor.faults, ...agent.faults]).toEqual([]);
      await Promise.all([visitor.close(), agent.close()]);
    });
  },
);

/** The way from the desk to the supervisors' console. */
function toConsole(page: Page): Locator {
  return page.getByRole('banner').getByRole('link', { name: say('desk.console') });
}

/** Lets two people do the same at the same moment, the first one a moment earlier. */
async function raceTo(
  action: string,
  winner: Visit,
  loser: Visit,
  both: () => Promise<unknown>,
): Promise<void> {
  let won: () => void = () => undefined;
  const winnerIsDone = new Promise<void>((resolve) => {
    won = resolve;
  });
  let lost: () => void = () => undefined;
  const loserHasAsked = new Promise<void>((resolve) => {
    lost = resolve;
  });
  await winner.page.route(`**/api/cases/*/${action}`, async (route) => {
    await loserHasAsked;
    await route.fulfill({ response: await route.fetch() });
    won();
  });
  await loser.page.route(`**/api/cases/*/${action}`, async (route) => {
    lost();
    await winnerIsDone;
    await route.continue();
  });
  await both();
}

/** Whether the keyboard is there. */
function hasFocus(what: Locator): Promise<boolean> {
  return what.evaluate((element) => element === element.ownerDocument.activeElement);
}

/** Goes on with the tabulator until something has the focus. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed += 1) {
    if (await hasFocus(what)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the tabulator does not lead to ${what}`);
}
