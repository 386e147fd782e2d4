import { expect, test } from 'vitest';
import { brokenWords } from '../../console/supervisor/rehearsal/broken-words.ts';
import type { Happened, PlayedTurn } from '../../console/supervisor/rehearsal/rehearsal.ts';
import { wordsIn } from '../flow/page-words.ts';

const happened: Happened = {
  said: ['Mide la velocidad.'],
  options: [{ label: 'Me sirvió' }],
  answers: 'lento',
  asks: false,
  handsOver: null,
};
const over: Happened = { ...happened, answers: null, handsOver: 'unknown' };
const inSpanish = (turn: Partial<PlayedTurn>, before: Happened | null = null) =>
  brokenWords({ customer: 'hola', expected: {}, happened, faults: ['broke'], ...turn }, before, {
    tell: wordsIn('es'),
    titleOf: (id) => id.toUpperCase(),
  });

test.each([
  [{ faults: [] }, null, []],
  [
    { expected: { answers: 'wifi' } },
    null,
    ['Se esperaba una respuesta con «WIFI», pero respondió con «LENTO».'],
  ],
  [
    { expected: { answers: 'wifi', contains: ['VELOCIDÁD', 'router'] }, happened: over },
    null,
    [
      'Se esperaba una respuesta con «WIFI», pero pasó a una persona (El asistente no sabía).',
      'Faltan las palabras «router».',
    ],
  ],
  [{ expected: { asks: true } }, null, ['Se esperaba que preguntara cuál, pero respondió con «LENTO».']],
  [
    { expected: { handsOver: 'any' } },
    null,
    ['Se esperaba que pasara a una persona (por lo que sea), pero respondió con «LENTO».'],
  ],
  [{ happened: { ...over, handsOver: 'timeout' } }, null, ['El asistente falló.']],
  [{ happened: null }, over, ['La conversación ya está con una persona.']],
  [{ happened: null }, happened, ['No existe esa opción. Se ofrecía: Me sirvió']],
  [{ happened: null }, null, ['No existe esa opción: no se ofrecía ninguna.']],
  [{}, null, ['broke']],
] as const)('why a turn broke is in the words of the page %#', (turn, before, words) => {
  expect(inSpanish(turn, before)).toEqual(words);
});
