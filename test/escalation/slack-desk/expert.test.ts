import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rules } from '../../../src/core/rules.ts';
import { rules as usual } from '../../core/rules.ts';
import { chosen } from './desk-people.ts';
import { ana, type DeskWorld, leo, level1, level2, openDeskWorld } from './desk-world.ts';

const [first, ...others] = usual.tiers;
const rules: Rules = {
  ...usual,
  tiers: [{ ...first, assess: true }, ...others],
  video: true,
  botAsks: 2,
  plans: ['free', 'paid'],
  planOf: ({ plan }) => ({ name: plan ?? 'free', title: plan ?? 'free' }),
};
const agent = { id: `slack-${ana}`, name: 'Ana' };

let world: DeskWorld;
let cases = 0;
beforeAll(async () => {
  world = await openDeskWorld({ rules });
});
afterAll(() => world.stop());

/** A case that Ana has, and its card. */
async function anasCase() {
  cases += 1;
  const before = world.cards(level1).length;
  const id = await world.handsOver(`rita-${cases}`, `consulta ${cases}`);
  await world.until(() => expect(world.cards(level1)).toHaveLength(before + 1));
  const ts = world.cards(level1).at(-1)?.ts ?? '';
  const card = () => world.fake.state.channels.get(level1)?.messages.find((one) => one.ts === ts);
  const shows = (text: string | RegExp) =>
    world.until(() => expect(JSON.stringify(card()?.blocks)).toMatch(text));
  await world.people.presses(ana, level1, card(), 'take');
  await shows('Lo atiende Ana');
  await world.until(() => expect(world.thread(level1, ts)).not.toEqual([]));
  return { id, ts, card, shows, detail: () => world.cases.open(id, agent) };
}

const modalNow = () => JSON.stringify(world.fake.state.modals.at(-1)?.view);
const logbook = { understanding: 'placa', plan: 'cambiarla', execution: 'se cambió', results: 'anda' };
const assessment = {
  solvable: chosen('yes'),
  missing: 'la placa',
  'how-long': 'dos días',
  best: 'cambiarla',
};

test('a tier that assesses first: the four answers, and then what was wanted', async () => {
  const { card, shows, detail } = await anasCase();
  await shows('este nivel lo evalúa');
  await world.people.presses(ana, level1, card(), 'solve');
  expect(modalNow()).toContain('antes de resolver o escalar');
  expect(await world.people.submits(ana, { missing: ' ', 'how-long': 'x', best: 'y' })).toEqual({
    response_action: 'errors',
    errors: { solvable: 'Elegir una', missing: 'Escribe algo aquí.' },
  });
  const next = await world.people.submits(ana, assessment);
  expect(next).toMatchObject({ response_action: 'update', view: { callback_id: 'relevo.desk.solve' } });
  await shows(/Evaluación \(Ana\).*Se puede resolver\? Sí.*dos días/u);
  expect(await detail()).toMatchObject({ stage: 'claimed', assessment: { best: 'cambiarla' } });
  const propose = { type: 'checkboxes', selected_options: [{ value: 'propose' }] };
  const view = { id: world.fake.state.modals.at(-1)?.id ?? '', view: next.view };
  expect(await world.people.submits(ana, { ...logbook, propose }, view)).toBeNull();
  await shows('Resuelto por Ana');
  expect(await detail()).toMatchObject({ stage: 'solved', logbook: { results: 'anda' } });
});

test('the answers can be given and changed without any wish, and a submission that comes twice is done once', async () => {
  const { card, shows, detail } = await anasCase();
  await world.people.presses(ana, level1, card(), 'assess');
  expect(await world.people.submits(ana, assessment)).toBeNull();
  await shows('Se puede resolver');
  await world.people.chooses(ana, level1, card(), 'assess');
  expect(modalNow()).toContain('la placa');
  await world.people.presses(ana, level1, card(), 'escalate');
  const fields = { tier: chosen('2'), reason: 'falta la placa', understanding: 'placa rota' };
  expect(await world.people.submits(ana, fields)).toBeNull();
  // Slack gave up waiting for the first answer, and the agent pressed again.
  expect(await world.people.submits(ana, fields)).toBeNull();
  expect(await detail()).toMatchObject({ tier: 2, logbook: { understanding: 'placa rota' } });
});

test('the vendor: reference and reminder, checked; then what they answered', async () => {
  const { card, shows, ts } = await anasCase();
  const remindAt = (afterMs: number) => ({
    type: 'datetimepicker',
    selected_date_time: Math.round((world.clock.now() + afterMs) / 1_000),
  });
  await world.people.chooses(ana, level1, card(), 'vendor');
  expect(await world.people.submits(ana, { reference: '', 'remind-at': remindAt(-60_000) })).toEqual({
    response_action: 'errors',
    errors: { reference: 'Escribe algo aquí.', 'remind-at': 'Elige un día y una hora que no hayan pasado.' },
  });
  const fields = { reference: 'ACME-77', 'remind-at': remindAt(3_600_000) };
  expect(await world.people.submits(ana, fields)).toBeNull();
  await shows(/Con el proveedor \(ref\. ACME-77\); lo sigue Ana.*Insistir al proveedor/u);
  await world.people.presses(ana, level1, card(), 'vendor-answered');
  expect(modalNow()).toContain('ACME-77');
  expect(await world.people.submits(ana, { text: '' })).toMatchObject({ response_action: 'errors' });
  expect(await world.people.submits(ana, { text: 'mandan otra placa' })).toBeNull();
  await shows('Lo atiende Ana');
  await world.until(() =>
    expect(world.thread(level1, ts).join()).toMatch(/El proveedor respondió: Ana.*mandan otra placa/u),
  );
});

test('a plan is shown, and set from the menu; one that is gone is refused', async () => {
  const { card, shows } = await anasCase();
  await shows('plan free');
  await world.people.chooses(ana, level1, card(), 'plan');
  expect(await world.people.submits(ana, { plan: chosen('gold') })).toMatchObject({
    errors: { plan: 'Ese plan ya no existe.' },
  });
  expect(await world.people.submits(ana, { plan: chosen('paid') })).toBeNull();
  await shows('plan paid');
});

test('a deadline that comes near is seen on the card, which is changed in place and seldom', async () => {
  const { ts, card, shows } = await anasCase();
  await shows(':hourglass_flowing_sand:');
  const updates = () => world.fake.calls.filter(({ method }) => method === 'chat.update').length;
  await world.idle();
  for (const [minutes, sign] of [
    [6, ':warning:'],
    [10, ':rotating_light:'],
    [5, ':red_circle:'],
  ] as const) {
    const before = updates();
    world.pass(minutes * 60_000);
    await world.sweep();
    await shows(sign);
    await world.idle();
    await world.sweep();
    await world.idle();
    expect(updates()).toBeLessThanOrEqual(before + world.cards(level1).length);
  }
  expect(card()?.ts).toBe(ts);
});

test('a video call: at a time, now, and called off; the agent’s way in is shown to nobody else', async () => {
  const { card, shows, ts } = await anasCase();
  const at = (afterMs: number) => ({
    type: 'datetimepicker',
    selected_date_time: Math.round((world.clock.now() + afterMs) / 1_000),
  });
  await world.people.presses(ana, level1, card(), 'video');
  expect(await world.people.submits(ana, { what: chosen('at'), at: at(-60_000) })).toEqual({
    response_action: 'errors',
    errors: { at: 'Elige un día y una hora que no hayan pasado.' },
  });
  expect(await world.people.submits(ana, { what: chosen('at'), at: at(7_200_000) })).toBeNull();
  await shows('Videollamada acordada');
  await world.people.presses(ana, level1, card(), 'video');
  const open = await world.people.submits(ana, { what: chosen('now') });
  expect(open).toMatchObject({ response_action: 'update' });
  expect(JSON.stringify(open)).toMatch(/relevo\.test\/v\/agent-\d/u);
  await shows('Videollamada abierta');
  expect(JSON.stringify([...world.fake.state.channels])).not.toMatch(/relevo\.test\/v\/agent-/u);
  await world.people.presses(ana, level1, card(), 'video');
  expect(modalNow()).toMatch(/relevo\.test\/v\/agent-\d/u);
  expect(await world.people.submits(ana, { what: chosen('cancel') })).toBeNull();
  await world.until(() =>
    expect(world.thread(level1, ts).join()).toMatch(/Videollamada terminada: Ana · cancelada/u),
  );
  expect(JSON.stringify(card()?.blocks)).not.toContain('Videollamada abierta');
});

test('what the bot asks a tier is answered there; the customer hears it after the time to undo', async () => {
  const id = await world.writes('rosa', '¿qué cable es?');
  const throughSeq = (await world.store.log.load(id))?.seq ?? 0;
  const decision = {
    language: 'es',
    say: [],
    action: { kind: 'ask', text: '¿qué cable es?' },
    memory: null,
    outcome: { kind: 'answered' },
    intake: null,
  } as const;
  await world.conversations.handle(id, { type: 'bot-turn', throughSeq, decision }, { kind: 'bot' });
  const question = () =>
    world.fake.state.channels
      .get(level2)
      ?.messages.find(({ blocks }) => JSON.stringify(blocks ?? '').includes('¿qué cable es?'));
  const told = async () =>
    (await world.cases.open(id, agent))?.messages.filter(({ text }) => text === 'es:question-answered')
      .length;
  await world.until(() => expect(JSON.stringify(question()?.blocks)).toContain('El asistente espera hasta'));
  const answers = async (text: string) => {
    await world.people.presses(leo, level2, question(), 'reply');
    expect(modalNow()).toContain('El asistente le dirá esta respuesta al cliente');
    expect(await world.people.submits(leo, { text })).toBeNull();
  };
  await answers('el rojo');
  const notice = () =>
    world.fake.state.channels
      .get(level2)
      ?.messages.find(({ blocks }) => JSON.stringify(blocks ?? '').includes('relevo.desk.undo'));
  await world.until(() => expect(notice()).toBeDefined());
  await world.people.presses(leo, level2, notice(), 'undo');
  await world.tenSecondsPass();
  await world.until(() => expect(notice()).toBeUndefined());
  expect(await told()).toBe(0);
  await answers('el azul');
  expect(await told()).toBe(0);
  await world.tenSecondsPass();
  await world.until(async () => expect(await told()).toBe(1));
  // The clock was put forward past the lease of whoever writes: what was missed is made up for.
  await world.sweep();
  await world.until(() => expect(JSON.stringify(question()?.blocks)).toMatch(/Respondió \*Leo\*.*el azul/u));
});
