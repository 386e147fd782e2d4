import { describe, expect, test } from 'vitest';
import type { Commit, Event } from '../../src/core/event.ts';
import { findGaps, type SettledGap } from '../../src/kb/gap.ts';
import { proposeFor } from '../../src/kb/gap-proposal.ts';
import { createGapWork } from '../../src/kb/gap-work.ts';
import { createLogReading, type MissedQuestion } from '../../src/kb/missed-question.ts';
import { readLog } from '../../src/kb/read-log.ts';
import { commitsOf, started, turn, wrote } from '../conversation-steps.ts';
import { memoryBases } from './memory-bases.ts';

const ana = { id: 'ana', name: 'Ana' };
const luis = { id: 'luis', name: 'Luis' };
const logbook = {
  understanding: '¿cómo cambio el titular?',
  plan: 'p',
  execution: 'En Mi cuenta, Titular.',
  results: 'r',
};

const asked = (by: typeof ana | null, text: string, question = 1): Event => ({
  type: 'question-asked',
  question,
  tier: 2,
  by,
  text,
  until: by === null ? 9 : null,
});
const answered = (answer: string, question = 1): Event => ({
  type: 'question-answered',
  question,
  agent: luis,
  answer,
});
const expired: Event = { type: 'question-expired', question: 1, tier: 2 };
const solved = (propose?: true): Event => ({
  type: 'solved',
  agent: ana,
  logbook,
  until: 0,
  ...(propose ? { propose } : {}),
});
const closed: Event = { type: 'closed', outcome: { how: 'confirmed', by: 'bot' } };

/** A log of one conversation: a commit for each list. */
function log(...steps: Event[][]): Commit[] {
  return commitsOf('c', steps, (place) => 1_000 * (place + 1));
}

function read(commits: readonly Commit[]): MissedQuestion[] {
  const reading = createLogReading();
  for (const commit of commits) reading.add(commit);
  return reading.missed();
}

const question = '¿cómo cambio el titular de la línea?';
const start = [started(), wrote(question)];
const unknown = turn({ kind: 'unknown' });

describe('what people of ours answered', () => {
  test.each<[string, Commit[], Partial<MissedQuestion>[]]>([
    [
      'the bot’s question',
      log(start, [unknown, asked(null, question)], [answered('En Mi cuenta.')]),
      [{ name: 'c.1', question, happened: 'asked', replies: ['En Mi cuenta.'], proposed: true }],
    ],
    [
      'the bot’s question, and it helped',
      log(
        start,
        [unknown, asked(null, question)],
        [answered('En Mi cuenta.')],
        [wrote('sí')],
        [turn({ kind: 'feedback' }), closed],
      ),
      [{ happened: 'asked', proposed: true }],
    ],
    [
      'the bot’s question, and it did not help',
      log(
        start,
        [unknown, asked(null, question)],
        [answered('En Mi cuenta.')],
        [wrote('no')],
        [turn({ kind: 'feedback' })],
      ),
      [{ happened: 'disliked', proposed: false }],
    ],
    [
      'the bot’s question, to which the customer added',
      log(
        start,
        [unknown, asked(null, question)],
        [wrote('es de mi madre')],
        [unknown, asked(null, `${question}\nes de mi madre`)],
        [answered('En Mi cuenta.')],
      ),
      [{ question: `${question}\nes de mi madre`, replies: ['En Mi cuenta.'], proposed: true }],
    ],
    [
      'a colleague’s question: not the customer’s',
      log(
        start,
        [turn({ kind: 'answered', article: 'a', confidence: 0.9 })],
        [asked(ana, '¿se puede?')],
        [answered('Sí, con el formulario.')],
      ),
      [{ name: 'c.3', question: '¿se puede?', happened: 'asked', proposed: true }],
    ],
    [
      'nothing where nobody answered',
      log(start, [unknown, asked(null, question)], [expired]),
      [{ happened: 'unanswered', proposed: false, replies: [] }],
    ],
    [
      'a solution that is proposed',
      log(start, [unknown], [solved(true)]),
      [{ name: 'c.1', question, solved: true, proposed: true, execution: 'En Mi cuenta, Titular.' }],
    ],
    [
      'a solution that is proposed of what the bot never heard',
      log([started()], [solved(true)]),
      [{ name: 'c.2', question: logbook.understanding, happened: 'person', proposed: true }],
    ],
    [
      'what only the next answer settled: not the one that was disliked',
      log(
        start,
        [turn({ kind: 'answered', article: 'a', confidence: 0.9 })],
        [turn({ kind: 'feedback', article: 'a' })],
        [turn({ kind: 'feedback', article: 'b' }), closed],
      ),
      [{ name: 'c.1', question, happened: 'second', shown: ['a'], helped: 'b', proposed: false }],
    ],
    [
      'nothing of what the first answer settled',
      log(
        start,
        [turn({ kind: 'answered', article: 'a', confidence: 0.9 })],
        [turn({ kind: 'feedback', article: 'a' }), closed],
      ),
      [],
    ],
    [
      'no solution that is not proposed',
      log(start, [unknown], [solved()]),
      [{ proposed: false, solved: true }],
    ],
  ])('%s', (_, commits, missed) => {
    expect(read(commits)).toMatchObject(missed);
    expect(read(commits)).toHaveLength(missed.length);
  });
});

describe('a proposal', () => {
  const secret = 'Escribe a ana.perez@example.com o al +57 300 555 66 77.';
  const commits = log(start, [unknown, asked(null, question)], [answered(secret)]);
  const begin = () => {
    const settled: SettledGap[] = [];
    const bases = memoryBases();
    const work = createGapWork({
      bases,
      gaps: { settled: async () => settled, settle: async (gap) => void settled.push(gap) },
      missed: async (from) => (await readLog({ since: async () => commits }, from, 10_001)).missed(),
      clock: { now: () => 10_000 },
      engineOf: async () => ({
        decide: () => ({ decision: 'handoff', article: null, confidence: 0, candidates: [] }),
      }),
    });
    return { settled, bases, work };
  };

  test('becomes a draft article without personal data, and nothing is published', async () => {
    const { bases, settled, work } = begin();
    const [found] = await work.list(30);
    expect(found).toMatchObject({ gap: { proposed: true }, proposal: { kind: 'article' } });
    const id = found?.gap.id ?? '';
    await work.accept(id, 30, { action: 'article', article: 'cambiar-titular' });
    const draft = await bases.draft();
    expect(draft.articles).toMatchObject([{ id: 'cambiar-titular', examples: [question] }]);
    expect(JSON.stringify(draft)).not.toMatch(/perez|555/u);
    expect(draft.articles[0]?.answer).toContain('[e-mail]');
    expect(await bases.current()).toBeNull();
    expect(settled).toMatchObject([{ id, action: 'article', detail: 'cambiar-titular', questions: ['c.1'] }]);
    expect(await work.list(30)).toEqual([]);
  });

  test('is dismissed for a reason that is remembered', async () => {
    const { settled, work } = begin();
    const id = (await work.list(30))[0]?.gap.id ?? '';
    await work.dismiss(id, 30, 'only one customer');
    expect(settled).toMatchObject([{ id, action: 'dismissed', detail: 'only one customer' }]);
    expect(await work.list(30)).toEqual([]);
    await expect(work.dismiss(id, 30, 'again')).rejects.toMatchObject({ code: 'kb_gap_unknown' });
  });
});

describe('a question that only a later answer settled', () => {
  const first = turn({ kind: 'answered', article: 'a', confidence: 0.9 });
  const disliked = turn({ kind: 'feedback', article: 'a' });
  const second = [turn({ kind: 'feedback', article: 'b' }), closed];
  const at = (id: string, words: string, ...steps: Event[][]) =>
    read(commitsOf(id, [[started(), wrote(words)], [first], [disliked], ...steps], (place) => place + 1));
  const engine = {
    decide: (text: string) => ({
      decision: 'answer' as const,
      article: 'a',
      confidence: 1,
      candidates: [{ article: text.includes('Wifi') ? 'w' : 'a', probability: 1 }],
    }),
  };

  test('is a gap that costs less than one that nothing settled, and teaches the article that helped', () => {
    const settled = at('c', question, second);
    const open = at('d', 'Wifi lento en el cuarto');
    const gaps = findGaps([...settled, ...open], {
      engine,
      settled: [],
    });
    expect(gaps.map(({ questions }) => questions.map(({ happened }) => happened))).toEqual([
      ['disliked'],
      ['second'],
    ]);
    const [, later] = gaps;
    if (later === undefined) throw new Error('it is no gap');
    expect(proposeFor(later, engine)).toEqual({ kind: 'example', article: 'b', by: 'question' });
  });
});
