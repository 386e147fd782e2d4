import { beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { guideOf } from '../../src/bot/guide.ts';
import { readStepWord } from '../../src/bot/step-words.ts';
import { article, fakeKnowledge } from './fake-knowledge.ts';
import { offered, press, silent, talkWith, words } from './talk.ts';

const long = (what: string) =>
  `Casi siempre se arregla reiniciando ${what}.\n\n1. Apaga ${what} y espera un momento, sin tocar nada más, hasta que se apaguen todas las luces.\n2. Quita el cable de la corriente y cuenta hasta treinta con calma.\n3. Vuelve a enchufarlo y espera tres minutos, hasta que las luces queden **quietas**.\n4. Revisa que el cable que viene de la calle esté firme, sin doblarlo.\n   Si es de fibra, no mires por la punta.\n5. Prueba otra vez con otro aparato.\n\nSi nada cambia, la falla es de la línea.`;
const knowledge = fakeKnowledge(
  [
    article('internet', 'es', {
      title: 'No hay internet',
      answer: long('el router'),
      simple: 'Apaga y enciende el aparato.',
    }),
    article('tele', 'es', { title: 'La tele no conecta', answer: long('la tele') }),
    article('impresora', 'es', { title: 'La impresora no imprime', answer: 'Revisa el papel.' }),
  ],
  { internet: [['internet', 0.9]], impresora: [['impresora', 0.9]], tele: [['tele', 0.9]] },
);

let bot: Bot;
beforeAll(async () => {
  bot = await createBotkitBot({ knowledge, log: silent });
});
const phone = () => talkWith(bot, { handheld: true });

describe('a guide', () => {
  it('is a long answer with its lead, its steps and its end', () => {
    expect(guideOf(long('x'))).toMatchObject({
      lead: 'Casi siempre se arregla reiniciando x.',
      end: 'Si nada cambia, la falla es de la línea.',
    });
    expect(guideOf(long('x'))?.steps).toHaveLength(5);
    expect(guideOf(long('x'))?.steps[3]).toContain('Si es de fibra');
  });

  it.each([
    ['short', '1. Uno\n2. Dos\n3. Tres\n4. Cuatro'],
    ['of few steps', `1. ${'x '.repeat(150)}\n2. ${'y '.repeat(150)}`],
    ['without steps', 'x '.repeat(400)],
    ['a list to choose from', long('x').replace(/^(\d)\. /gmu, '$1. **Marca**: ')],
    ['empty', ''],
  ])('is none when the answer is %s', (_, answer) => {
    expect(guideOf(answer)).toBeNull();
  });
});

describe('words after a step', () => {
  it.each([
    ['listo', 'next'],
    ['ya lo hice', 'next'],
    ['Done, next', 'next'],
    ['feito', 'next'],
    ['👍', 'next'],
    ['no me sale', 'failed'],
    ["can't find it", 'failed'],
    ['não consegui', 'failed'],
    ['verlo todo', 'all'],
    ['show me everything', 'all'],
    ['ver tudo', 'all'],
    ['dame un minuto', 'wait'],
    ['back to the steps', 'resume'],
    ['dónde está el botón de reinicio', null],
    ['', null],
  ])('"%s" means %s', (text, meaning) => {
    expect(readStepWord(text)).toBe(meaning);
  });
});

describe('a long answer', () => {
  it('goes whole where it is not read on a phone, and step by step where it is', async () => {
    expect(words(await talkWith(bot).say('no hay internet'))).toContain('5. Prueba otra vez');
    const first = await phone().say('no hay internet');
    expect(words(first)).toBe(
      'Casi siempre se arregla reiniciando el router.\n\n**Paso 1 de 5.** Apaga el router y espera un momento, sin tocar nada más, hasta que se apaguen todas las luces.',
    );
    expect(first.say[0]?.options).toEqual([
      { id: 'step-done', label: 'Hecho, siguiente' },
      { id: 'step-failed', label: 'No me funcionó' },
      { id: 'steps-all', label: 'Ver todo' },
    ]);
    expect(first.say[0]?.sources).toMatchObject([{ article: 'internet', version: 7 }]);
    expect(first.outcome).toMatchObject({ kind: 'answered', article: 'internet' });
  });

  it('that is short stays whole on a phone', async () => {
    expect(words(await phone().say('no imprime la impresora'))).toBe('Revisa el papel.\n\n¿Te sirvió?');
  });

  it('ends with what follows the steps and the question whether it helped', async () => {
    const talk = phone();
    await talk.say('no hay internet');
    for (const said of [press('step-done'), '1', 'listo', 'Hecho, siguiente']) {
      expect(offered(await talk.say(said))).toContain('step-done');
    }
    const end = await talk.say('ok');
    expect(words(end)).toBe('Si nada cambia, la falla es de la línea.\n\n¿Te sirvió?');
    expect(end.say[0]?.sources).toEqual([]);
    expect((await talk.say('sí')).action).toEqual({ kind: 'resolve' });
  });

  it.each([press('steps-all'), '3', 'ver todo', 'mostrame todo'])('%j shows all of it', async (said) => {
    const talk = phone();
    await talk.say('no hay internet');
    const all = await talk.say(said);
    expect(words(all)).toContain('1. Apaga el router');
    expect(offered(all)).toEqual(['helped', 'not-helped', 'person']);
  });

  it.each([press('step-failed'), '2', 'no me funcionó', 'no puedo'])(
    '%j tells the person which step failed',
    async (said) => {
      const talk = phone();
      await talk.say('no hay internet');
      await talk.say('listo');
      const end = await talk.say(said);
      expect(end.action).toEqual({ kind: 'hand-over', reason: 'disliked' });
      expect(end.outcome).toMatchObject({ kind: 'feedback', article: 'internet' });
      expect(end.intake).toEqual({
        problem: 'no hay internet',
        tried:
          'Siguió «No hay internet» y el paso 2 de 5 no le funcionó: Quita el cable de la corriente y cuenta hasta treinta con calma.',
      });
    },
  );

  it('can be interrupted by another question, and gone on with', async () => {
    const talk = phone();
    await talk.say('no hay internet');
    await talk.say('listo');
    const aside = await talk.say('y no imprime la impresora');
    expect(words(aside)).toContain('Revisa el papel.');
    expect(offered(aside)).toEqual(['helped', 'not-helped', 'steps-resume', 'person']);
    const back = await talk.say('seguir con los pasos');
    expect(words(back)).toContain('Seguimos donde íbamos:\n\n**Paso 2 de 5.**');
    expect(words(await talk.say('1'))).toContain('**Paso 3 de 5.**');
  });

  it('goes on by itself once the other question is settled', async () => {
    const talk = phone();
    await talk.say('no hay internet');
    await talk.say(press('step-done'), 'la impresora no imprime');
    const back = await talk.say(press('helped'));
    expect(back.action.kind).toBe('wait');
    expect(words(back)).toContain('**Paso 2 de 5.**');
  });

  it('is not given up for a question that nobody knows', async () => {
    const talk = phone();
    await talk.say('no hay internet');
    const aside = await talk.say('quiero cambiar el titular de la cuenta');
    expect(words(aside)).toContain('De «quiero cambiar el titular de la cuenta» no tengo una respuesta');
    expect(offered(aside)).toEqual(['steps-resume', 'person']);
    expect(words(await talk.say('1'))).toContain('**Paso 1 de 5.**');
  });

  it('waits, comes in simpler words, and lets go', async () => {
    const talk = phone();
    await talk.say('no hay internet');
    expect(offered(await talk.say('un momento'))).toContain('step-done');
    expect(offered(await talk.say('gracias'))).toContain('step-done');
    expect(words(await talk.say('no entiendo'))).toContain('Apaga y enciende el aparato.');
    const person = phone();
    await person.say('no hay internet');
    expect((await person.say('quiero hablar con una persona')).outcome.kind).toBe('asked-person');
    const works = phone();
    await works.say('no hay internet');
    expect((await works.say('ya funciona')).action).toEqual({ kind: 'resolve' });
  });

  it('is a failure when the same is asked again', async () => {
    const talk = phone();
    await talk.say('no hay internet');
    expect((await talk.say('no hay internet!!')).outcome.kind).toBe('feedback');
  });
});
