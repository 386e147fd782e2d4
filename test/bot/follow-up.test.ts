import { beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { combinedReadings, isFollowUp } from '../../src/bot/follow-up.ts';
import type { Language } from '../../src/core/language.ts';
import { article, fakeKnowledge } from './fake-knowledge.ts';
import { silent, talkWith, words } from './talk.ts';

describe('a follow-up', () => {
  it.each<[string, Language]>([
    ['¿y en el móvil?', 'es'],
    ['y si no tengo el correo?', 'es'],
    ['desde el celular', 'es'],
    ['y la impresora?', 'es'],
    ['cómo hago eso', 'es'],
    ['and on a Mac?', 'en'],
    ['what about my phone', 'en'],
    ['where is it?', 'en'],
    ['without the cable', 'en'],
    ['e no celular?', 'pt'],
    ['e se eu não tiver o e-mail?', 'pt'],
    ['onde fica isso?', 'pt'],
  ])('is "%s"', (text, language) => {
    expect(isFollowUp(text, language)).toBe(true);
  });

  it.each<[string, Language]>([
    ['no me funciona la impresora', 'es'],
    ['cómo cambio la clave del wifi', 'es'],
    ['y además necesito instalar la impresora nueva que compramos ayer en la oficina', 'es'],
    ['how do i reset my password', 'en'],
    ['my printer is offline', 'en'],
    ['como troco a senha do wifi', 'pt'],
    ['', 'es'],
  ])('is not "%s"', (text, language) => {
    expect(isFollowUp(text, language)).toBe(false);
  });

  it('changes the device or the service of the question before', () => {
    expect(combinedReadings('cómo comparto la pantalla de mi computadora', '¿y en el móvil?')).toEqual([
      'cómo comparto la pantalla de mi movil',
      'cómo comparto la pantalla de mi computadora ¿y en el móvil?',
    ]);
    expect(combinedReadings('share my screen in Zoom', 'and in teams?')[0]).toBe('share my screen in teams');
    expect(combinedReadings('no hay sonido', 'y en la mac?')).toEqual(['no hay sonido y en la mac?']);
  });
});

describe('a conversation with follow-ups', () => {
  const pantallaMovil = { title: 'Compartir la pantalla del móvil', answer: 'Toca los tres puntos.' };
  const knowledge = fakeKnowledge(
    [
      article('pc', 'es', {
        title: 'Compartir en la computadora',
        answer: 'Elige ventana.\n\n1. **Mac**: da permiso.',
      }),
      article('movil', 'es', pantallaMovil),
      article('impresora', 'es', { title: 'La impresora', answer: 'Revisa el papel.' }),
      article('otro', 'es', { title: 'El correo en el móvil' }),
    ],
    {
      'pantalla de mi movil': [['movil', 0.8]],
      impresora: [['impresora', 0.9]],
      pantalla: [
        ['pc', 0.9],
        ['movil', 0.1],
      ],
      móvil: [['otro', 0.9]],
    },
  );
  let bot: Bot;
  beforeAll(async () => {
    bot = await createBotkitBot({ knowledge, log: silent });
  });
  const askedAfter = async (text: string) => {
    const talk = talkWith(bot);
    await talk.say('cómo comparto la pantalla de mi computadora');
    return talk.say(text);
  };

  it('carries the topic to the other device', async () => {
    expect((await askedAfter('¿y en el móvil?')).outcome).toMatchObject({
      kind: 'answered',
      article: 'movil',
    });
  });

  it('says what the same guide has about it, or that it simply holds', async () => {
    const mac = await askedAfter('y en la mac?');
    expect(words(mac)).toBe('En la misma guía dice:\n\nMac: da permiso.\n\n¿Te sirvió?');
    expect(mac.say[0]?.sources).toEqual([
      { article: 'pc', title: 'Compartir en la computadora', version: 7, passage: 'Mac: da permiso.' },
    ]);
    expect(words(await askedAfter('y en linux?'))).toContain('vale la misma guía');
  });

  it('is answered alone where that is known', async () => {
    expect((await askedAfter('y la impresora?')).outcome).toMatchObject({
      kind: 'answered',
      article: 'impresora',
    });
  });

  it('is left to a person where nothing is known of it', async () => {
    const lost = await askedAfter('y si no tengo la cuenta?');
    expect(lost.outcome.kind).toBe('unknown');
    expect((await askedAfter('y quién ganó ayer?')).outcome.kind).toBe('unknown');
  });

  it('means nothing before the first question', async () => {
    const decision = await talkWith(bot).say('¿y en el móvil?');
    expect(decision.outcome).toMatchObject({ kind: 'answered', article: 'otro' });
  });
});
