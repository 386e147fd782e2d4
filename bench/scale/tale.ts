import type { BotDecision, Command, Meaning } from '../../src/core/command.ts';
import type { Agent, Conversation } from '../../src/core/conversation.ts';
import { decide } from '../../src/core/decide.ts';
import type { Actor, Commit } from '../../src/core/event.ts';
import { effectsOf } from '../../src/core/event.ts';
import { evolveCommit } from '../../src/core/evolve.ts';
import { conversationId } from '../../src/core/ids.ts';
import { type Address, addressKey, choices } from '../../src/core/message.ts';
import type { Rules } from '../../src/core/rules.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** So generous that nothing of a filled store comes due while it is measured. */
const rules: Rules = {
  tiers: [
    { level: 1, name: 'Nivel 1', acceptWithinMs: 2 * dayMs, solveWithinMs: 3 * dayMs },
    { level: 2, name: 'Nivel 2', acceptWithinMs: 2 * dayMs, solveWithinMs: 3 * dayMs },
  ],
  limits: {
    turnMs: dayMs,
    turnAttempts: 2,
    idleMs: 2 * dayMs,
    leaseMs: 3 * dayMs,
    confirmMs: 3 * dayMs,
    rateMs: dayMs,
    remindMs: 3 * dayMs,
    reminders: 1,
    reopenMs: dayMs,
  },
  say: (_language, key) => `${key}: gracias por su paciencia, estamos con usted.`,
};

/** How a conversation went: to its end with the bot or with people, or as far as it has come. */
export type Course = 'bot' | 'people' | 'with-bot' | 'queued' | 'claimed' | 'answered' | 'solved';

/** What a conversation is told from. */
export interface Plot {
  readonly course: Course;
  readonly address: Address;
  readonly number: number;
  /** When the customer first wrote, epoch milliseconds. */
  readonly at: number;
  readonly agent: Agent;
  /** What the customer asks, one after another, before anything else happens. */
  readonly questions: readonly string[];
}

const words = 'Abra los ajustes, elija la cuenta y pruebe de nuevo con calma. ';

/** A held conversation: the commits that the product's own rules make of it. @throws Error when they refuse a step */
export function tellTale(plot: Plot): Commit[] {
  const { address, number, agent, course, questions } = plot;
  const id = conversationId(addressKey(address), 1);
  const commits: Commit[] = [];
  let state: Conversation | null = null;
  let at = plot.at;
  let written = 0;

  function step(command: Command, by: Actor, key: string | null = null): void {
    at += minuteMs / 2;
    const decided = decide(state, command, rules, at);
    if ('refused' in decided) throw new Error(`${command.type} was refused: ${decided.refused.code}`);
    const { events } = decided;
    if (events.length === 0) throw new Error(`${command.type} did nothing`);
    const seq = commits.length + 1;
    const commit: Commit = { conversation: id, seq, at, by, key, events, effects: effectsOf(events) };
    state = evolveCommit(state, commit);
    commits.push(commit);
  }
  function write(text: string, meaning: Meaning | null = null, option?: string): void {
    written += 1;
    const content =
      option === undefined ? ({ kind: 'text', text } as const) : ({ kind: 'choice', option } as const);
    step(
      {
        type: 'receive',
        message: {
          key: `${address.channel}/${address.user}/${written}`,
          externalId: String(written),
          address,
          gesture: { kind: 'message', content },
        },
        meaning,
        start: state === null ? { ordinal: 1, number, language: 'es' } : null,
      },
      { kind: 'customer' },
      `${address.channel}/${address.user}/${written}`,
    );
  }
  function take(decision: Pick<BotDecision, 'say' | 'action' | 'outcome'>): void {
    const turn: BotDecision = { language: 'es', memory: null, intake: null, ...decision };
    step({ type: 'bot-turn', throughSeq: commits.length, decision: turn }, { kind: 'bot' });
  }
  const answer = (question: string, action: BotDecision['action']): void =>
    take({
      say: [{ text: `${question}\n\n${words.repeat(6)}`, options: [], sources: [] }],
      action,
      outcome: { kind: 'answered', confidence: 0.9 },
    });
  const byAgent: Actor = { kind: 'agent', agent };

  questions.forEach((question, n) => {
    const last = n === questions.length - 1;
    write(question);
    if (last && course !== 'bot' && course !== 'with-bot') {
      take({
        say: [],
        action: { kind: 'hand-over', reason: 'unknown' },
        outcome: { kind: 'unknown', confidence: 0.2 },
      });
    } else answer(question, { kind: last && course === 'bot' ? 'resolve' : 'wait' });
  });
  if (course === 'bot' || course === 'with-bot' || course === 'queued') return commits;
  step({ type: 'claim', agent }, byAgent);
  if (course === 'claimed') return commits;
  step({ type: 'reply', agent, text: `Buenas, soy ${agent.name}. ${words.repeat(2)}` }, byAgent);
  if (course === 'answered') return commits;
  write('Ya lo he mirado y sigue igual');
  step({ type: 'reply', agent, text: words.repeat(3) }, byAgent);
  write('Ahora sí que funciona');
  const logbook = {
    understanding: questions.at(-1) ?? '',
    plan: 'Mirarlo',
    execution: words,
    results: 'Bien',
  };
  step({ type: 'solve', agent, logbook }, byAgent);
  if (course === 'solved') return commits;
  write('', null, choices.solvedYes);
  write('', null, `${choices.rate}4`);
  return commits;
}

/** How many messages commits hold: of customers, the bot and people. */
export function messagesIn(commits: readonly Commit[]): number {
  let messages = 0;
  for (const { events } of commits)
    for (const { type } of events) if (type === 'customer-wrote' || type === 'said') messages += 1;
  return messages;
}
