import { describe, expect, test } from 'vitest';
import { createSay } from '../../src/bot/phrases/say.ts';
import { isOver } from '../../src/core/decide-customer.ts';
import type { Rules } from '../../src/core/rules.ts';
import { ana, createDriver, logbook } from './conversation-driver.ts';
import { rules as usual } from './rules.ts';

const branded: Rules = {
  ...usual,
  brandOf: ({ account }) => (account === 'a' ? 'acme' : 'beta'),
  sayFor: (brand) => (language, key) => `${language}:${brand} ${key}`,
};

describe("a conversation's company", () => {
  test('is that of the address it began at, and stays so whatever relevo.yaml says later', () => {
    const it = createDriver(branded);
    it.writes('hola');
    expect(it.state().brand).toBe('acme');
    it.rules = { ...branded, brandOf: () => 'beta' };
    it.botSays('', { kind: 'hand-over', reason: 'asked' });
    expect(it.state().brand).toBe('acme');
    expect(it.told()).toContain('acme handed-over');
  });

  test('is none where nobody says so', () => {
    const it = createDriver();
    it.writes('hola');
    expect(it.state().brand).toBeNull();
    expect(it.last[0]).not.toHaveProperty('brand');
  });

  test('is another one from the next conversation on, where the channel has changed hands', () => {
    const it = createDriver(branded);
    it.writes('hola');
    expect(isOver(it.state(), { ...branded, brandOf: () => 'beta' }, it.now)).toBe(false);
    it.botSays('ok');
    it.waits();
    expect(it.state().stage.kind).toBe('closed');
    expect(isOver(it.state(), branded, it.now)).toBe(false);
    expect(isOver(it.state(), { ...branded, brandOf: () => 'beta' }, it.now)).toBe(true);
  });
});

describe('a plan whose people answer elsewhere', () => {
  const elsewhere: Rules = {
    ...usual,
    say: createSay(),
    channelsOf: () => ['email', 'off'],
    channelTitle: (name) => (name === 'off' ? null : 'E-mail'),
  };
  const sentence =
    'Con tu plan, las personas del equipo atienden por E-mail: escríbenos ahí cuando quieras. Aquí sigo yo: cuéntame y te ayudo en lo que pueda.';

  test('leaves the customer the bot, and says where they do', () => {
    const it = createDriver(elsewhere);
    it.writes('quiero una persona');
    it.botSays('', { kind: 'hand-over', reason: 'asked' });
    expect(it.told()).toEqual(['', sentence]);
    expect(it.state()).toMatchObject({ lastTier: null, stage: { kind: 'bot', turn: null }, pending: [] });
  });

  test('answers what was written meanwhile', () => {
    const it = createDriver(elsewhere);
    it.writes('quiero una persona');
    const throughSeq = 1;
    it.writes('¿hola?');
    const decision = {
      language: 'es',
      say: [],
      action: { kind: 'hand-over', reason: 'asked' },
      memory: null,
      outcome: { kind: 'asked-person' },
      intake: null,
    } as const;
    it.does({ type: 'bot-turn', throughSeq, decision });
    expect(it.state().stage).toMatchObject({ kind: 'bot', turn: { throughSeq: 2 } });
  });

  test.each(['error', 'timeout', 'shutdown'] as const)('tells a failure of the bot: %s', (reason) => {
    const it = createDriver(elsewhere);
    it.writes('hola');
    it.does({ type: 'bot-failed', throughSeq: 1, reason });
    expect(it.told()).toEqual([`Perdona, tuve un problema y no puedo responderte bien. ${sentence}`]);
    expect(it.state().stage).toMatchObject({ kind: 'bot', turn: null });
  });

  test('tells a crash, too, and owes nothing after it', () => {
    const it = createDriver(elsewhere);
    it.writes('hola');
    it.waits();
    it.waits();
    expect(it.told()[0]).toContain('tuve un problema');
    expect(it.state()).toMatchObject({ stage: { kind: 'bot', turn: null }, pending: [] });
    expect(it.state().stage).toMatchObject({ idleAt: it.now + usual.limits.idleMs });
  });

  test('says so where none of the channels is there', () => {
    const it = createDriver({ ...elsewhere, channelTitle: () => null });
    it.writes('hola');
    it.botSays('', { kind: 'hand-over', reason: 'unknown' });
    expect(it.told().at(-1)).toContain('Tu plan no incluye hablar con una persona por este canal.');
  });

  test('gives a case that comes back to the bot; one that people have stays theirs', () => {
    const it = createDriver({ ...elsewhere, channelsOf: () => null });
    it.writes('quiero una persona');
    it.botSays('', { kind: 'hand-over', reason: 'asked' });
    it.does({ type: 'claim', agent: ana });
    it.rules = elsewhere;
    it.writes('¿siguen ahí?');
    expect(it.state().stage.kind).toBe('claimed');
    it.does({ type: 'solve', agent: ana, logbook });
    it.waits();
    expect(it.state().stage.kind).toBe('closed');
    it.writes('otra vez lo mismo');
    expect(it.state().stage).toMatchObject({ kind: 'bot', turn: { attempt: 1 } });
  });
});
