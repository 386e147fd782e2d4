import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secretHash } from '../../src/core/ids.ts';
import type { Rules } from '../../src/core/rules.ts';
import { tiers, rules as usual } from '../core/rules.ts';
import { secretOf, startWeb, type Web } from './web.ts';

let web: Web;
let id: string;
const ana = { authorization: 'Bearer rlv_anaanaanaanaanaanaana' };
const ben = { authorization: 'Bearer rlv_benbenbenbenbenbenben' };
const visitor = { 'x-relevo-visitor': secretOf('customer') };
const [first, second, third] = tiers;
/** Of the second tier only Ben is a member. */
const rules: Rules = {
  ...usual,
  tiers: [first, { ...second, members: ['ben'] }, third],
  botAsks: 2,
  say: (language, key, values) =>
    key === 'question-answered' ? `${values?.agent}: ${values?.answer}` : `${language}:${key}`,
};

beforeEach(async () => {
  web = await startWeb({ rules });
  for (const [name, { authorization }] of Object.entries({ Ana: ana, Ben: ben })) {
    const hash = secretHash(authorization.replace('Bearer ', ''));
    await web.accounts.addToken({ hash, name, role: 'agent', createdAt: 0 });
  }
  const payload = { id: 'm-1', text: 'no me anda la impresora', name: 'Carla' };
  const answer = await web.server.inject({
    method: 'POST',
    url: '/api/chat/messages',
    headers: visitor,
    payload,
  });
  id = answer.json().conversation;
});
afterEach(() => web.stop());

function post(path: string, payload: object, headers: Record<string, string> = ana) {
  return web.server.inject({ method: 'POST', url: `/api/cases/${id}/${path}`, headers, payload });
}

async function get(url: string, headers: Record<string, string> = ana) {
  return (await web.server.inject({ method: 'GET', url, headers })).json();
}

async function visible(): Promise<string> {
  return JSON.stringify(await get('/api/chat/messages', visitor));
}

const ask = { id: 'q-1', tier: 2, text: '¿qué cable lleva?' };
const answer = { id: 'a-1', answer: 'el azul' };

describe('an agent’s question to a tier', () => {
  beforeEach(async () => {
    await web.handOver(id);
    await post('claim', {});
  });

  test('is on the case and in the list of that tier’s people, and answered there, privately', async () => {
    const asked = await post('ask', ask);
    expect(asked.statusCode).toBe(200);
    const question = { number: 1, tier: 2, tierName: 'Level 2', by: 'Ana', text: ask.text, until: null };
    expect(asked.json().case).toMatchObject({ owner: { kind: 'agent' }, questions: [question] });
    expect((await get('/api/desk/questions', ana)).questions).toEqual([]);
    const { questions } = await get('/api/desk/questions', ben);
    expect(questions).toMatchObject([{ ...question, mine: false, case: { id, channel: 'webchat' } }]);

    expect((await post('questions/1/answer', answer, ana)).json()).toMatchObject({ code: 'not_in_tier' });
    const answered = await post('questions/1/answer', answer, ben);
    expect(answered.statusCode).toBe(200);
    expect(answered.json().case).toMatchObject({ owner: { kind: 'agent' }, questions: [] });
    expect((await get('/api/desk/questions', ben)).questions).toEqual([]);
    const { messages, can, askable } = await get(`/api/cases/${id}`);
    expect(messages.slice(-2).map(({ event }: { event: object }) => event)).toEqual([
      { type: 'question-asked', question: 1, tier: 2, agent: 'Ana', text: ask.text },
      { type: 'question-answered', question: 1, agent: 'Ben', answer: 'el azul' },
    ]);
    expect(can.ask).toBe(true);
    expect(askable).toHaveLength(3);
    expect(await visible()).not.toMatch(/cable|azul/u);
  });

  test('is asked and answered once, however often it is sent', async () => {
    const versions = [await post('ask', ask), await post('ask', ask)].map((one) => one.json().case.version);
    expect(versions[0]).toBe(versions[1]);
    await post('questions/1/answer', answer, ben);
    expect((await post('questions/1/answer', answer, ben)).statusCode).toBe(200);
    const late = await post('questions/1/answer', { ...answer, id: 'a-2' }, ben);
    expect(late.json()).toMatchObject({ status: 409, code: 'no_such_question' });
  });

  test('names a tier that there is, and says something', async () => {
    expect((await post('ask', { ...ask, tier: 9 })).json()).toMatchObject({ code: 'no_such_tier' });
    expect((await post('ask', { ...ask, text: ' ' })).statusCode).toBe(400);
    expect((await post('ask', ask, ben)).json()).toMatchObject({ code: 'not_yours' });
    expect((await post('questions/0/answer', answer, ben)).statusCode).toBe(400);
  });
});

test('the bot’s question is answered by a person, and the customer reads it', async () => {
  const snapshot = await web.log.load(id);
  await web.conversations.handle(
    id,
    {
      type: 'bot-turn',
      throughSeq: snapshot?.seq ?? 0,
      decision: {
        language: 'es',
        say: [],
        action: { kind: 'ask', text: 'no me anda la impresora' },
        memory: null,
        outcome: { kind: 'unknown' },
        intake: null,
      },
    },
    { kind: 'bot' },
  );
  const { questions } = await get('/api/desk/questions', ben);
  expect(questions).toMatchObject([{ by: null, until: '2026-01-05T12:15:00.000Z', case: { id } }]);
  const answered = await post('questions/1/answer', answer, ben);
  expect(answered.json().case).toMatchObject({ stage: 'bot', owner: { kind: 'customer' } });
  expect(await visible()).toContain('Ben: el azul');
});
