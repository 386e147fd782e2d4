import { beforeAll, describe, expect, it } from 'vitest';
import type { Bot, BotTurn } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import type { Knowledge } from '../../src/kb/knowledge.ts';
import { article, fakeKnowledge } from './fake-knowledge.ts';
import { press, silent, talkWith } from './talk.ts';

const ids = Array.from({ length: 200 }, (_, n) => `art-${n}x`);
const knowledge = fakeKnowledge(
  [
    ...ids.map((id) => article(id, 'es')),
    article('internet', 'es', { answer: 'Reinicia el router.' }),
    article('router', 'es'),
  ],
  {
    ...Object.fromEntries(ids.map((id) => [`luz ${id}`, [[id, 0.5] as const, ['router', 0.4] as const]])),
    internet: [['internet', 0.9]],
  },
);

let bot: Bot;
beforeAll(async () => {
  bot = await createBotkitBot({ knowledge, log: silent });
});

function turn(more: Partial<BotTurn> = {}): BotTurn {
  return {
    conversation: 'c1',
    language: 'es',
    customerName: null,
    messages: [{ kind: 'text', text: 'no anda internet' }],
    memory: null,
    shown: [],
    intake: null,
    ...more,
  };
}

const never = new AbortController().signal;

describe('conversations', () => {
  it('side by side do not mix', async () => {
    await Promise.all(
      ids.map(async (id) => {
        const talk = talkWith(bot, { conversation: id });
        const asked = await talk.say(`luz ${id}`);
        expect(asked.outcome).toMatchObject({ kind: 'clarified', article: id });
        const answered = await talk.say('1');
        expect(answered.outcome).toMatchObject({ kind: 'answered', article: id });
        const person = await talk.say('quiero una persona');
        expect(person.outcome.kind).toBe('asked-person');
        const end = await talk.say(`probé ${id}`);
        expect(end.intake).toEqual({ problem: `luz ${id}`, tried: `probé ${id}` });
      }),
    );
  });

  it('take one turn at a time each', async () => {
    let running = 0;
    let most = 0;
    const watching: Knowledge = {
      article: () => null,
      ask(question, language) {
        running += 1;
        most = Math.max(most, running);
        queueMicrotask(() => queueMicrotask(() => (running -= 1)));
        return knowledge.ask(question, language);
      },
    };
    const watched = await createBotkitBot({ knowledge: watching, log: silent });
    const turns = Array.from({ length: 5 }, () =>
      watched.take(turn({ messages: [{ kind: 'text', text: 'algo raro' }] }), never),
    );
    const decisions = await Promise.all(turns);
    expect(most).toBe(1);
    expect(decisions.every(({ outcome }) => outcome.kind === 'unknown')).toBe(true);
  });

  it('decide the same twice for the same turn', async () => {
    const once = await bot.take(turn(), never);
    expect(await bot.take(turn(), never)).toEqual(once);
  });
});

describe('a failure', () => {
  const broken: Knowledge = {
    ask: () => {
      throw new Error('the index is broken');
    },
    article: () => null,
  };

  it('in an opening turn rejects', async () => {
    const failing = await createBotkitBot({ knowledge: broken, log: silent });
    await expect(failing.take(turn(), never)).rejects.toThrow('the index is broken');
  });

  it('in a dialog that goes on rejects, and the next turn is well', async () => {
    let down = false;
    const sometimes: Knowledge = {
      ask: (question, language) => (down ? broken : knowledge).ask(question, language),
      article: (id, language) => knowledge.article(id, language),
    };
    const failing = await createBotkitBot({ knowledge: sometimes, log: silent });
    const talk = talkWith(failing);
    await talk.say('no anda internet');
    down = true;
    await expect(talk.say('y la impresora de la oficina?')).rejects.toThrow('the index is broken');
    down = false;
    expect((await talk.say('sí')).action).toEqual({ kind: 'resolve' });
  });

  it('while a question is being put rejects as well', async () => {
    const gone: Knowledge = {
      ask: (question, language) => knowledge.ask(question, language),
      article: () => null,
    };
    const failing = await createBotkitBot({ knowledge: gone, log: silent });
    await expect(failing.take(turn(), never)).rejects.toMatchObject({ code: 'bot_article_gone' });
  });
});

describe('the signal', () => {
  it('ends a turn before it begins', async () => {
    await expect(bot.take(turn(), AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  it('ends a turn under way, and the next one is not harmed', async () => {
    const abort = new AbortController();
    const taken = bot.take(turn(), abort.signal);
    abort.abort(new Error('too late'));
    await expect(taken).rejects.toThrow('too late');
    const during = new AbortController();
    const slow: Knowledge = {
      ask(question, language) {
        during.abort(new Error('out of time'));
        return knowledge.ask(question, language);
      },
      article: (id, language) => knowledge.article(id, language),
    };
    const slowBot = await createBotkitBot({ knowledge: slow, log: silent });
    await expect(slowBot.take(turn(), during.signal)).rejects.toThrow('out of time');
    expect((await bot.take(turn(), never)).outcome.kind).toBe('answered');
  });
});

describe('a memory that is not the bot’s', () => {
  const place = { dialog: 'feedback', thread: 'default', step: 0, values: {} };
  const notes = { question: null, options: [], wordless: 0 };
  it.each([
    [0],
    ['x'],
    [[]],
    [{}],
    [true],
    [{ v: 99, notes, place: null }],
    [{ v: 1 }],
    [{ v: 1, notes: 'x', place: null }],
    [{ v: 1, notes, place }],
    [{ v: 1, notes, place: { ...place, dialog: 'nobody' } }],
    [{ v: 1, notes, place: { ...place, dialog: '__proto__' } }],
    [
      {
        v: 1,
        notes,
        place: {
          ...place,
          dialog: 'intake',
          values: { reason: 'asked', problem: null, tried: null },
          step: 40,
        },
      },
    ],
    [
      {
        v: 1,
        notes,
        place: {
          ...place,
          dialog: 'intake',
          values: { reason: 'asked', problem: null, tried: null },
          thread: 'constructor',
        },
      },
    ],
    [{ v: 1, notes: { ...notes, wordless: -1 }, place: null }],
  ])('is forgotten: %j', async (memory) => {
    const decision = await bot.take(turn({ memory }), never);
    expect(decision.outcome.kind).toBe('answered');
  });

  it('stays small and storable, whatever is said', async () => {
    const talk = talkWith(bot);
    for (const text of [
      'luz art-1x',
      'x'.repeat(10_000),
      'y'.repeat(10_000),
      '\u0000\ud800 a \u0007'.repeat(500),
    ]) {
      const { memory } = await talk.say(text);
      const json = JSON.stringify(memory);
      expect(json.length).toBeLessThan(4_000);
      expect(json).not.toMatch(/\\u0000|\\ud800/u);
    }
  });
});

describe('whatever is written', () => {
  const strange = [
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e\u200b\u200d',
    '👩‍👩‍👧‍👦🏳️‍🌈',
    '...',
    '???',
    '{{vars}} {{{x}}} {{#a}}',
    '$'.concat('{7*7}'),
    '<script>alert(1)</script>',
    "'; DROP TABLE users; --",
    '__proto__',
    'constructor',
    'toString hasOwnProperty',
    'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
    'اَلْعَرَبِيَّةُ 日本語 русский',
    '-1e999',
    'a'.repeat(10_000),
    'hola '.repeat(2_000),
    '((((((((((('.repeat(900),
    'quiero '.repeat(1_400),
    'no quiero hablar con '.repeat(480),
    '½⅓①Ⅷ',
    'ｈｕｍａｎｏ',
    '★'.repeat(10_000),
    '👍'.repeat(5_000),
  ];
  const before = [[], ['no anda internet'], ['luz art-1x'], ['quiero una persona']];

  it.each(before)('is taken without a throw, quickly, with words or a person (%s)', async (...first) => {
    for (const text of strange) {
      const talk = talkWith(bot);
      for (const one of first) if (typeof one === 'string') await talk.say(one);
      const before = process.cpuUsage();
      const decision = await talk.say(text);
      const { user, system } = process.cpuUsage(before);
      // Of this process only, so that a busy machine does not count.
      expect((user + system) / 1_000, text.slice(0, 20)).toBeLessThan(500);
      expect(decision.say.length > 0 || decision.action.kind === 'hand-over').toBe(true);
      for (const { options } of decision.say)
        for (const { id } of options) expect(id.length).toBeLessThanOrEqual(64);
    }
  });

  it('or pressed', async () => {
    for (const option of [
      '',
      'x'.repeat(5_000),
      '__proto__',
      'article-',
      'article-../..',
      'rate-9',
      'solved-yes',
      'tried-nothing',
    ]) {
      for (const first of before) {
        const talk = talkWith(bot);
        for (const one of first) await talk.say(one);
        const decision = await talk.say(press(option));
        expect(decision.say.length > 0 || decision.action.kind === 'hand-over').toBe(true);
      }
    }
  });
});

describe('the language', () => {
  it('follows the customer, and stays where their words do not tell', async () => {
    const talk = talkWith(bot);
    expect((await talk.say('hello')).language).toBe('en');
    expect((await talk.say('wifi')).language).toBe('en');
    expect((await talk.say('ok')).language).toBe('en');
    expect((await talk.say('quiero hablar con una persona')).language).toBe('es');
    expect((await talk.say('não consigo entrar no meu e-mail')).language).toBe('pt');
  });
});

describe('Botkit', () => {
  it('starts no web server', () => {
    const servers = process.getActiveResourcesInfo().filter((name) => name.includes('TCPServer'));
    expect(servers).toEqual([]);
  });
});
