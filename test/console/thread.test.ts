import { expect, test } from 'vitest';
import { layOut } from '../../console/parts/thread.ts';

const say = (id: string, from: string, at: string, author?: string) => ({
  id,
  from,
  at,
  ...(author === undefined ? {} : { author }),
});
const rows = (...messages: ReturnType<typeof say>[]) =>
  layOut(messages).map((row) => (row.kind === 'day' ? 'day' : row.messages.map(({ id }) => id).join('+')));

test('what one person says within five minutes stands together', () => {
  expect(
    rows(
      say('1', 'customer', '2026-03-01T10:00:00'),
      say('2', 'customer', '2026-03-01T10:04:00'),
      say('3', 'customer', '2026-03-01T10:10:00'),
      say('4', 'agent', '2026-03-01T10:10:01', 'Ana'),
      say('5', 'agent', '2026-03-01T10:10:02', 'Bruno'),
    ),
  ).toEqual(['day', '1+2', '3', '4', '5']);
});

test('a line comes before each new day, also between close messages', () => {
  expect(rows(say('1', 'bot', '2026-03-01T23:59:00'), say('2', 'bot', '2026-03-02T00:01:00'))).toEqual([
    'day',
    '1',
    'day',
    '2',
  ]);
});
