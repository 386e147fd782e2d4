import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { createSay } from '../../src/bot/phrases/say.ts';
import { deadlineOf } from '../../src/core/conversation.ts';
import type { Language } from '../../src/core/language.ts';
import { momentLabel, momentWords } from '../../src/core/moment-words.ts';
import type { Rules, Tiers } from '../../src/core/rules.ts';
import { createHours } from '../../src/escalation/calendar.ts';
import { ana, createCase, logbook } from './conversation-driver.ts';
import { rules as usual } from './rules.ts';

const zone = 'Europe/Madrid';
const at = (text: string) => DateTime.fromISO(text, { zone }).toMillis();
const shift = [{ from: 9 * 60, until: 18 * 60 }];
const hours = createHours({
  timeZone: zone,
  shifts: { mon: shift, tue: shift, wed: shift, thu: shift, fri: shift },
  holidays: [],
});
const [first, ...above] = usual.tiers;
const tiers: Tiers = [{ ...first, hours }, ...above.map((tier) => ({ ...tier, hours }))];
const rules: Rules = { ...usual, tiers, say: createSay() };

/** Saturday. */
const weekend = at('2026-10-03T12:00');

describe('asking for a person while nobody is there', () => {
  test('is answered with when they are back, and a choice', () => {
    const it = createCase(rules, weekend);
    expect(it.told().at(-1)).toBe(
      'Ahora no hay nadie del equipo: volvemos el lunes a las 9:00. Mientras tanto yo puedo seguir ayudándote. ¿Qué prefieres?',
    );
    expect(it.last.at(-1)).toMatchObject({
      options: [{ id: 'queue-wait' }, { id: 'queue-callback' }, { id: 'queue-leave' }],
    });
    expect(deadlineOf(it.state().stage)).toEqual({ kind: 'accept', at: at('2026-10-05T09:05') });
  });

  test.each([['queue-wait'], ['1']])('%s: the case stays in its place', (said) => {
    const it = createCase(rules, weekend);
    const before = it.state().stage;
    if (said === '1') it.writes('1', { kind: 'rating', stars: 1 });
    else it.writes({ kind: 'choice', option: said });
    expect(it.state().stage).toEqual({ ...before, choice: null });
    expect(it.told()).toEqual([
      'De acuerdo. Volvemos el lunes a las 9:00 y te escribimos aquí; no perdiste tu lugar.',
    ]);
  });

  test('leaving it gives the conversation back to the bot, which answers the next message', () => {
    const it = createCase(rules, weekend);
    it.writes({ kind: 'choice', option: 'queue-leave' });
    expect(it.state().stage).toMatchObject({ kind: 'bot', turn: null });
    it.writes('¿y cómo lo reinicio?');
    expect(it.state().stage).toMatchObject({ kind: 'bot', turn: { attempt: 1 } });
  });

  test('a callback: a time out of three, and nobody needs to have come before it', () => {
    const it = createCase(rules, weekend);
    it.writes({ kind: 'choice', option: 'queue-callback' });
    const said = it.last.at(-1);
    const labels = said?.type === 'said' ? said.options.map(({ label }) => label) : [];
    expect(labels).toEqual(['lun 5, 10:00', 'lun 5, 13:00', 'lun 5, 17:00']);
    it.writes('2', { kind: 'rating', stars: 2 });
    expect(it.told()).toEqual(['Anotado: te contactamos el lunes a las 13:00.']);
    expect(it.state().stage).toMatchObject({
      kind: 'queued',
      callback: { at: at('2026-10-05T13:00'), words: 'el lunes a las 13:00' },
      acceptBy: at('2026-10-05T13:05'),
    });
  });

  test('a callback in words goes with the case', () => {
    const it = createCase(rules, weekend);
    it.writes({ kind: 'choice', option: 'queue-callback' });
    it.writes('el martes por la tarde');
    expect(it.state().stage).toMatchObject({ callback: { at: null, words: 'el martes por la tarde' } });
    it.writes('gracias');
    expect(it.told()).toEqual([]);
  });

  test('a time that is over, or of no sense, changes nothing', () => {
    const it = createCase(rules, weekend);
    const before = it.state().stage;
    for (const option of ['callback-5', 'callback-x', 'callback-', 'else'])
      it.writes({ kind: 'choice', option });
    expect(it.state().stage).toEqual(before);
  });

  test('in hours nothing of it is said', () => {
    const it = createCase(rules, at('2026-10-05T12:00'));
    expect(it.told()).toHaveLength(2);
    expect(it.state().stage).toMatchObject({ choice: null });
  });

  test('a case that comes back, or goes up, at night is told so too', () => {
    const it = createCase(rules, at('2026-10-05T12:00'));
    it.does({ type: 'claim', agent: ana });
    it.does({ type: 'solve', agent: ana, logbook });
    it.writes('sí', { kind: 'yes' });
    it.now = at('2026-10-05T20:00');
    it.writes('ahora falla otra cosa');
    expect(it.told().at(-1)).toContain('volvemos mañana a las 9:00');
    it.does({ type: 'escalate', agent: ana, reason: 'hard', tier: null });
    expect(it.told().at(-1)).toBe('Ese equipo no está ahora: vuelve mañana a las 9:00.');
  });
});

describe('a moment in words', () => {
  const now = at('2026-10-03T12:00');
  const say = (language: Language, text: string, nameZone = false) =>
    momentWords(at(text), now, { language, timeZone: zone, nameZone });

  test.each([
    ['es', '2026-10-03T13:30', 'hoy a las 13:30'],
    ['es', '2026-10-04T01:00', 'mañana a la 1:00'],
    ['es', '2026-10-05T09:00', 'el lunes a las 9:00'],
    ['es', '2026-12-25T09:00', 'el viernes 25 de diciembre a las 9:00'],
    ['en', '2026-10-05T09:00', 'on Monday at 9:00 AM'],
    ['en', '2026-12-25T13:30', 'on Friday, December 25, at 1:30 PM'],
    ['pt', '2026-10-05T09:00', 'na segunda-feira às 9:00'],
    ['pt', '2026-10-08T01:00', 'na quinta-feira à 1:00'],
    ['pt', '2026-10-10T09:00', 'no sábado, 10 de outubro, às 9:00'],
    ['pt', '2026-10-04T09:00', 'amanhã às 9:00'],
  ] as const)('in %s, %s: %s', (language, text, words) => {
    expect(say(language, text)).toBe(words);
  });

  test('its zone is named where it could be taken for another', () => {
    expect(say('es', '2026-10-05T09:00', true)).toBe('el lunes a las 9:00 (hora de Europa central)');
    expect(say('en', '2026-10-05T09:00', true)).toBe('on Monday at 9:00 AM (Central European Time)');
  });

  test.each(['es', 'en', 'pt'] as const)('fits on a button in %s', (language) => {
    for (let day = 0; day < 31; day += 1) {
      const label = momentLabel(now + day * 86_400_000, { language, timeZone: zone, nameZone: false });
      expect(label.length).toBeLessThanOrEqual(20);
    }
  });
});
