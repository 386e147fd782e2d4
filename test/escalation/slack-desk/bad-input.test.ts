import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadlineOf } from '../../../src/core/conversation.ts';
import { chosen } from './desk-people.ts';
import { ana, type DeskWorld, leo, level1, level2, openDeskWorld, stranger } from './desk-world.ts';

let world: DeskWorld;
let cases = 0;
beforeAll(async () => {
  world = await openDeskWorld();
});
afterAll(() => world.stop());

const webAgent = { id: 'web-eva', name: 'Eva' };

/** A case of its own, its card, and who it is with. */
async function newCase(holder: string | null = null) {
  cases += 1;
  const user = `rita-${cases}`;
  const before = world.cards(level1).length;
  const id = await world.handsOver(user, `pregunta ${cases}`);
  await world.until(() => expect(world.cards(level1)).toHaveLength(before + 1));
  const ts = world.cards(level1).at(-1)?.ts ?? '';
  const card = () => world.fake.state.channels.get(level1)?.messages.find((one) => one.ts === ts);
  const shows = (text: string) => world.until(() => expect(JSON.stringify(card()?.blocks)).toContain(text));
  if (holder !== null) {
    await world.people.presses(holder, level1, card(), 'take');
    await shows('Lo atiende');
    await world.until(() => expect(world.thread(level1, ts)).not.toEqual([]));
  }
  return { id, user, ts, card, shows, detail: () => world.cases.open(id, { id: '', name: '' }) };
}

test('a stranger is refused with the line that adds them, and nothing happens', async () => {
  const { card, detail } = await newCase();
  await world.people.presses(stranger, level1, card(), 'take');
  expect(world.people.whispered(stranger).at(-1)).toContain(`slack: ${stranger}`);
  expect(await world.people.commands(stranger, 'status')).toContain(`slack: ${stranger}`);
  expect((await detail())?.stage).toBe('queued');
});

test('two take one case: one has it, the other is told who; a double click says nothing', async () => {
  const { card, detail } = await newCase();
  const before = world.people.whispered(ana).length;
  const press = world.people.pressOf(ana, level1, card() ?? { ts: '' }, 'take');
  const other = world.people.pressOf(leo, level1, card() ?? { ts: '' }, 'take');
  await world.people.deliver(press);
  await world.people.deliver(press);
  await world.people.deliver(other);
  expect(await detail()).toMatchObject({ stage: 'claimed', owner: { agent: { name: 'Ana' } } });
  expect(world.people.whispered(ana)).toHaveLength(before);
  expect(world.people.whispered(leo).at(-1)).toContain('Lo tiene Ana');
});

test('taken on the web desk: the card follows, and an old button does nothing and says so', async () => {
  const { id, card, shows, detail } = await newCase();
  const old = world.people.pressOf(leo, level1, card() ?? { ts: '' }, 'escalate');
  await world.cases.act(id, webAgent, { type: 'claim' });
  await shows('Lo atiende Eva');
  const modals = world.fake.state.modals.length;
  await world.people.deliver(old);
  expect(world.people.whispered(leo).at(-1)).toMatch(/cambió de manos.*Lo tiene Eva/u);
  expect(world.fake.state.modals).toHaveLength(modals);
  await world.people.presses(leo, level1, card(), 'solve');
  expect(world.people.whispered(leo).at(-1)).toContain('Lo tiene Eva');
  expect(await detail()).toMatchObject({ stage: 'claimed', tier: 1 });
});

test('a modal that is submitted after the case moved stays open with the reason', async () => {
  const { id, card } = await newCase(ana);
  await world.people.presses(ana, level1, card(), 'escalate');
  const agent = { id: `slack-${ana}`, name: 'Ana' };
  await world.cases.act(id, agent, { type: 'escalate', reason: 'web', tier: 2 });
  const answer = await world.people.submits(ana, { tier: chosen('3'), reason: 'desde Slack' });
  expect(answer).toMatchObject({ response_action: 'errors' });
  expect(answer.errors.reason).toContain('cambió de manos');
  expect(await world.cases.open(id, agent)).toMatchObject({ tier: 2 });
});

test('a button of a closed case says that it is closed', async () => {
  const { id, card } = await newCase(ana);
  const agent = { id: `slack-${ana}`, name: 'Ana' };
  const old = world.people.pressOf(ana, level1, card() ?? { ts: '' }, 'solve');
  const logbook = { understanding: 'a', plan: 'b', execution: 'c', results: 'd' };
  await world.cases.act(id, agent, { type: 'solve', logbook });
  const state = (await world.store.log.load(id))?.state;
  for (let step = 0; step < 2; step += 1) {
    const stage = (await world.store.log.load(id))?.state.stage;
    if (stage?.kind !== 'solved') break;
    world.pass(25 * 3_600_000);
    const deadline = deadlineOf(stage);
    if (deadline === null) break;
    await world.conversations.handle(id, { type: 'timer', deadline }, { kind: 'clock' });
  }
  expect(state?.id).toBe(id);
  await world.people.deliver(old);
  expect(world.people.whispered(ana).at(-1)).toContain('cerrado');
});

test('what is typed is a note, once, however often Slack delivers it; a hint offers to send it', async () => {
  const { id, ts, card } = await newCase(ana);
  const sent = world.sent.length;
  const posted = await world.fake.customerWrites(ana, 'Hola, por favor reinicie su módem', {
    channel: level1,
    threadTs: ts,
  });
  await world.fake.deliver(posted.payload, { retry: 1 });
  const notes = (await world.cases.open(id, webAgent))?.messages.filter(({ from }) => from === 'note');
  expect(notes?.map(({ text }) => text)).toEqual(['Hola, por favor reinicie su módem']);
  expect(world.sent).toHaveLength(sent);
  const hint = world.fake.state.whispers.at(-1);
  expect(hint?.text).toContain('parece una respuesta');
  await world.people.presses(
    ana,
    level1,
    { ts: '9.9', thread_ts: ts, blocks: hint?.blocks ?? [] },
    'send-typed',
  );
  await world.people.presses(
    ana,
    level1,
    { ts: '9.9', thread_ts: ts, blocks: hint?.blocks ?? [] },
    'send-typed',
  );
  await world.tenSecondsPass();
  await world.until(() => expect(world.sent).toHaveLength(sent + 1));
  // The thread shows the answer that was sent, and the typed note only where it was typed.
  await world.until(() => expect(world.thread(level1, ts).join()).toContain('*Ana*'));
  expect(world.thread(level1, ts).filter((text) => text.includes('Nota interna'))).toEqual([]);
  expect(card()).toBeDefined();
});

test('an edit and a deletion of the customer’s are shown in the thread', async () => {
  const { id, user, ts } = await newCase(ana);
  const externalId = (await world.store.log.load(id))?.state.lastWrote?.externalId ?? '';
  await world.writes(user, 'la luz es roja');
  await world.until(() => expect(world.thread(level1, ts).join()).toContain('la luz es roja'));
  const second = (await world.store.log.load(id))?.state.lastWrote?.externalId ?? '';
  await world.does(user, { kind: 'edit', of: second, content: { kind: 'text', text: 'la luz es verde' } });
  await world.until(() =>
    expect(world.thread(level1, ts).join()).toMatch(/luz es verde.*antes decía.*luz es roja/u),
  );
  await world.does(user, { kind: 'deletion', of: second });
  await world.until(() => expect(world.thread(level1, ts).join()).toContain('borró este mensaje'));
  expect(externalId).not.toBe(second);
});

test('a crash within the ten seconds loses no answer and sends none twice', async () => {
  const { card } = await newCase(ana);
  const sent = world.sent.length;
  await world.people.presses(ana, level1, card(), 'answer');
  await world.people.submits(ana, { 'text.0': 'sobrevive' });
  await world.crash();
  expect(world.sent).toHaveLength(sent);
  world.pass(11_000);
  await world.crash();
  await world.until(() => expect(world.sent.slice(sent).map(({ text }) => text)).toEqual(['sobrevive']));
  world.pass(120_000);
  await world.crash();
  expect(world.sent).toHaveLength(sent + 1);
});

test('an answer whose case is lost in the ten seconds is not sent, and the thread says so', async () => {
  const { id, ts, card } = await newCase(ana);
  const sent = world.sent.length;
  await world.people.presses(ana, level1, card(), 'answer');
  await world.people.submits(ana, { 'text.0': 'tarde' });
  const agent = { id: `slack-${ana}`, name: 'Ana' };
  await world.cases.act(id, agent, { type: 'return-to-bot' });
  await world.tenSecondsPass();
  await world.until(() => expect(world.thread(level1, ts).join()).toMatch(/No se envió.*tarde/u));
  expect(world.sent).toHaveLength(sent);
});

test('a card deleted by hand is posted anew, once', async () => {
  const { user, ts } = await newCase();
  const mine = () => world.cards(level1).filter(({ text }) => text.includes(`pregunta ${cases}`));
  await world.fake.deletes(ts);
  await world.until(() => expect(mine()).toHaveLength(1));
  expect(mine()[0]?.ts).not.toBe(ts);
  const channel = world.fake.state.channels.get(level1);
  if (channel !== undefined) channel.messages = channel.messages.filter((one) => one.ts !== mine()[0]?.ts);
  await world.writes(user, 'sigo aquí');
  await world.until(() => expect(world.logged(40).join()).toContain('deleted in Slack again'));
  expect(mine()).toEqual([]);
});

test.each(['is_archived', 'not_in_channel'])(
  'a channel that is %s: told in the log and by /relevo status, mended by itself',
  async (fault) => {
    const known = world.fake.state.channels.get(level2);
    world.fake.state.channels.set(level2, { direct: false, messages: known?.messages ?? [], fault });
    const { id, shows } = await newCase();
    await world.cases.act(id, webAgent, { type: 'claim' });
    await world.cases.act(id, webAgent, { type: 'escalate', reason: 'x', tier: 2 });
    await shows(`<#${level2}>`);
    expect(world.logged(50).join()).toContain('cannot be written to');
    expect(await world.people.commands(ana, 'status')).toContain(`<#${level2}>`);
    const before = known?.messages.length ?? 0;
    world.fake.state.channels.set(level2, { direct: false, messages: known?.messages ?? [] });
    await world.sweep();
    await world.until(() => expect(known?.messages.length).toBeGreaterThan(before));
    expect(await world.people.commands(ana, 'status')).not.toContain(':warning:');
  },
);

test('Slack away: the case goes on, and the card catches up without a second one', async () => {
  const { id, card, shows } = await newCase();
  world.fake.setFailures({ rate429: 0.5, retryAfterSeconds: 0 });
  await world.cases.act(id, webAgent, { type: 'claim' });
  await shows('Lo atiende Eva');
  world.fake.setFailures({ rate429: 0 });
  const cards = world.cards(level1).length;
  await world.crash();
  await world.sweep();
  expect(world.cards(level1)).toHaveLength(cards);
  expect(card()).toBeDefined();
});

test('the slash command and an agent’s own page', async () => {
  const { id } = await newCase(leo);
  const number = (await world.cases.open(id, webAgent))?.number ?? 0;
  expect(await world.people.commands(leo, 'status')).toContain(`Caso ${number}`);
  expect(await world.people.commands(leo, `find ${number}`)).toContain('Lo atiende Leo');
  expect(await world.people.commands(leo, 'find nada')).toContain('No hay un caso');
  expect(await world.people.commands(leo, 'away')).toContain('Ausente');
  const home = await world.people.opensHome(leo);
  expect(home).toContain('Ausente');
  expect(home).toContain(`Caso ${number}`);
  expect(await world.people.commands(leo, 'available')).toContain('Disponible');
  expect(await world.people.commands(leo, 'hm')).toContain('/relevo status');
});

test('a question to a tier keeps the case and brings its answer back', async () => {
  const { id, ts, card } = await newCase(ana);
  await world.people.presses(ana, level1, card(), 'ask');
  expect(await world.people.submits(ana, { tier: chosen('2'), text: '¿qué módem es?' })).toBeNull();
  const question = () =>
    world.fake.state.channels
      .get(level2)
      ?.messages.find(({ blocks }) => JSON.stringify(blocks ?? '').includes('¿qué módem es?'));
  await world.until(() => expect(JSON.stringify(question()?.blocks)).toContain('¿qué módem es?'));
  // Talk under a question is no answer; whoever talks is told how to answer.
  await world.idle();
  await world.people.types(leo, level2, question()?.ts ?? '', 'creo que el blanco');
  expect(world.people.whispered(leo).at(-1)).toContain('no responde la consulta');
  expect((await world.cases.open(id, webAgent))?.questions).toHaveLength(1);
  await world.people.presses(leo, level2, question(), 'reply');
  expect(await world.people.submits(leo, { text: 'el blanco' })).toBeNull();
  await world.until(() => expect(JSON.stringify(question()?.blocks)).toContain('Respondió *Leo*'));
  await world.until(() => expect(world.thread(level1, ts).join()).toMatch(/qué módem es.*el blanco/u));
  expect(await world.cases.open(id, webAgent)).toMatchObject({ owner: { agent: { name: 'Ana' } }, tier: 1 });
});
