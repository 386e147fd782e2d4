import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ana, type DeskWorld, leo, level1, level2, level3, openDeskWorld, stranger } from './desk-world.ts';

let world: DeskWorld;
let cases = 0;
beforeAll(async () => {
  world = await openDeskWorld();
});
afterAll(() => world.stop());
afterEach(() => {
  world.fake.setAway(false);
  world.fake.setRevoked(false);
  world.fake.setFailures({ rate429: 0 });
});

const eva = { id: 'web-eva', name: 'Eva' };
const cardsOf = (channel: string, text: string) =>
  world.cards(channel).filter(({ blocks }) => JSON.stringify(blocks).includes(text));
const oneCard = (channel: string, ...texts: string[]) =>
  world.until(() => {
    const [card, ...others] = cardsOf(channel, texts[0] ?? '');
    expect(others).toEqual([]);
    for (const text of texts) expect(JSON.stringify(card?.blocks)).toContain(text);
    return card;
  });

/** Opens a case; its card may or may not come. */
async function opens(holder: { id: string; name: string } | null = null) {
  cases += 1;
  const question = `duda ${cases}.`;
  const user = `rosa-${cases}`;
  const id = await world.handsOver(user, question);
  if (holder !== null) await world.cases.act(id, holder, { type: 'claim' });
  return { id, user, question };
}

test('too many at once: nothing is said in the channel before Slack’s wait is over, and then once', async () => {
  world.fake.setFailures({ rate429: 1, retryAfterSeconds: 1 });
  const { question } = await opens();
  const posts = () => world.fake.calls.filter(({ method }) => method === 'chat.postMessage');
  await world.until(() => expect(posts().at(-1)?.status).toBe(429));
  world.fake.setFailures({ rate429: 0 });
  const refusedAt = posts().at(-1)?.at ?? 0;
  const card = await oneCard(level1, question);
  expect(Number(card?.ts) * 1_000 - refusedAt).toBeGreaterThanOrEqual(950);
});

test('Slack is away for long: cases go on, and afterwards each has one card that is true', async () => {
  const before = await opens();
  await oneCard(level1, before.question, 'En espera');
  world.fake.setAway(true);
  const [taken, raised, solved] = [await opens(eva), await opens(eva), await opens(eva)];
  await world.cases.act(before.id, eva, { type: 'claim' });
  await world.cases.act(raised.id, eva, { type: 'escalate', reason: 'x', tier: 2 });
  const logbook = { understanding: 'a', plan: 'b', execution: 'c', results: 'd' };
  await world.cases.act(solved.id, eva, { type: 'solve', logbook });
  await world.writes(taken.user, 'sigo esperando');
  await world.idle();
  expect(cardsOf(level1, taken.question)).toEqual([]);
  expect(world.logged(40).join()).toContain('a card is behind its case');
  world.fake.setAway(false);
  // An hour later, as far as anybody knows.
  world.pass(3_600_000);
  await world.sweep();
  await oneCard(level1, before.question, 'Lo atiende Eva');
  await oneCard(level1, taken.question, 'Lo atiende Eva', 'sigo esperando');
  await oneCard(level2, raised.question, 'En espera');
  await oneCard(level1, solved.question, 'Resuelto por Eva');
  expect(cardsOf(level1, raised.question)).toEqual([]);
});

test('the token was taken back: said in the log and by /relevo status; the case goes on, its card catches up', async () => {
  const { id, question } = await opens();
  await oneCard(level1, question);
  world.fake.setRevoked(true);
  await world.cases.act(id, eva, { type: 'claim' });
  await world.until(() => expect(world.logged(50).join()).toContain('cannot be written to'));
  expect(await world.people.commands(ana, 'status')).toContain('Slack rechaza nuestro token');
  expect(await world.cases.open(id, eva)).toMatchObject({ stage: 'claimed' });
  world.fake.setRevoked(false);
  await world.sweep();
  await oneCard(level1, question, 'Lo atiende Eva');
  expect(await world.people.commands(ana, 'status')).not.toContain(':warning:');
});

test('a line of the thread that was deleted by hand is said anew, and the card stays', async () => {
  const { user, question } = await opens({ id: `slack-${ana}`, name: 'Ana' });
  const card = await oneCard(level1, question, 'Lo atiende Ana');
  const ts = card?.ts ?? '';
  await world.until(() => expect(world.thread(level1, ts)).not.toEqual([]));
  const id = await world.writes(user, 'luz roja');
  await world.until(() => expect(world.thread(level1, ts).join()).toContain('luz roja'));
  const channel = world.fake.state.channels.get(level1);
  const line = channel?.messages.find(
    ({ thread_ts: of, blocks }) => of === ts && JSON.stringify(blocks).includes('luz roja'),
  );
  await world.fake.deletes(line?.ts ?? '');
  const wrote = (await world.store.log.load(id))?.state.lastWrote?.externalId ?? '';
  await world.does(user, { kind: 'edit', of: wrote, content: { kind: 'text', text: 'luz verde' } });
  await world.until(() => expect(world.thread(level1, ts).join()).toContain('luz verde'));
  expect((await oneCard(level1, question))?.ts).toBe(ts);
});

test('relevo.yaml changes while it runs: another channel, another agent, no desk at all, and back', async () => {
  const before = world.settings();
  if (before === null) throw new Error('no desk');
  const third = await opens(eva);
  await oneCard(level1, third.question);
  await world.cases.act(third.id, eva, { type: 'escalate', reason: 'x', tier: 3 });
  await oneCard(level1, third.question, 'sigue en la mesa web');
  world.setSettings({ ...before, tiers: { ...before.tiers, 3: level3 } });
  await oneCard(level3, third.question, 'En espera');

  const mia = { slack: stranger, name: 'Mía' };
  await world.people.presses(stranger, level3, cardsOf(level3, third.question)[0], 'take');
  expect(await world.cases.open(third.id, eva)).toMatchObject({ stage: 'queued' });
  world.setSettings({ ...before, tiers: { ...before.tiers, 3: level3 }, agents: [...before.agents, mia] });
  await world.people.presses(stranger, level3, cardsOf(level3, third.question)[0], 'take');
  await oneCard(level3, third.question, 'Lo atiende Mía');

  world.setSettings(null);
  await oneCard(level3, third.question, 'sigue en la mesa web');
  world.setSettings(before);
  await world.idle();
  expect(await world.people.commands(stranger, 'status')).toContain('No estás en la lista');
});

test('two processes: one card, one answer; when the one that writes the cards goes, the other does', async () => {
  const other = await world.joined();
  const { question } = await opens();
  const card = await oneCard(level1, question, 'En espera');
  await world.people.presses(ana, level1, card, 'take');
  const mine = await oneCard(level1, question, 'Lo atiende Ana');
  const sent = world.sent.length;
  await world.people.presses(ana, level1, mine, 'answer');
  await world.people.submits(ana, { 'text.0': 'va una sola vez' });
  await other.tenSecondsPass();
  await world.crash();
  await world.until(() =>
    expect(world.sent.slice(sent).map(({ text }) => text)).toEqual(['va una sola vez']),
  );
  await world.leaves();
  await other.sweep();
  const { question: late } = await opens();
  await oneCard(level1, late, 'En espera');
  expect(cardsOf(level1, question)).toHaveLength(1);
  expect(world.sent).toHaveLength(sent + 1);
  await other.stop();
  await world.crash();
});

test('each is spoken to in their own language; what many read stays in the desk’s', async () => {
  world.fake.state.users.set(leo, { name: 'Leo', locale: 'en-US' });
  const before = world.settings();
  if (before === null) throw new Error('no desk');
  const { question } = await opens();
  const card = await oneCard(level1, question, 'En espera');
  world.pass(25 * 3_600_000);
  await world.people.presses(leo, level1, card, 'note');
  expect(JSON.stringify(world.fake.state.modals.at(-1))).toContain('Internal note');
  expect(await world.people.submits(leo, { text: ' ' })).toMatchObject({
    errors: { text: 'Write something here.' },
  });
  expect(await world.people.commands(leo, 'find 0')).toContain('There is no case');
  const agents = before.agents.map((one) => ({ ...one, language: 'pt' as const }));
  world.setSettings({ ...before, agents });
  expect(await world.people.commands(leo, 'find 0')).toContain('Não há um caso');
  world.setSettings(before);
  await oneCard(level1, question, 'Tomar');
});

test('the next case, from the command and from one’s own page, which is kept up while it is open', async () => {
  const { id, question } = await opens();
  await oneCard(level1, question);
  expect(await world.people.commands(ana, 'away')).toContain('Ausente');
  expect(await world.people.commands(ana, 'next')).toContain('Estás ausente');
  expect(await world.people.opensHome(ana)).toContain('Ponerme disponible');
  expect(await world.people.pressesHome(ana, 'away')).toContain('Tomar el siguiente');
  expect(await world.people.pressesHome(ana, 'next')).toMatch(/Es tuyo: Caso \d+/u);
  const home = () => JSON.stringify(world.fake.state.homes.get(ana));
  expect(home()).toMatch(/acme\.slack\.com\/archives\/C0000000\d\/p\d+/u);
  const mine = await world.cases.list({
    view: 'mine',
    agent: { id: `slack-${ana}`, name: 'Ana' },
    limit: 50,
  });
  expect(mine.cases.length).toBeGreaterThan(0);
  await world.cases.act(id, eva, { type: 'claim' });
  const { question: fresh } = await opens();
  await world.until(() => expect(home()).toContain(fresh));
});
