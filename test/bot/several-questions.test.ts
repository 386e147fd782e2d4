import { beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { article, fakeKnowledge } from './fake-knowledge.ts';
import { offered, press, silent, talkWith, words } from './talk.ts';

const knowledge = fakeKnowledge(
  [
    article('clave', 'es', { title: 'Cambiar la clave', answer: 'Entra al router.' }),
    article('clave', 'en', { title: 'Change the password', answer: 'Open the router.' }),
    article('clave', 'pt', { title: 'Trocar a senha', answer: 'Abra o roteador.' }),
    article('horario', 'es', { title: 'Horario', answer: 'De lunes a viernes.' }),
    article('horario', 'en', { title: 'Hours', answer: 'Monday to Friday.' }),
    article('horario', 'pt', { title: 'Horário', answer: 'De segunda a sexta.' }),
    article('luz', 'es', { title: 'Luz roja', answer: 'Mira qué luz es.' }),
    article('factura', 'es', { title: 'Factura', answer: 'Está en tu correo.' }),
  ],
  {
    clave: [['clave', 0.9]],
    password: [['clave', 0.9]],
    senha: [['clave', 0.9]],
    atienden: [['horario', 0.9]],
    hours: [['horario', 0.9]],
    atendem: [['horario', 0.9]],
    factura: [['factura', 0.9]],
    luz: [
      ['luz', 0.5],
      ['clave', 0.3],
    ],
  },
);

let bot: Bot;
beforeAll(async () => {
  bot = await createBotkitBot({ knowledge, log: silent });
});
const sources = (decision: Awaited<ReturnType<Bot['take']>>) =>
  decision.say.flatMap((saying) => saying.sources.map((source) => source.article));

describe('several questions in one message', () => {
  it.each([
    ['¿Cómo cambio la clave? ¿Hasta qué hora atienden?', ['clave', 'horario']],
    ['quiero cambiar la clave y además a qué hora atienden', ['clave', 'horario']],
    ['cómo cambio la clave. También quiero saber si atienden hoy', ['clave', 'horario']],
    ['how do i change the password? also, what are your hours', ['clave', 'horario']],
    ['como troco a senha? e também queria saber se atendem hoje', ['clave', 'horario']],
    [
      'cómo cambio la clave y dónde está mi factura? y otra cosa, cuándo atienden',
      ['clave', 'factura', 'horario'],
    ],
  ])('are answered each: %s', async (text, articles) => {
    const decision = await talkWith(bot).say(text);
    expect(sources(decision)).toEqual(articles);
    expect(decision.say).toHaveLength(articles.length);
    expect(offered(decision)).toEqual(['helped', 'not-helped', 'person']);
    expect(decision.say[0]?.text).toMatch(/^(?:Sobre|About) [«“]/u);
  });

  it('says what it does not know, and offers a person for it once the rest is settled', async () => {
    const talk = talkWith(bot);
    const both = await talk.say('¿Cómo cambio la clave? Además quiero renovar mi dominio');
    expect(sources(both)).toEqual(['clave']);
    expect(words(both)).toContain('De «quiero renovar mi dominio» no tengo una respuesta segura');
    const helped = await talk.say('me sirvió');
    expect(helped.action).toEqual({ kind: 'wait' });
    expect(words(helped)).toContain('Quedó pendiente «quiero renovar mi dominio»');
    expect(offered(helped)).toEqual(['person', 'leave-it']);
    expect((await talk.say(press('person'))).outcome.kind).toBe('asked-person');
    expect((await talk.say('nada')).intake?.problem).toBe('quiero renovar mi dominio');
  });

  it.each(['no hace falta', '2', press('leave-it')])('%j leaves the rest', async (said) => {
    const talk = talkWith(bot);
    await talk.say('¿Cómo cambio la clave? Además quiero renovar mi dominio');
    await talk.say('me sirvió');
    const end = await talk.say(said);
    expect(end.action.kind === 'resolve' || words(end).includes('lo dejamos así')).toBe(true);
  });

  it('a person asked for meanwhile reads all that was asked', async () => {
    const talk = talkWith(bot);
    await talk.say('¿Cómo cambio la clave? Además quiero renovar mi dominio');
    await talk.say('quiero una persona');
    const { intake } = await talk.say('nada');
    expect(intake?.problem).toContain('quiero renovar mi dominio');
    expect(intake?.problem).toContain('cambio la clave');
  });

  it('asks back about one that is unclear, after the answers', async () => {
    const talk = talkWith(bot);
    const decision = await talk.say('¿Cómo cambio la clave? Y además se prendió una luz');
    expect(sources(decision)).toEqual(['clave']);
    expect(decision.outcome.kind).toBe('clarified');
    expect(words(decision)).toContain('Sobre «se prendió una luz»:\n\n¿Cuál de estas cosas te pasa?');
    expect(sources(await talk.say('1'))).toEqual(['luz']);
  });

  it.each([
    'no me acuerdo de la clave. ¿Qué hago?',
    'Hola, buenas tardes. Cambiamos el router ayer y quiero cambiar la clave. Gracias!',
    'cambié la clave y sigo sin poder entrar',
    'tengo un perro. vivo lejos. quiero cambiar la clave',
  ])('one question in several clauses stays one: %s', async (text) => {
    const decision = await talkWith(bot).say(text);
    expect(sources(decision)).toEqual(['clave']);
    expect(words(decision)).toBe('Entra al router.\n\n¿Te sirvió?');
  });
});
