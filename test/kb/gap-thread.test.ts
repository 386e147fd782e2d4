import { expect, test } from 'vitest';
import { trainEngine } from '../../src/kb/engine/engine.ts';
import { groupGaps } from '../../src/kb/gap-grouping.ts';
import { groupGapsInThread } from '../../src/kb/gap-thread.ts';
import type { MissedQuestion } from '../../src/kb/missed-question.ts';

const articles = [
  {
    id: 'password',
    examples: ['cambiar la contraseña', 'olvidé mi contraseña'],
    title: 'Cambiar la contraseña',
  },
  { id: 'parcel', examples: ['dónde está mi pedido', 'no llega el paquete'], title: 'Dónde está un pedido' },
].map((one) => ({ ...one, language: 'es' as const }));

const texts = ['¿hacen envíos a Canarias?', 'envíos a las islas Canarias', 'quiero cambiar de titular'];

const missed = texts.map(
  (question, n): MissedQuestion => ({
    name: `c${n}.1`,
    conversation: `c${n}`,
    at: n,
    language: 'es',
    question,
    happened: 'unanswered',
    proposed: false,
    shown: [],
    agentMs: 0,
    replies: [],
    execution: null,
    solved: false,
  }),
);

test('a thread finds the gaps that would be found here, and holds up nobody meanwhile', async () => {
  const engine = trainEngine(articles);
  const asked = [{ name: null, questions: missed, engine }];
  const by = { settled: [], synonyms: [] };
  let rounds = 0;
  const counting = setInterval(() => {
    rounds += 1;
  }, 1);
  const found = await groupGapsInThread(asked, by);
  clearInterval(counting);
  expect(found).toEqual(groupGaps(asked, by));
  expect(found).toHaveLength(2);
  expect(rounds).toBeGreaterThan(3);
});
