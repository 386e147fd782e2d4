import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pair } from '../engines.ts';
import { createAgent, type DeskAgent } from './agent.ts';
import { type RelevoProcess, startRelevo } from './relevo-process.ts';
import { createVisitor, type Shown, type Visitor } from './visitor.ts';

/**
 * The main story, told to the built program as its users meet it, with a kill -9 after each step: nothing may be lost
 * and nothing said twice.
 */
describe('a question answered, a case handed over and solved, with a crash after each step', () => {
  let relevo: RelevoProcess;
  let customer: Visitor;
  let agent: DeskAgent;
  /** What the customer had been shown before the last crash. */
  let before: readonly Shown[] = [];

  beforeAll(async () => {
    relevo = await startRelevo();
    customer = createVisitor(() => relevo.url);
    agent = createAgent(() => relevo.url);
  });
  afterAll(() => relevo?.discard());

  /** Crashes and starts again: all that had been shown is still there, once, in its order. */
  async function crash(): Promise<void> {
    before = await customer.history();
    await relevo.crash();
    const after = await customer.history();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
  }

  let number = 0;

  test('start-up says where to go, what is on and what is off', () => {
    expect(relevo.output).toContain('/desk');
    const off = { postgres: ['DATABASE_URL', 'REDIS_URL'], 'postgres+redis': ['DATABASE_URL'] }[pair] ?? [];
    for (const name of off) expect(relevo.output).toContain(name);
    expect(relevo.output).toMatch(/\/desk\/setup#token=\w{32,}/u);
  });

  test('a question that the base knows is answered, with its source', async () => {
    await customer.says('no me funciona el internet');
    const answer = await customer.hears('bot', ({ sources }) => sources !== undefined && sources.length > 0);
    expect(answer.sources?.map(({ article }) => article)).toContain('internet-no-funciona');
    expect(answer.options?.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['helped', 'not-helped', 'person']),
    );
    await crash();
  });

  test('a question asked right before the crash is answered after it', async () => {
    await customer.says('como cambio la clave del wifi');
    await crash();
    const answer = await customer.hears('bot', ({ sources }) => sources !== undefined && sources.length > 0);
    expect(answer.sources?.map(({ article }) => article)).toContain('cambiar-clave-wifi');
    const answers = (await customer.history()).filter(({ text }) => text === answer.text);
    expect(answers).toHaveLength(1);
  });

  test('what the base does not know goes to a person, after what they need to know was asked', async () => {
    await customer.says('mi dron no despega cuando hace viento, qué hago');
    for (let asked = 0; asked < 4; asked += 1) {
      const said = await customer.hears('bot').catch(() => null);
      const told = (await customer.history()).some(
        ({ from, text }) => from === 'system' && /\d+/u.test(text),
      );
      if (said === null || told) break;
      await customer.says(asked === 0 ? 'no levanta vuelo' : 'ya cargué la batería');
    }
    const told = await customer.hears('system', ({ text }) => /n\.º \d+/u.test(text));
    number = Number(/n\.º (\d+)/u.exec(told.text)?.[1]);
    await crash();
  }, 120_000);

  test('the case waits in the queue with its brief and a deadline', async () => {
    const found = await agent.finds();
    expect(found).toMatchObject({
      number,
      stage: 'queued',
      owner: { kind: 'tier' },
      deadline: { kind: 'accept' },
    });
    const opened = await agent.opens(found.number);
    expect(opened.brief.question).toBe('no me funciona el internet');
    expect(opened.messages.filter(({ from }) => from === 'customer').length).toBeGreaterThanOrEqual(3);
    await crash();
  });

  test('one agent claims it, and the customer is told', async () => {
    expect((await agent.acts(number, 'claim')).status).toBe(200);
    expect((await agent.opens(number)).owner).toMatchObject({ kind: 'agent' });
    await customer.hears('system');
    await crash();
  });

  test('a note stays inside, a reply reaches the customer once', async () => {
    await agent.acts(number, 'note', { text: 'parece el viento, mirar la ficha' });
    await crash();
    const reply = { id: 'reply-1', text: 'Hola, soy del soporte. ¿Qué modelo es?' };
    expect((await agent.acts(number, 'reply', reply)).status).toBe(200);
    await crash();
    expect((await agent.acts(number, 'reply', reply)).status).toBe(200);
    await customer.hears('agent', ({ text }) => text === reply.text);
    const history = await customer.history();
    expect(history.filter(({ text }) => text === reply.text)).toHaveLength(1);
    expect(history.some(({ text }) => text.includes('mirar la ficha'))).toBe(false);
  });

  test('the customer answers, and the agent owes the next word', async () => {
    await customer.says('es el modelo X2');
    await crash();
    const opened = await agent.opens(number);
    expect(opened.owner).toMatchObject({ kind: 'agent' });
    expect(opened.messages.at(-1)).toMatchObject({ from: 'customer', text: 'es el modelo X2' });
  });

  test('it is solved with a logbook entry that was drafted from the log', async () => {
    const { draft } = await agent.opens(number);
    expect(draft.understanding).not.toBe('');
    expect(draft.execution).toContain('¿Qué modelo es?');
    const logbook = { ...draft, plan: 'Calibrar', results: 'Vuela' };
    expect((await agent.acts(number, 'solve', { logbook })).status).toBe(200);
    const asked = await customer.hears('system', ({ options }) => (options ?? []).length === 2);
    expect(asked.options?.map(({ id }) => id)).toEqual(['solved-yes', 'solved-no']);
    await crash();
  });

  test('the customer confirms and rates, and it is closed', async () => {
    await customer.presses('solved-yes');
    await crash();
    await customer.hears('system', ({ options }) => (options ?? []).length === 5);
    await customer.presses('rate-5');
    await crash();
    expect(await agent.opens(number)).toMatchObject({
      stage: 'closed',
      owner: null,
      deadline: null,
      stars: 5,
    });
  });

  test('a word afterwards reopens it', async () => {
    await customer.says('volvió a fallar');
    await crash();
    expect(await agent.finds()).toMatchObject({ number, stage: 'queued' });
  });

  test('Ctrl-C stops everything, and a second start finds all as it was', async () => {
    before = await customer.history();
    expect(await relevo.stop()).toBe(0);
    await relevo.start();
    expect(await customer.history()).toEqual(before);
    expect(relevo.output).not.toMatch(/level":5|error/iu);
  });
});
