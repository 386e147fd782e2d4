import { expect, test } from 'vitest';
import { asksForStars, openOptions, starsOf } from '../../console/chat/open-options.ts';
import type { Message } from '../../console/live/message.ts';

const at = '2026-03-01T10:00:00.000Z';
const say = (id: string, from: Message['from'], ...options: string[]): Message => ({
  id,
  from,
  text: id,
  at,
  ...(options.length === 0 ? {} : { options: options.map((each) => ({ id: each, label: each })) }),
});

test.each<[string, Message[], string | null]>([
  ['nothing was said', [], null],
  ['the last message asks', [say('q', 'customer'), say('a', 'bot', 'yes', 'no')], 'a'],
  ['a notice came after the question', [say('a', 'bot', 'yes'), say('n', 'system')], 'a'],
  ['the customer pressed or wrote', [say('a', 'bot', 'yes'), say('q', 'customer')], null],
  ['a newer question replaced it', [say('a', 'bot', 'yes'), say('b', 'system', 'rate-1')], 'b'],
  ['nobody asked', [say('q', 'customer'), say('a', 'bot')], null],
])('when %s', (_when, messages, expected) => {
  expect(openOptions(messages)).toBe(expected);
});

test('only one to five stars are stars', () => {
  const ids = (...all: string[]) => all.map((id) => ({ id }));
  expect(starsOf(ids('rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5'))).toEqual([1, 2, 3, 4, 5]);
  expect(starsOf(ids('rate-1', 'person'))).toBeNull();
  expect(starsOf(ids('rate-6', 'rate-7'))).toBeNull();
});

test('the stars were the last thing asked, also once they were pressed', () => {
  const asked = [
    say('a', 'system', 'yes', 'no'),
    say('q', 'customer'),
    say('b', 'system', 'rate-1', 'rate-2'),
  ];
  expect(asksForStars(asked)).toBe(true);
  expect(asksForStars([...asked, say('r', 'customer')])).toBe(true);
  expect(asksForStars(asked.slice(0, 2))).toBe(false);
  expect(asksForStars([])).toBe(false);
});
