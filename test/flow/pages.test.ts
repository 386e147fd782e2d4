import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
      test.concurrent(`a question answered, a case handed over and solved, on a ${size}`, async () => {
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
        await agent.page.getByText(say('owner.none'), { exact: true }).first().waitFor();
        await shot(agent, 'desk-6-closed');

        expect([visitor, agent, rival].flatMap(({ faults }) => faults)).toEqual([]);
        await Promise.all([visitor, agent, rival].map((each) => each.close()));
      });
    }
  },
);

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
