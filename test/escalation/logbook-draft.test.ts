import { expect, test } from 'vitest';
import type { Conversation } from '../../src/core/conversation.ts';
import type { Event } from '../../src/core/event.ts';
import { evolveCommit } from '../../src/core/evolve.ts';
import { briefOf } from '../../src/escalation/brief.ts';
import { draftLogbook } from '../../src/escalation/logbook-draft.ts';

const ana = { id: 'ana', name: 'Ana' };
const leo = { id: 'leo', name: 'Leo' };
const address = { channel: 'test', account: 'main', user: 'rita' };
const logbook = {
  understanding: 'el módem',
  plan: 'cambiarlo',
  execution: 'se reinició',
  results: 'sigue igual',
};
const said = { type: 'said', from: 'agent', options: [], sources: [] } as const;
const wait = { since: 0, remindAt: 9, everyMs: 9, reminded: 0 };

/** The draft after these steps, each a commit of its own, in a case that Ana holds. */
function draftAfter(...steps: Event[]) {
  const begin: Event[] = [
    { type: 'started', ordinal: 1, number: 1001, address, language: 'es', idleAt: 9 },
    { type: 'customer-wrote', externalId: 'm', content: { kind: 'text', text: 'no me anda el wifi' } },
    { type: 'handed-over', reason: 'asked', tier: 1, acceptBy: 9 },
    { type: 'claimed', agent: ana, leaseUntil: 9, solveBy: 9 },
  ];
  const commits = [...begin, ...steps].map((event, index) => ({
    conversation: 'c',
    seq: index + 1,
    at: index,
    by: { kind: 'clock' } as const,
    key: null,
    events: [event],
    effects: [],
  }));
  const state = commits.reduce<Conversation | null>(evolveCommit, null);
  if (state === null) throw new Error('nothing happened');
  return draftLogbook(state, briefOf(state, commits), commits);
}

test('a draft tells what was asked, noted, answered, asked of others and of the vendor', () => {
  const draft = draftAfter(
    { ...said, agent: ana, text: '¿Qué luces ve?' },
    { type: 'noted', agent: ana, text: 'parece la fuente' },
    { type: 'question-asked', question: 1, tier: 2, by: ana, text: '¿se cambia?', until: null },
    { type: 'question-answered', question: 1, agent: leo, answer: 'sí, con garantía' },
    { type: 'vendor-awaited', vendor: { ...wait, reference: 'RMA-7' } },
    { type: 'vendor-awaited', vendor: { ...wait, reference: 'RMA-7', reminded: 1 } },
    { type: 'vendor-answered', agent: ana, answer: 'llega mañana', leaseUntil: 9, solveBy: 9 },
  );
  expect(draft).toEqual({
    understanding: 'no me anda el wifi',
    plan: 'Nota (Ana): parece la fuente',
    execution: [
      'Ana: ¿Qué luces ve?',
      'Consultado (Leo): sí, con garantía',
      'Pasó al proveedor con la referencia RMA-7',
      'El proveedor respondió: llega mañana',
    ].join('\n'),
    results: '',
  });
});

test('a tier begins with the logbook of the one before, and adds what happened since', () => {
  const draft = draftAfter(
    { ...said, agent: ana, text: 'lo paso arriba' },
    { type: 'escalated', from: 1, tier: 2, by: ana, reason: 'difícil', acceptBy: 9, logbook },
    { type: 'claimed', agent: leo, leaseUntil: 9, solveBy: 9 },
    { ...said, agent: leo, text: 'Cambié el módem.' },
  );
  expect(draft).toEqual({ ...logbook, execution: 'se reinició\nLeo: Cambié el módem.' });
});

test('after a solution that did not hold the results are open again', () => {
  const draft = draftAfter(
    { type: 'solved', agent: ana, logbook, until: 9 },
    { type: 'solution-refused', leaseUntil: 9, solveBy: 9 },
    { ...said, agent: ana, text: 'pruebe otra vez' },
  );
  expect(draft).toEqual({ ...logbook, execution: 'se reinició\nAna: pruebe otra vez', results: '' });
});

test('what somebody wrote is kept whole, however much happened since', () => {
  const long = { ...logbook, execution: 'x'.repeat(3_900) };
  const draft = draftAfter(
    { type: 'escalated', from: 1, tier: 2, by: ana, reason: 'difícil', acceptBy: 9, logbook: long },
    { type: 'claimed', agent: leo, leaseUntil: 9, solveBy: 9 },
    { ...said, agent: leo, text: 'y'.repeat(3_000) },
  );
  expect(draft.execution.length).toBeLessThanOrEqual(3_900);
  expect(draft.execution.startsWith('x'.repeat(3_899))).toBe(true);
});
