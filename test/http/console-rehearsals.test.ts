import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import { commitsOf, started, turn, wrote } from '../conversation-steps.ts';
import { openConsoleDesk } from './console-desk.ts';

const past: readonly Event[][] = [
  [started(), wrote('el internet está muy lento, soy ana.perez@example.com')],
  [turn({ kind: 'answered', article: 'internet-lento', confidence: 0.9, version: 1 })],
  [
    {
      type: 'customer-wrote',
      externalId: 'y',
      content: { kind: 'choice', option: 'not-helped', label: 'No me sirvió' },
    },
  ],
  [turn({ kind: 'feedback' }), { type: 'handed-over', reason: 'disliked', tier: 1, acceptBy: 0 }],
  [wrote('mi clave es 1234')],
];
const commits = commitsOf('c', past, (place) => place);

let desk: Awaited<ReturnType<typeof openConsoleDesk>>;
beforeAll(async () => {
  desk = await openConsoleDesk({}, commits);
});
afterAll(() => desk.stop());

const put = (yaml: string, more: object = {}) => desk.call('PUT', 'rehearsals', { yaml, ...more });
const play = async (name: string | null = null) =>
  (await desk.call('POST', 'rehearsals/play', { name })).body.played;

const slow = `name: internet-lento
language: es
turns:
  - say: el internet está muy lento
    expect:
      answers: internet-lento
      contains: [FAST.com, velocidad]
  - choose: No me sirvió
    expect:
      handsOver: disliked
`;

describe('a rehearsal', () => {
  test('is played to the draft with the bot as it is live, turn after turn', async () => {
    expect((await put(slow, { seen: null, reason: 'often asked' })).body).toMatchObject({
      name: 'internet-lento',
    });
    const [played] = await play('internet-lento');
    expect(played.turns.map(({ faults }: { faults: string[] }) => faults)).toEqual([[], []]);
    expect(played).toMatchObject({ passed: true, brokeAt: null });
    expect(played.turns[0].happened).toMatchObject({ answers: 'internet-lento', handsOver: null });
    expect(played.turns[0].happened.options.map(({ label }: { label: string }) => label)).toContain(
      'No me sirvió',
    );
  });

  test('says what was expected, what happened, and where it broke', async () => {
    await put(`name: roto
language: es
turns:
  - say: la impresora no imprime
    expect: { answers: instalar-impresora, contains: [tóner] }
  - choose: Me sirvió
`);
    const [played] = await play('roto');
    expect(played).toMatchObject({ passed: false, brokeAt: 0 });
    expect(played.turns[0].faults).toEqual([
      'expected an answer with instalar-impresora: it answered with impresora-no-imprime',
      'expected the words "tóner"',
    ]);
    expect(played.turns[1].happened).toBeNull();
    await put(`name: roto
language: es
turns:
  - say: la impresora no imprime
  - choose: Pagar
`);
    const [again] = await play('roto');
    expect(again).toMatchObject({ brokeAt: 1 });
    expect(again.turns[1].faults[0]).toMatch(/^there is no such option: .*Me sirvió/u);
  });

  test('that breaks keeps the draft from being published, where that is wished', async () => {
    expect((await desk.call('PUT', 'rehearsals/required', { required: true })).status).toBe(204);
    const refused = await desk.call('POST', 'publish', {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'kb_rehearsal_broken' } });
    expect(refused.body.detail).toMatch(
      /1 of 2 rehearsals break:\n {2}roto, turn 2: there is no such option/u,
    );
    expect((await desk.call('POST', 'publish', { override: 'known' })).body.version).toBe(2);
    expect((await desk.audited())[0]).toEqual(['base.publish-override', 'version/2']);
    expect((await desk.bases.current())?.rehearsals.map(({ name }) => name)).toEqual([
      'internet-lento',
      'roto',
    ]);
    await desk.call('POST', 'rehearsals/remove', { name: 'roto' });
    expect((await desk.call('POST', 'publish', {})).body.version).toBe(3);
    expect((await desk.call('POST', 'rehearsals/remove', { name: 'roto' })).status).toBe(404);
  });

  test('is made of a past conversation, without personal data, up to its hand-over', async () => {
    const { body } = await desk.call('POST', 'rehearsals/from-case', { conversation: 'c', name: 'caso-1' });
    expect(body.yaml).toBe(`name: caso-1
language: es
turns:
  - say: el internet está muy lento, soy [e-mail]
    expect:
      answers: internet-lento
  - choose: No me sirvió
    expect:
      handsOver: disliked
`);
    expect((await put(body.yaml)).status).toBe(200);
    expect((await play('caso-1'))[0]).toMatchObject({ passed: true });
    const none = await desk.call('POST', 'rehearsals/from-case', { conversation: 'x', name: 'x' });
    expect(none).toMatchObject({ status: 404, body: { code: 'kb_case_unfit' } });
  });

  test('that somebody else changed is not written over', async () => {
    expect(await put(slow, { seen: null })).toMatchObject({
      status: 409,
      body: { code: 'kb_rehearsal_changed' },
    });
  });

  test.each([
    ['name: [', 'Flow sequence', { path: '', line: 1, code: 'not_yaml' }],
    ['name: A b\nlanguage: es\nturns: []', 'expected lower-case words', { path: 'name', code: 'hyphens' }],
    [
      'name: a\nlanguage: de\nturns: [{ say: x }]',
      'expected one of',
      {
        path: 'language',
        code: 'one_of',
        about: { known: 'es, en, pt' },
      },
    ],
    [
      'name: a\nlanguage: es\nturns: [{ shout: x }]',
      'turns.0: expected "say',
      { path: 'turns 1', code: 'say_or_choose' },
    ],
    [
      'name: a\nlanguage: es\nturns: []',
      'expected at least one turn',
      { code: 'too_few', about: { least: 1 } },
    ],
  ])('%j is refused with what is expected', async (yaml, detail, one) => {
    const answer = await put(yaml);
    expect(answer).toMatchObject({ status: 400, body: { code: 'kb_rehearsal_faults' } });
    expect(answer.body.errors[0]).toMatchObject(one);
    expect(answer.body.detail).toContain(detail);
  });
});
