import { beforeAll, describe, expect, test } from 'vitest';
import { asksCall } from '../../src/bot/asks-call.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { readMeaning } from '../../src/bot/meaning.ts';
import { article, fakeKnowledge } from './fake-knowledge.ts';
import { press, silent, talkWith, words } from './talk.ts';

describe('the wish to be seen', () => {
  test.each([
    'videollamada',
    'Videollamada por favor',
    '¿me pueden ver la pantalla?',
    '¿Pueden ver mi pantalla?',
    'quiero una videollamada',
    '¿podemos hacer una video llamada mañana?',
    'prefiero mostrarles por video',
    '¿puedo compartir mi pantalla con ustedes?',
    'no entiendo nada, ¿podrían mirar mi pantalla?',
    'can you see my screen',
    'Could you look at my screen, please?',
    'can we do a video call?',
    'video call please',
    'I would like to share my screen with someone',
    'vocês podem ver minha tela',
    'podem ver a minha tela?',
    'quero uma videochamada',
    'dá pra fazer uma chamada de vídeo?',
    'posso compartilhar minha tela?',
  ])('is heard: %s', (text) => {
    expect(asksCall(text)).toBe(true);
    expect(readMeaning(text, 'es')).toEqual({ kind: 'call' });
  });

  test.each([
    '',
    'la videollamada de WhatsApp no funciona',
    '¿cómo comparto mi pantalla en Zoom?',
    'how do I share my screen in Teams?',
    'se me corta la videollamada',
    'no quiero una videollamada',
    'la pantalla está negra',
    'my screen is broken',
    'minha tela está preta',
    'quiero cambiar la pantalla de mi celular',
    'no puedo ver mi pantalla',
    'I cannot see my screen',
    'não consigo ver a tela',
    'quiero ver la pantalla en la tele',
    'my video call keeps freezing',
    'hola',
  ])('is not heard: %s', (text) => {
    expect(asksCall(text)).toBe(false);
  });
});

describe('the bot and the wish for a call', () => {
  let bot: Bot;
  beforeAll(async () => {
    const knowledge = fakeKnowledge([article('router', 'es', { video: true }), article('clave', 'es')], {
      internet: [['router', 0.9]],
      clave: [['clave', 0.9]],
    });
    bot = await createBotkitBot({ knowledge, log: silent });
  });

  test('is passed on with what is wrong, asked for once', async () => {
    const talk = talkWith(bot, { mayCall: true });
    const first = await talk.say('¿me pueden ver la pantalla?');
    expect(words(first)).toContain('videollamada');
    expect(words(first)).toContain('¿qué es lo que te pasa?');
    await talk.say('no abre el programa de facturas');
    const last = await talk.say('lo reinicié');
    expect(last.action).toEqual({ kind: 'hand-over', reason: 'asked', call: 'customer' });
    expect(last.intake).toEqual({ problem: 'no abre el programa de facturas', tried: 'lo reinicié' });
  });

  test('is offered where the article says that it helps, and only there', async () => {
    const talk = talkWith(bot, { mayCall: true });
    const answered = await talk.say('no me anda internet');
    expect(answered.say.at(-1)?.options.map(({ id }) => id)).toContain('call');
    await talk.say(press('call', 'Verlo por videollamada'));
    const last = await talk.say(press('tried-nothing'));
    expect(last.action).toEqual({ kind: 'hand-over', reason: 'asked', call: 'bot' });
    const other = await talkWith(bot, { mayCall: true }).say('olvidé la clave');
    expect(other.say.at(-1)?.options.map(({ id }) => id)).not.toContain('call');
  });

  test('is a wish for a person where there are no calls', async () => {
    const talk = talkWith(bot);
    const answered = await talk.say('no me anda internet');
    expect(answered.say.at(-1)?.options.map(({ id }) => id)).not.toContain('call');
    const asked = await talk.say('quiero una videollamada');
    expect(words(asked)).not.toContain('videollamada');
    const last = await talk.say('nada todavía');
    expect(last.action).toEqual({ kind: 'hand-over', reason: 'asked' });
  });
});
