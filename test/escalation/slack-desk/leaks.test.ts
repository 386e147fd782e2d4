import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideThreadMessage } from '../../../src/escalation/desks/slack/thread/decide-thread-message.ts';
import { looksLikeAnswer } from '../../../src/escalation/desks/slack/thread/looks-like-answer.ts';
import { ana, type DeskWorld, leo, level1, openDeskWorld, stranger } from './desk-world.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '>> hola',
    '&gt;&gt; hola',
    ' >>hola',
    '> > hola',
    'hola >> chau',
    '>>',
    '＞＞ hola',
    '\u200b>> hola',
  ),
  fc.string().map((words) => `>>${words}`),
);

describe('what is typed in a thread', () => {
  test('5,000 random events: only marked words of the holder are ever to be sent', () => {
    const event = fc.record({
      text,
      subtype: fc.constantFrom(
        null,
        'file_share',
        'thread_broadcast',
        'me_message',
        'bot_message',
        'channel_join',
        'message_changed',
        'tombstone',
      ),
      byBot: fc.boolean(),
      known: fc.boolean(),
      hasFiles: fc.boolean(),
      mark: fc.constantFrom(null, '', '>>', '📤', '!'),
      mayAnswer: fc.boolean(),
    });
    fc.assert(
      fc.property(event, (typed) => {
        const decision = decideThreadMessage(typed);
        if (decision.kind !== 'send') return;
        const { mark, mayAnswer, known, byBot } = typed;
        expect({ mayAnswer, known, byBot }).toEqual({ mayAnswer: true, known: true, byBot: false });
        expect(mark).toBeTruthy();
        expect(typed.text.trim().startsWith(mark ?? '—')).toBe(true);
        expect(typed.text).toContain(decision.text);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['Hola, por favor reinicie su módem', true],
    ['Buenos días Rita, gracias por escribir', true],
    ['Hi Rita, could you restart your router?', true],
    ['Olá, poderia reiniciar o seu modem?', true],
    ['el cliente dice que ya reinició', false],
    ['ok', false],
    ['<@U0000LEO1> por favor mira su cuenta', false],
    ['parece la placa', false],
  ])('%s: looks like an answer: %s', (words, expected) => {
    expect(looksLikeAnswer(words)).toBe(expected);
  });
});

describe('through the store', () => {
  let world: DeskWorld;
  beforeAll(async () => {
    world = await openDeskWorld({ answerMark: { 1: '>>' } });
  });
  afterAll(() => world.stop());

  test('of many messages typed, edited and deleted only the holder’s marked ones reach the customer', async () => {
    await world.handsOver('rita');
    await world.until(() => expect(world.cards(level1)).toHaveLength(1));
    const ts = world.cards(level1)[0]?.ts ?? '';
    await world.people.presses(ana, level1, world.cards(level1)[0], 'take');
    await world.until(() => expect(world.thread(level1, ts)).not.toEqual([]));
    const allowed: string[] = [];
    const samples = fc.sample(
      fc.record({
        user: fc.constantFrom(ana, leo, stranger),
        text,
        after: fc.constantFrom('stay', 'stay', 'edit', 'delete'),
      }),
      { numRuns: 80, seed: 7 },
    );
    for (const [place, { user, text: words, after }] of samples.entries()) {
      if (words.trim() === '') continue;
      const said = `${words} ${place}`;
      const typed = await world.people.types(user, level1, ts, said);
      if (after === 'edit') await world.fake.edits(user, typed, `${said} (cambiado)`);
      if (after === 'delete') await world.fake.deletes(typed);
      if (user === ana && after === 'stay' && said.trim().startsWith('>>'))
        allowed.push(said.trim().slice(2).trim());
    }
    await world.tenSecondsPass();
    await world.until(() => expect(world.sent).toHaveLength(allowed.length));
    expect(allowed.length).toBeGreaterThan(5);
    // Slack’s shortcodes and entities are read back; what is left must be exactly what was meant.
    expect(world.sent.map(({ text: out }) => out).sort()).toEqual([...allowed].sort());
  }, 90_000);
});
