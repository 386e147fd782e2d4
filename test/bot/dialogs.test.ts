import { beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { article, fakeKnowledge } from './fake-knowledge.ts';
import { offered, press, silent, talkWith, words } from './talk.ts';

const articles = [
  article('internet', 'es', {
    title: 'No funciona el internet',
    answer: 'Reinicia el router. {{vars}} {{#x}} <b>ok</b>',
    simple: 'Apaga y enciende el aparato.',
    technical: 'Haz ping a la puerta de enlace.',
  }),
  article('internet', 'en', { title: 'Internet is down', answer: 'Restart the router.' }),
  article('router', 'es', { title: 'El router tiene una luz roja', answer: 'Mira qué luz es.' }),
  article('impresora', 'es', { title: 'La impresora no imprime', answer: 'Revisa el papel.' }),
];
const knowledge = fakeKnowledge(articles, {
  internet: [
    ['internet', 0.9],
    ['router', 0.4],
    ['impresora', 0.01],
  ],
  luz: [
    ['router', 0.5],
    ['internet', 0.4],
  ],
  impresora: [['impresora', 0.8]],
  printer: [['impresora', 0.8]],
  network: [['internet', 0.9]],
});

let bot: Bot;
beforeAll(async () => {
  bot = await createBotkitBot({ knowledge, log: silent });
});

describe('a question that is known', () => {
  it('is answered with its source and three ways on', async () => {
    const decision = await talkWith(bot).say('hola', 'no me funciona el internet');
    expect(decision.say).toEqual([
      {
        text: 'Reinicia el router. {{vars}} {{#x}} <b>ok</b>\n\n¿Te sirvió?',
        options: [
          { id: 'helped', label: 'Me sirvió' },
          { id: 'not-helped', label: 'No me sirvió' },
          { id: 'person', label: 'Hablar con una persona' },
        ],
        sources: [
          {
            article: 'internet',
            title: 'No funciona el internet',
            version: 7,
            passage: 'Reinicia el router. {{vars}} {{#x}} <b>ok</b>',
          },
        ],
      },
    ]);
    expect(decision.action).toEqual({ kind: 'wait' });
    expect(decision.outcome).toEqual({ kind: 'answered', article: 'internet', confidence: 0.9, version: 7 });
  });

  it('is answered in the customer’s language, or honestly in another', async () => {
    const english = await talkWith(bot).say('the network is not working');
    expect(english.language).toBe('en');
    expect(words(english)).toBe('Restart the router.\n\nDid it help?');
    const foreign = await talkWith(bot).say('my printer does not print');
    expect(words(foreign)).toBe('I only have this guide in Spanish:\n\nRevisa el papel.\n\nDid it help?');
  });

  it.each([
    ['es', 'en', 'Esta guía solo la tengo en inglés:'],
    ['es', 'pt', 'Esta guía solo la tengo en portugués:'],
    ['en', 'es', 'I only have this guide in Spanish:'],
    ['en', 'pt', 'I only have this guide in Portuguese:'],
    ['pt', 'es', 'Só tenho este guia em espanhol:'],
    ['pt', 'en', 'Só tenho este guia em inglês:'],
  ] as const)('says to %s that the guide is only there in %s', async (language, other, says) => {
    const only = fakeKnowledge([article('vpn', other)], { vpn: [['vpn', 0.9]] });
    const decision = await talkWith(await createBotkitBot({ knowledge: only, log: silent }), {
      language,
    }).say('vpn');
    expect(decision.language).toBe(language);
    expect(words(decision)).toMatch(new RegExp(`^${says}\\n\\nAnswer of vpn`, 'u'));
  });

  it.each([
    ['no me anda internet, ya probé ping y dns', 'Haz ping'],
    ['soy mayor y no me anda internet', 'Apaga y enciende'],
    ['no me anda internet', 'Reinicia'],
  ])('is worded as the customer words it: %s', async (question, answer) => {
    expect(words(await talkWith(bot).say(question))).toContain(answer);
  });

  it('is found among several', async () => {
    const decision = await talkWith(bot).say('Cómo pago? Y no imprime la impresora.');
    expect(decision.outcome.article).toBe('impresora');
  });
});

describe('feedback', () => {
  it.each(['sí, funcionó', 'gracias, ya está', '👍', 'me sirvió', '1', 'yes'])(
    '"%s" says it helped',
    async (reply) => {
      const talk = talkWith(bot);
      await talk.say('no anda internet');
      const decision = await talk.say(reply);
      expect(decision.action).toEqual({ kind: 'resolve' });
      expect(decision.outcome).toEqual({ kind: 'feedback', article: 'internet' });
      expect(words(decision)).not.toBe('');
    },
  );

  it.each([press('not-helped'), 'no me sirvió', 'sigue igual', '👎', '2', 'no'])(
    '%j leads to the next candidate once, then to a person who knows what was shown',
    async (reply) => {
      const talk = talkWith(bot);
      await talk.say('no anda internet');
      const next = await talk.say(reply);
      expect(next.say[0]?.sources[0]?.article).toBe('router');
      expect(next.outcome).toEqual({ kind: 'feedback', article: 'internet', version: 7 });
      const end = await talk.say(reply);
      expect(end.action).toEqual({ kind: 'hand-over', reason: 'disliked' });
      expect(end.intake?.problem).toBe('no anda internet');
      expect(end.intake?.tried).toContain('«No funciona el internet», «El router tiene una luz roja»');
    },
  );

  it('without another candidate goes to a person at once', async () => {
    const talk = talkWith(bot);
    await talk.say('la impresora no imprime');
    expect((await talk.say('no me sirvió')).action).toEqual({ kind: 'hand-over', reason: 'disliked' });
  });

  it('the same question again is a failure, and the same words are not repeated', async () => {
    const talk = talkWith(bot);
    const first = await talk.say('no me funciona el internet');
    const second = await talk.say('el internet no me funciona!!');
    expect(words(second)).not.toContain(words(first));
    expect(second.outcome.kind).toBe('feedback');
    expect(second.say[0]?.sources[0]?.article).toBe('router');
  });

  it('another question that the same article answers does not get it twice', async () => {
    const talk = talkWith(bot);
    await talk.say('no me funciona el internet');
    const second = await talk.say('y por qué en casa de mi hermano sí hay internet');
    expect(second.say[0]?.sources[0]?.article).toBe('router');
  });

  it('"no entiendo" gives the simpler wording; when there is none says so', async () => {
    const talk = talkWith(bot);
    await talk.say('no anda internet');
    expect(words(await talk.say('no entiendo'))).toContain('Apaga y enciende el aparato.');
    expect(words(await talk.say('no entiendo'))).toContain('No tengo una explicación más sencilla');
    expect((await talk.say('ya funciona')).action.kind).toBe('resolve');
  });

  it('a mere thanks is asked about, small talk is answered, and the answer stays open', async () => {
    const talk = talkWith(bot);
    await talk.say('no anda internet');
    const thanked = await talk.say('gracias');
    expect(thanked.action.kind).toBe('wait');
    expect(offered(thanked)).toEqual(['helped', 'not-helped', 'person']);
    expect((await talk.say('ok, voy a probar')).outcome.kind).toBe('small-talk');
    expect(words(await talk.say('eres un robot?'))).toContain('asistente automático');
    expect((await talk.say('sí')).action.kind).toBe('resolve');
  });

  it('a new question is a new question', async () => {
    const talk = talkWith(bot);
    await talk.say('no anda internet');
    expect((await talk.say('y la impresora?')).outcome.article).toBe('impresora');
    const both = await talk.say(press('helped'), 'ahora se prendió una luz');
    expect(both.outcome.kind).toBe('clarified');
  });
});

describe('a clarifying question', () => {
  it.each([
    [press('article-internet', 'No funciona el internet'), 'internet'],
    ['2', 'internet'],
    ['la segunda', 'internet'],
    ['No funciona el internet', 'internet'],
    ['lo del router', 'router'],
    ['1', 'router'],
  ])('%j chooses %s', async (choice, id) => {
    const talk = talkWith(bot);
    const asked = await talk.say('se prendió una luz');
    expect(words(asked)).toBe('¿Cuál de estas cosas te pasa?');
    expect(offered(asked)).toEqual(['article-router', 'article-internet', 'none-of-these', 'person']);
    expect(asked.outcome).toEqual({ kind: 'clarified', article: 'router', confidence: 0.5, version: 7 });
    const answered = await talk.say(choice);
    expect(answered.outcome).toMatchObject({ kind: 'answered', article: id, version: 7 });
  });

  it.each([press('none-of-these'), 'otra cosa', 'ninguna', 'no', '3'])('%j hands over', async (choice) => {
    const talk = talkWith(bot);
    await talk.say('se prendió una luz');
    const decision = await talk.say(choice);
    expect(decision.outcome.kind).toBe('unknown');
    expect(offered(decision)).toEqual(['tried-nothing', 'person']);
    expect((await talk.say('nada')).action).toEqual({ kind: 'hand-over', reason: 'unknown' });
  });

  it('is never asked twice in a row', async () => {
    const talk = talkWith(bot);
    await talk.say('se prendió una luz');
    const second = await talk.say('una luz que parpadea mucho de noche en casa');
    expect(second.outcome.kind).toBe('unknown');
    const last = await talk.say('nada');
    expect(last.action).toEqual({ kind: 'hand-over', reason: 'unknown' });
    expect(last.intake?.problem).toBe('se prendió una luz\nuna luz que parpadea mucho de noche en casa');
  });

  it('may be followed by the real question, or by small talk', async () => {
    const talk = talkWith(bot);
    await talk.say('se prendió una luz');
    const greeted = await talk.say('hola');
    expect(offered(greeted)).toContain('article-router');
    expect((await talk.say('en realidad no tengo internet')).outcome.article).toBe('internet');
  });

  it('has option ids that any channel can carry', async () => {
    const long = 'a'.repeat(80);
    const other = `${'a'.repeat(79)}b`;
    const base = fakeKnowledge(
      [article(long, 'es', { title: 'Uno' }), article(other, 'es', { title: 'Dos' })],
      {
        x: [
          [long, 0.4],
          [other, 0.4],
        ],
      },
    );
    const talk = talkWith(await createBotkitBot({ knowledge: base, log: silent }));
    const ids = offered(await talk.say('x'));
    expect(ids.every((id) => id.length <= 64)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await talk.say(press(ids[1] ?? ''))).outcome.article).toBe(other);
  });
});

describe('the intake', () => {
  it('before an unknown question goes to a person asks only what was tried', async () => {
    const talk = talkWith(bot);
    const first = await talk.say('quiero cambiar el titular de la cuenta');
    expect(first.outcome).toEqual({ kind: 'unknown', confidence: 0, version: 7 });
    expect(first.action.kind).toBe('wait');
    expect(words(first)).toContain('prefiero no inventar');
    const last = await talk.say('llamé dos veces');
    expect(last.action).toEqual({ kind: 'hand-over', reason: 'unknown' });
    expect(last.outcome).toEqual({ kind: 'intake' });
    expect(last.intake).toEqual({
      problem: 'quiero cambiar el titular de la cuenta',
      tried: 'llamé dos veces',
    });
    expect(last.memory).not.toBeNull();
  });

  it('is not repeated when it was done before', async () => {
    const intake = { problem: 'x', tried: null };
    const unknown = await talkWith(bot, { intake }).say('quiero cambiar el titular');
    expect(unknown.action).toEqual({ kind: 'hand-over', reason: 'unknown' });
    expect(unknown.intake).toBeNull();
    const asked = await talkWith(bot, { intake }).say('quiero una persona');
    expect(asked.action).toEqual({ kind: 'hand-over', reason: 'asked' });
    const disliked = talkWith(bot, { intake });
    await disliked.say('la impresora no imprime');
    expect((await disliked.say('sigue igual')).action).toEqual({ kind: 'hand-over', reason: 'disliked' });
  });

  it.each([press('person'), 'Hablar con una persona', 'humano', 'quiero hablar con alguien real', '1'])(
    'ends at once when a person is asked for again: %j',
    async (again) => {
      const talk = talkWith(bot);
      expect((await talk.say('hola, quiero hablar con un humano')).action.kind).toBe('wait');
      const decision = await talk.say(again);
      expect(decision.action).toEqual({ kind: 'hand-over', reason: 'asked' });
      expect(decision.intake).toBeNull();
    },
  );

  it('asks two short questions at most', async () => {
    const talk = talkWith(bot);
    const first = await talk.say(press('person'));
    expect(first.outcome).toEqual({ kind: 'asked-person' });
    expect(words(first)).toContain('¿qué es lo que te pasa?');
    expect(words(await talk.say('hola'))).toContain('¿qué es lo que te pasa?');
    const second = await talk.say('no anda', 'mi cafetera');
    expect(words(second)).toContain('¿qué probaste hasta ahora?');
    const last = await talk.say(press('tried-nothing', 'Nada todavía'));
    expect(last.intake).toEqual({ problem: 'no anda\nmi cafetera', tried: 'Nada todavía' });
  });

  it('takes what is wrong from the request itself', async () => {
    const decision = await talkWith(bot).say('mi factura salió duplicada, pásame con una persona');
    expect(words(decision)).not.toContain('¿qué es lo que te pasa?');
  });

  it('can be left: solved after all, or never mind', async () => {
    const solved = talkWith(bot);
    await solved.say('quiero una persona');
    expect((await solved.say('ya se arregló')).action).toEqual({ kind: 'resolve' });
    const cancelled = talkWith(bot);
    await cancelled.say('quiero una persona');
    const end = await cancelled.say('olvídalo');
    expect(end.action).toEqual({ kind: 'wait' });
    expect((await cancelled.say('no anda internet')).outcome.kind).toBe('answered');
  });
});

describe('a person', () => {
  const before: [string, string[]][] = [
    ['at first', []],
    ['after an answer', ['no anda internet']],
    ['at a clarifying question', ['se prendió una luz']],
    ['after small talk', ['hola', 'gracias']],
  ];
  it.each(before)('can be asked for %s', async (_, said) => {
    for (const request of [
      press('person'),
      'quiero hablar con una persona',
      'atendente',
      'talk to a human',
    ]) {
      const talk = talkWith(bot);
      for (const one of said) await talk.say(one);
      const asked = await talk.say(request);
      expect(asked.outcome.kind).toBe('asked-person');
      const again = asked.action.kind === 'hand-over' ? asked : await talk.say(request);
      expect(again.action).toEqual({ kind: 'hand-over', reason: 'asked' });
    }
  });

  it('gets everything when the base is empty', async () => {
    const empty = await createBotkitBot({ knowledge: fakeKnowledge([], {}, 0), log: silent });
    const talk = talkWith(empty);
    expect((await talk.say('no anda internet')).outcome).toEqual({
      kind: 'unknown',
      confidence: 0,
      version: 0,
    });
    expect((await talk.say('nada')).action).toEqual({ kind: 'hand-over', reason: 'unknown' });
  });
});

describe('small talk', () => {
  it.each([
    ['hola', 'es', '¡Hola, Ana!'],
    ['good morning', 'en', 'Hi, Ana!'],
    ['bom dia', 'pt', 'Oi, Ana!'],
    ['eres un robot?', 'es', 'Sí, soy un asistente automático'],
    ['gracias', 'es', '¡De nada!'],
    ['chau', 'es', '¡Hasta luego!'],
    ['inútil', 'es', 'Entiendo que es frustrante'],
    ['ok', 'es', '¿Hay algo en lo que te pueda ayudar?'],
  ])('%s is answered in %s and not looked up', async (text, language, answer) => {
    const asked = knowledge.asked.length;
    const decision = await talkWith(bot, { name: 'Ana María' }).say(text);
    expect(decision).toMatchObject({ language, action: { kind: 'wait' }, outcome: { kind: 'small-talk' } });
    expect(words(decision)).toContain(answer);
    expect(knowledge.asked).toHaveLength(asked);
  });
});

describe('what cannot be read', () => {
  it('is met honestly once, then by a person', async () => {
    const talk = talkWith(bot);
    const first = await talk.say({ kind: 'unsupported', what: 'audio' });
    expect(words(first)).toContain('no puedo ver ni escuchar');
    expect(offered(first)).toEqual(['person']);
    const second = await talk.say({ kind: 'unsupported', what: 'audio' });
    expect(second.action).toEqual({ kind: 'hand-over', reason: 'unknown' });
  });

  it('leaves the dialog as it was', async () => {
    const talk = talkWith(bot);
    await talk.say('se prendió una luz');
    await talk.say({ kind: 'unsupported', what: 'image' });
    expect((await talk.say('lo del router')).outcome).toMatchObject({ kind: 'answered', article: 'router' });
  });

  it('is read by what is written under it', async () => {
    const media = { id: '0'.repeat(32), kind: 'image' } as const;
    const named = await talkWith(bot).say({ kind: 'media', media, caption: 'no anda internet' });
    expect(named.outcome.kind).toBe('answered');
    expect(words(await talkWith(bot).say({ kind: 'media', media }))).toContain('no puedo ver ni escuchar');
  });

  it('does not hide the words beside it', async () => {
    const decision = await talkWith(bot).say({ kind: 'unsupported', what: 'image' }, 'no anda internet');
    expect(decision.outcome.kind).toBe('answered');
  });
});

describe('buttons of earlier messages', () => {
  it('still mean what they said', async () => {
    const talk = talkWith(bot);
    await talk.say('no anda internet');
    talk.memory = null;
    expect((await talk.say(press('helped'))).action).toEqual({ kind: 'resolve' });
    expect((await talkWith(bot).say(press('article-router'))).outcome.article).toBe('router');
    const gone = await talkWith(bot).say(press('rate-5', '★★★★★'));
    expect(words(gone)).toContain('ya no está disponible');
    expect((await talkWith(bot).say(press('article-none'))).action.kind).toBe('wait');
  });
});
