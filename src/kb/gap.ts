import { createHash } from 'node:crypto';
import type { SynonymGroup } from '../core/article.ts';
import type { Language } from '../core/language.ts';
import type { Engine } from './engine/types.ts';
import { createLikeness, type Likeness, likenessOf, ofLengthOne } from './likeness.ts';
import type { MissedQuestion } from './missed-question.ts';
import { withoutPersonalData } from './redact.ts';

/** One way a question was put, without personal data. */
export interface Wording {
  readonly text: string;
  readonly language: Language;
}

/** Questions of one meaning that the bot did not settle. */
export interface Gap {
  /** Made of the oldest question in it, so that it stays the same while others join. */
  readonly id: string;
  /** Whose customers asked, as articles name them; absent: those of no company. */
  readonly brand?: string;
  /** Oldest first. */
  readonly questions: readonly MissedQuestion[];
  /** Each once, the most typical first. */
  readonly wordings: readonly Wording[];
  readonly agentMs: number;
  /** Whether somebody of ours has answered one of them, so that it could be an article. */
  readonly proposed: boolean;
}

/** What a person decided about a gap; `restored`: what was decided before counts no more. */
export interface SettledGap {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly action: 'example' | 'article' | 'dismissed' | 'restored';
  /** The article it went to, or the reason it was dismissed. */
  readonly detail: string;
  /** The names of the questions in it. */
  readonly questions: readonly string[];
}

/** Questions at least this alike are about one thing. */
const alike = 0.4;
/** What an unsettled question costs beside the agents' time: a customer who was not helped. */
const questionMs = 5 * 60_000;
/** What one costs that the bot settled with a later answer: a customer who had to say no first. */
const secondMs = 60_000;
const maxExample = 300;
/** The newest questions that are compared with each other. */
export const maxQuestions = 5_000;

interface Group {
  readonly members: { question: MissedQuestion; likeness: Likeness }[];
  readonly sum: Map<string, number>;
  centre: Likeness;
}

/**
 * Groups questions by meaning: by their words, and by the article that the engine thinks of. The same questions give
 * the same groups. Questions that were accepted are left out; those dismissed keep their group hidden until more
 * new ones have come than were dismissed.
 * @returns the gaps, the most costly first: agents' time, and five minutes for each question, one where a later answer helped
 */
export function findGaps(
  missed: readonly MissedQuestion[],
  deps: {
    readonly engine: Engine;
    readonly settled: readonly SettledGap[];
    readonly synonyms?: readonly SynonymGroup[];
  },
): Gap[] {
  const { engine, settled, synonyms = [] } = deps;
  const { accepted, dismissed } = standing(settled);
  const questions = missed
    .filter(({ name, question }) => !accepted.has(name) && withoutPersonalData(question) !== '')
    .toSorted((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
    .slice(-maxQuestions);
  const read = createLikeness(
    questions.map(({ question, language }) => ({ text: question, language })),
    synonyms,
  );
  const groups: Group[] = [];
  for (const question of questions) {
    const likeness = meaningOf(question, read, engine);
    join(groups, question, likeness);
  }
  return groups.flatMap((group) => gapOf(group, dismissed)).sort(byCost);
}

/** Whether people have decided about all of a gap's questions since it was found. @param settled oldest first */
export function isSettled({ questions }: Gap, settled: readonly SettledGap[]): boolean {
  const { accepted, dismissed } = standing(settled);
  return questions.every(({ name }) => accepted.has(name) || dismissed.has(name));
}

/** The names of the questions that decisions still hold for. @param settled oldest first */
function standing(settled: readonly SettledGap[]) {
  const accepted = new Set<string>();
  const dismissed = new Set<string>();
  for (const { action, questions } of settled)
    for (const name of questions) {
      if (action === 'restored') {
        accepted.delete(name);
        dismissed.delete(name);
      } else (action === 'dismissed' ? dismissed : accepted).add(name);
    }
  return { accepted, dismissed };
}

/** The most costly first. */
export function byCost(a: Gap, b: Gap): number {
  return costOf(b) - costOf(a) || latest(b) - latest(a) || (a.id < b.id ? -1 : 1);
}

function meaningOf(
  { question, language }: MissedQuestion,
  read: (text: string, language: Language) => Likeness,
  engine: Engine,
): Likeness {
  const meaning = new Map(read(withoutPersonalData(question), language));
  const [best] = engine.decide(question, language).candidates;
  if (best) meaning.set(`@${best.article}`, best.probability);
  return ofLengthOne(meaning);
}

function join(groups: Group[], question: MissedQuestion, likeness: Likeness): void {
  let best: Group | null = null;
  let most = alike;
  for (const group of groups) {
    const value = likenessOf(likeness, group.centre);
    if (value < most) continue;
    most = value;
    best = group;
  }
  if (best === null) {
    best = { members: [], sum: new Map(), centre: new Map() };
    groups.push(best);
  }
  best.members.push({ question, likeness });
  for (const [part, weight] of likeness) best.sum.set(part, (best.sum.get(part) ?? 0) + weight);
  best.centre = ofLengthOne(best.sum);
}

function gapOf({ members, centre }: Group, dismissed: ReadonlySet<string>): Gap[] {
  const fresh = members.filter(({ question }) => !dismissed.has(question.name));
  const [first] = fresh;
  if (first === undefined || fresh.length <= members.length - fresh.length) return [];
  const byTypical = fresh
    .map(({ question, likeness }) => ({ question, value: likenessOf(likeness, centre) }))
    .sort((a, b) => b.value - a.value);
  const wordings = new Map<string, Wording>();
  for (const { question } of byTypical) {
    const text = shorten(withoutPersonalData(question.question));
    const key = `${question.language} ${text.toLowerCase()}`;
    if (text !== '' && !wordings.has(key)) wordings.set(key, { text, language: question.language });
  }
  return [
    {
      id: idOf(first.question.name),
      questions: fresh.map(({ question }) => question),
      wordings: [...wordings.values()],
      agentMs: fresh.reduce((total, { question }) => total + question.agentMs, 0),
      proposed: fresh.some(({ question }) => question.proposed),
    },
  ];
}

function costOf({ questions, agentMs }: Gap): number {
  const asking = questions.map(({ happened }) => (happened === 'second' ? secondMs : questionMs));
  return asking.reduce((sum, ms) => sum + ms, agentMs);
}

function latest({ questions }: Gap): number {
  return questions.at(-1)?.at ?? 0;
}

function idOf(name: string): string {
  return `g${createHash('sha256').update(name).digest('hex').slice(0, 7)}`;
}

/** Cut at a word, so that it still reads as a question. */
function shorten(text: string): string {
  if (text.length <= maxExample) return text;
  return text.slice(0, maxExample).replace(/\s+\S*$/u, '');
}
