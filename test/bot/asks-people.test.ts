import { beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { article, fakeKnowledge } from './fake-knowledge.ts';
import { press, silent, talkWith, words } from './talk.ts';

const knowledge = fakeKnowledge(
  [article('internet', 'es', { title: 'No hay internet', answer: 'Reinicia.' })],
  {
    internet: [['internet', 0.9]],
  },
);
const question = '¿qué cable lleva el alternador?';

let bot: Bot;
beforeAll(async () => {
  bot = await createBotkitBot({ knowledge, log: silent });
});

describe('a bot that may ask people of ours', () => {
  it('asks them what it does not know, without an intake first', async () => {
    const asked = await talkWith(bot, { mayAsk: true }).say(question);
    expect(asked).toMatchObject({
      say: [],
      action: { kind: 'ask', text: question },
      outcome: { kind: 'unknown' },
      intake: { problem: question, tried: null },
    });
  });

  it('hands over what the customer asks a person for, and what it was disliked for', async () => {
    const talk = talkWith(bot, { mayAsk: true });
    await talk.say('no tengo internet');
    expect((await talk.say(press('not-helped'))).action.kind).not.toBe('ask');
    const person = talkWith(bot, { mayAsk: true, intake: { problem: 'x', tried: null } });
    expect((await person.say('quiero una persona')).action).toEqual({ kind: 'hand-over', reason: 'asked' });
  });

  it('asks nobody where it may not', async () => {
    expect((await talkWith(bot).say(question)).action).toEqual({ kind: 'wait' });
  });
});

describe('after a person’s answer', () => {
  const afterwards = async (said: Parameters<ReturnType<typeof talkWith>['say']>[0]) => {
    const talk = talkWith(bot, { mayAsk: true });
    await talk.say(question);
    const { memory } = talk;
    const next = talkWith(bot, { personAnswered: true, intake: { problem: question, tried: null } });
    next.memory = memory;
    return next.say(said);
  };

  it.each([['1'], ['sí, quedó resuelto'], ['ya funciona, gracias']])('"%s" settles it', async (said) => {
    expect((await afterwards(said)).action).toEqual({ kind: 'resolve' });
  });

  it('a press settles it too', async () => {
    expect((await afterwards(press('helped'))).action).toEqual({ kind: 'resolve' });
  });

  it.each([['2'], ['no funciona'], ['no, sigue igual']])('"%s" brings a person', async (said) => {
    const decision = await afterwards(said);
    expect(decision.action).toEqual({ kind: 'hand-over', reason: 'disliked' });
    expect(words(decision)).toContain('Lamento');
  });

  it('another question is a question', async () => {
    expect(words(await afterwards('no tengo internet'))).toContain('Reinicia');
  });
});
