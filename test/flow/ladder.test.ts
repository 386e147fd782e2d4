import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { chromiumMissing, launchBrowser, patienceMs, visit } from './browser.ts';
import type { DeskHands } from './desks/desk-hands.ts';
import { type LadderWorld, type Observed, openLadderWorld, people } from './desks/ladder-world.ts';
import { cardOf, createSlackHands, textOf } from './desks/slack-hands.ts';
import { createWebHands } from './desks/web-hands.ts';
import { createDoorPage } from './door-page.ts';
import { wordsIn } from './page-words.ts';

const say = wordsIn('es');
const logbook = {
  understanding: 'El dron no despega con viento.',
  plan: 'Actualizar el programa que limita el viento.',
  execution: 'El fabricante mandó la versión 2.1 y se instaló.',
  results: 'Despega con 30 km/h.',
};

const patience = { timeout: patienceMs, interval: 40 };

/**
 * A case climbs the whole ladder, told once at each desk; whoever watches sees the same in the log, on the card in
 * Slack and on the page of the web desk after each step.
 */
describe('a case from Telegram up the ladder to the vendor and back, reopened twice', {
  timeout: 3 * patienceMs,
}, () => {
  let world: LadderWorld;
  let browser: Browser | undefined;
  let watching: Page | undefined;

  beforeAll(async () => {
    const [opened, launched] = await Promise.all([
      openLadderWorld(),
      chromiumMissing === undefined ? launchBrowser() : undefined,
    ]);
    world = opened;
    browser = launched;
    watching = await atDesk(people.eva);
  }, 2 * patienceMs);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  }, patienceMs);

  async function atDesk({ email, password }: (typeof people)['eva' | 'ana' | 'leo']) {
    if (browser === undefined) return undefined;
    const { page } = await visit(browser, world.relevo.url);
    await page.goto('/desk');
    await createDoorPage(page).signsIn(email, password);
    await page.getByRole('navigation', { name: say('list.label') }).waitFor();
    return page;
  }

  /** The log, the card and the page tell the same. */
  async function agree(number: number, expected: Partial<Observed>): Promise<Observed> {
    const found = await vi.waitFor(async () => {
      const one = await world.opens(number);
      expect(one).toMatchObject(expected);
      return one;
    }, patience);
    await vi.waitFor(
      () => expect(textOf(cardOf(world.slack, found.tier ?? 0, number))).toContain(cardWords(found)),
      patience,
    );
    if (watching !== undefined) {
      const head = watching.getByRole('heading', { name: say('case.number', { number }) }).locator('..');
      for (const words of pageWords(found)) await head.getByText(words, { exact: true }).waitFor();
    }
    return found;
  }

  const tell = (title: string, name: string, hands: () => Promise<DeskHands>) =>
    describe(`at ${title}`, () => {
      let number = 0;
      let desk: DeskHands;
      let customer: ReturnType<LadderWorld['customer']>;
      const held = (by: 'ana' | 'leo', kind = 'agent') => ({
        stage: 'claimed',
        owner: { kind, agent: expect.objectContaining({ name: people[by].name }) },
      });

      /** Takes it, records the four answers, solves it; the customer confirms and rates. */
      async function leoSolves(stars: number): Promise<void> {
        await desk.solves('leo', number, logbook);
        await agree(number, { stage: 'solved' });
        await customer.hears(/^¿Quedó resuelto\?$/u);
        await customer.taps('Sí, quedó resuelto');
        await customer.hears(/calificas/u);
        await customer.taps('★'.repeat(stars));
        await agree(number, { stage: 'closed', stars });
      }

      beforeAll(async () => {
        desk = await hands();
        customer = world.customer(name);
      }, patienceMs);

      test('nobody of level 1 comes in time: the case goes up, and the customer is told', async () => {
        await customer.writes('mi dron no despega cuando hace viento, qué hago');
        await customer.hears(/¿qué probaste hasta ahora\?$/u);
        await customer.writes('ya cargué la batería');
        number = Number(/n\.º (\d+)/u.exec(await customer.hears(/n\.º \d+/u))?.[1]);
        await watching?.goto(`/desk/cases/${number}`);
        await customer.hears(/un nivel con más experiencia/u);
        const { tier } = await agree(number, { stage: 'queued', tier: 2 });
        expect(tier).toBe(2);
      });

      test('level 2 takes it and asks level 3, who answers in private', async () => {
        await desk.takes('ana', number);
        await customer.hears(/^Ana Ruiz se ocupa de tu caso/u);
        await agree(number, held('ana'));
        await desk.asks('ana', number, '¿Hay un límite de viento?');
        await desk.answers('leo', number, 3, 'Sí, en el programa: lo cambia el fabricante.');
        const { messages } = await agree(number, held('ana'));
        const told = messages.map(({ event }) => event?.answer ?? event?.text);
        expect(told).toEqual(
          expect.arrayContaining([
            '¿Hay un límite de viento?',
            'Sí, en el programa: lo cambia el fabricante.',
          ]),
        );
      });

      test('it goes to level 3 with its reason and its logbook', async () => {
        await desk.escalates('ana', number, 'hay que hablar con el fabricante', 'Pedir el programa nuevo.');
        await customer.hears(/un nivel con más experiencia/u);
        const found = await agree(number, { stage: 'queued', tier: 3 });
        expect(found.logbook).toMatchObject({ plan: 'Pedir el programa nuevo.' });
        expect(found.draft.plan).toContain('Pedir el programa nuevo.');
        await desk.takes('leo', number);
        await agree(number, held('leo'));
      });

      test('the expert assesses it first, gives it to the vendor and enters the answer', async () => {
        await desk.assesses('leo', number, 'el programa 2.1');
        await desk.givesToVendor('leo', number, 'FAB-77');
        await agree(number, held('leo', 'vendor'));
        await desk.vendorAnswered('leo', number, 'Va la versión 2.1.');
        const { draft } = await agree(number, held('leo'));
        expect(draft.execution).toContain('Va la versión 2.1.');
      });

      test('it is solved with its logbook, confirmed and rated', async () => {
        await leoSolves(5);
        expect((await world.opens(number)).logbook).toEqual(logbook);
      });

      test('reopened, it comes back to the tier that had it; again, it goes one up', async () => {
        await customer.writes('volvió a fallar');
        await agree(number, { stage: 'queued', tier: 3 });
        await desk.takes('leo', number);
        await agree(number, held('leo'));
        await desk.assesses('leo', number, 'reinstalar');
        await leoSolves(3);
        await customer.writes('otra vez lo mismo');
        const last = await agree(number, { stage: 'queued', tier: 4 });
        expect(last).toMatchObject({ reopenings: 2, tierName: 'Dirección' });
      });

      test('nothing that was said inside has reached the customer', () => {
        expect(customer.all()).not.toMatch(/límite de viento|fabricante|FAB-77|versión 2\.1|30 km/u);
      });
    });

  tell('the Slack desk', 'rita', async () => createSlackHands(world.slack));

  describe.skipIf(chromiumMissing !== undefined)(
    `in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
    () => {
      tell('the web desk', 'tomás', async () => {
        const [ana, leo] = await Promise.all([atDesk(people.ana), atDesk(people.leo)]);
        if (ana === undefined || leo === undefined) throw new Error('there is no browser');
        return createWebHands({ ana, leo });
      });

      test('whoever goes away in Slack is away at the web desk, and back again', async () => {
        const page = await atDesk(people.ana);
        if (page === undefined) throw new Error('there is no browser');
        await page.getByText(say('availability.available'), { exact: true }).waitFor();
        expect(await world.commands('ana', 'away')).toMatch(/^Ausente/u);
        await page.getByText(say('next.away')).waitFor();
        await page.getByRole('button', { name: say('availability.be.available'), exact: true }).click();
        await page.getByRole('button', { name: say('next.take') }).waitFor();
        await expect.poll(() => world.commands('ana', 'status'), patience).toMatch(/^Disponible/u);
      });
    },
  );
});

/** What a card says of where a case stands. */
function cardWords({ stage, owner, tierName }: Observed): string {
  const agent = owner?.agent?.name ?? '';
  if (stage === 'queued') return `En espera: ${tierName}`;
  if (stage === 'solved') return `Resuelto por ${agent}`;
  if (stage === 'closed') return 'Cerrado';
  return owner?.kind === 'vendor'
    ? `Con el proveedor (ref. FAB-77); lo sigue ${agent}`
    : `Lo atiende ${agent}`;
}

/** What the head of a case's page says of the same. */
function pageWords({ stage, owner, tier, tierName }: Observed): string[] {
  const where = say('case.tierNamed', { tier: tier ?? 0, name: tierName ?? '' });
  const whose =
    owner?.kind === 'vendor'
      ? [say('owner.vendor')]
      : owner?.kind === 'agent'
        ? [say('owner.agent', { name: owner.agent?.name ?? '' })]
        : [];
  return [say(`stage.${stage}`), where, ...whose];
}
