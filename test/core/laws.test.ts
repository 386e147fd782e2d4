import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BotDecision, Command } from '../../src/core/command.ts';
import type { Agent, Conversation, Deadline } from '../../src/core/conversation.ts';
import { deadlineOf } from '../../src/core/conversation.ts';
import { decide } from '../../src/core/decide.ts';
import type { Commit } from '../../src/core/event.ts';
import { effectsOf } from '../../src/core/event.ts';
import { evolveCommit } from '../../src/core/evolve.ts';
import type { Rules } from '../../src/core/rules.ts';
import { faultsOfLog, faultsOfState } from './laws.ts';
import { officeHours } from './office-hours.ts';
import { rules as usual } from './rules.ts';

const [lowest, ...higher] = usual.tiers;
const rules: Rules = {
  ...usual,
  botAsks: 2,
  video: true,
  tiers: [{ ...lowest, hours: officeHours }, ...higher],
};

const address = { channel: 'test', account: 'a', user: 'u' };
const agents: readonly [Agent, Agent] = [
  { id: 'ana', name: 'Ana' },
  { id: 'luis', name: 'Luis' },
];

/** A step of a random story: who does what, on how old a view of the conversation, and how much time passes before. */
interface Step {
  readonly kind: string;
  readonly agent: Agent;
  /** Commits that the actor has not seen: 0 is up to date. */
  readonly behind: number;
  readonly waitMs: number;
  readonly action: BotDecision['action'];
  readonly meaning: 'yes' | 'no' | 'thanks' | 'rating' | 'call' | null;
  /** How late the turn that is answered is: 0 the newest, 1 the one before, as a slow or revived worker would. */
  readonly lag: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'receive',
    'receive',
    'choose',
    'bot-turn',
    'bot-turn',
    'bot-failed',
    'claim',
    'claim',
    'reply',
    'note',
    'escalate',
    'to-vendor',
    'vendor-answered',
    'set-call',
    'set-call',
    'offer-call',
    'cancel-call',
    'end-call',
    'call-seen',
    'call-seen',
    'call-over',
    'decline-call',
    'count-call',
    'refuse-call',
    'call-option',
    'ask',
    'answer-question',
    'return-to-bot',
    'solve',
    'timer',
    'timer',
    'old-timer',
  ),
  agent: fc.constantFrom(...agents),
  behind: fc.constantFrom(0, 0, 0, 1, 2, 5),
  waitMs: fc.oneof(fc.constant(0), fc.nat(60_000), fc.nat(3 * 60 * 60_000), fc.nat(9 * 24 * 60 * 60_000)),
  action: fc.constantFrom<BotDecision['action']>(
    { kind: 'wait' },
    { kind: 'wait' },
    { kind: 'hand-over', reason: 'asked' },
    { kind: 'hand-over', reason: 'asked', call: 'customer' },
    { kind: 'resolve' },
    { kind: 'ask', text: 'which cable?' },
    { kind: 'ask', text: 'which cable?' },
  ),
  meaning: fc.constantFrom('yes', 'no', 'thanks', 'rating', 'call', null),
  lag: fc.constantFrom(0, 0, 1),
});

/** One conversation with its log, and everything old that a crashed or slow worker may still hold in its hands. */
class Story {
  readonly commits: Commit[] = [];
  readonly states: (Conversation | null)[] = [null];
  readonly turns: number[] = [];
  readonly deadlines: Deadline[] = [];
  now = 1_000_000;

  get state(): Conversation | null {
    return this.states.at(-1) ?? null;
  }

  /** As the log's writer does it: decide on what one has seen; when the sequence is taken, look again and decide again. */
  act(command: Command, behind: number): void {
    const seen = Math.max(0, this.commits.length - behind);
    for (const length of new Set([seen, this.commits.length])) {
      const before = this.states[length] ?? null;
      const decided = decide(before, command, rules, this.now);
      if ('refused' in decided || decided.events.length === 0) continue;
      if (length !== this.commits.length) continue;
      const { events } = decided;
      const commit: Commit = {
        conversation: 'c',
        seq: length + 1,
        at: this.now,
        by: { kind: 'clock' },
        key: null,
        events,
        effects: effectsOf(events),
      };
      const after = evolveCommit(before, commit);
      this.commits.push(commit);
      this.states.push(after);
      if (after?.stage.kind === 'bot' && after.stage.turn !== null)
        this.turns.push(after.stage.turn.throughSeq);
      const deadline = after === null ? null : deadlineOf(after.stage);
      if (deadline !== null) this.deadlines.push(deadline);
      return;
    }
  }

  command({ kind, agent, action, meaning, lag }: Step, index: number): Command | null {
    const throughSeq = this.turns.at(-1 - lag);
    switch (kind) {
      case 'receive':
        return {
          type: 'receive',
          message: {
            key: `k${index}`,
            externalId: `${index}`,
            address,
            gesture: { kind: 'message', content: { kind: 'text', text: `message ${index}` } },
          },
          meaning:
            meaning === 'rating' ? { kind: 'rating', stars: 4 } : meaning === null ? null : { kind: meaning },
          start: { ordinal: 1, number: 1, language: 'es' },
        };
      case 'choose':
        return {
          type: 'receive',
          message: {
            key: `k${index}`,
            externalId: `${index}`,
            address,
            gesture: {
              kind: 'message',
              content: { kind: 'choice', option: lag === 1 ? 'queue-leave' : 'queue-callback' },
            },
          },
          meaning: null,
          start: { ordinal: 1, number: 1, language: 'es' },
        };
      case 'call-option':
        return {
          type: 'receive',
          message: {
            key: `k${index}`,
            externalId: `${index}`,
            address,
            gesture: {
              kind: 'message',
              content: {
                kind: 'choice',
                option:
                  ['call', 'call-move', 'call-cancel', `call-at-${this.now + 7_200_000}`][index % 4] ?? '',
              },
            },
          },
          meaning: null,
          start: { ordinal: 1, number: 1, language: 'es' },
        };
      case 'bot-turn':
        return throughSeq === undefined
          ? null
          : {
              type: 'bot-turn',
              throughSeq,
              decision: {
                language: 'es',
                say: [{ text: 'hola', options: [], sources: [] }],
                action,
                memory: null,
                outcome: { kind: 'answered' },
                intake: null,
              },
            };
      case 'bot-failed':
        return throughSeq === undefined ? null : { type: 'bot-failed', throughSeq, reason: 'error' };
      case 'claim':
      case 'return-to-bot':
        return { type: kind, agent };
      case 'reply':
      case 'note':
        return { type: kind, agent, text: kind };
      case 'ask':
        return { type: 'ask', agent, tier: 2, text: 'note' };
      case 'answer-question':
        return {
          type: 'answer-question',
          agent,
          question: Math.max(1, (this.state?.asked ?? 0) - lag),
          answer: 'a',
        };
      case 'set-call': {
        const startsAt = lag === 1 ? null : this.now + 30 * 60_000 + index * 3_600_000;
        const links = (['agent', 'customer'] as const).map((who) => ({ who, invitation: who, url: who }));
        return {
          type: 'set-call',
          agent,
          setting: { startsAt, room: `${index}`, links, timeZone: 'America/Lima' },
        };
      }
      case 'offer-call':
        return {
          type: 'offer-call',
          agent,
          times: [this.now + 3_600_000],
          timeZone: 'Europe/Madrid',
          guessed: true,
          taken: lag === 1,
        };
      case 'cancel-call':
        return { type: 'cancel-call', agent };
      case 'end-call': {
        const report = { summary: 's', advice: 'a' };
        return { type: 'end-call', agent, report, followUpDays: lag === 1 ? 3 : null };
      }
      case 'call-seen': {
        const what = (['waiting', 'entered', 'entered', 'left'] as const)[index % 4] ?? 'entered';
        const who = (['agent', 'customer', null] as const)[(index + lag) % 3] ?? null;
        return { type: 'call-seen', who, what, checks: null };
      }
      case 'call-over':
      case 'refuse-call':
        return { type: kind };
      case 'decline-call':
        return { type: 'decline-call', wish: lag === 1 ? 'phone' : 'chat', why: 'wish' };
      case 'count-call':
        return { type: 'count-call', call: 'c.1', minutes: 3, left: 7 };
      case 'to-vendor':
        return { type: 'to-vendor', agent, reference: 'R', remindAt: this.now + 60_000 };
      case 'vendor-answered':
        return { type: 'vendor-answered', agent, answer: 'a' };
      case 'escalate':
        return { type: 'escalate', agent, reason: 'hard', tier: null };
      case 'solve':
        return {
          type: 'solve',
          agent,
          logbook: { understanding: 'u', plan: 'p', execution: 'e', results: 'r' },
        };
      default: {
        const deadline = kind === 'timer' ? this.deadlines.at(-1) : this.deadlines.at(-3);
        return deadline === undefined ? null : { type: 'timer', deadline };
      }
    }
  }
}

function play(steps: readonly Step[]): Story {
  const story = new Story();
  steps.forEach((one, index) => {
    story.now += one.waitMs;
    const command = story.command(one, index);
    if (command !== null) story.act(command, one.behind);
  });
  return story;
}

const runs = { numRuns: 1_500 };
const steps = fc.array(step, { minLength: 1, maxLength: 60 });

describe('random interleavings of customers, bot, agents, clocks and crashes', () => {
  test('every state has one owner and one next deadline', () => {
    fc.assert(
      fc.property(steps, (all) => {
        for (const state of play(all).states) if (state !== null) expect(faultsOfState(state)).toEqual([]);
      }),
      runs,
    );
  });

  test('the bot never speaks over a person and answers no message twice', () => {
    fc.assert(
      fc.property(steps, (all) => {
        expect(faultsOfLog(play(all).commits)).toEqual([]);
      }),
      runs,
    );
  });

  test('the log folds to the same state, whole or from any place', () => {
    fc.assert(
      fc.property(steps, fc.nat(60), (all, cut) => {
        const story = play(all);
        const at = Math.min(cut, story.commits.length);
        const rest = story.commits.slice(at);
        const folded = rest.reduce(evolveCommit, story.states[at] ?? null);
        const stored = JSON.parse(JSON.stringify(story.commits)) as Commit[];
        expect(folded).toEqual(story.state);
        expect(stored.reduce(evolveCommit, null)).toEqual(story.state);
      }),
      runs,
    );
  });

  test('every message of the customer is stored, whoever owns the conversation', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const story = play(all);
        const stored = story.commits.flatMap(({ events }) =>
          events.filter(({ type }) => type === 'customer-wrote'),
        );
        expect(stored).toHaveLength(
          all.filter(({ kind }) => ['receive', 'choose', 'call-option'].includes(kind)).length,
        );
      }),
      runs,
    );
  });

  test('a note is carried to nobody', () => {
    fc.assert(
      fc.property(steps, (all) => {
        for (const { events, effects } of play(all).commits) {
          for (const effect of effects) {
            if (effect.kind === 'send') expect(events[effect.event]?.type).toBe('said');
          }
          expect(events.some((event) => event.type === 'said' && event.text === 'note')).toBe(false);
        }
      }),
      runs,
    );
  });

  test('left alone, every conversation comes to an end or rings at the top of the ladder', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const story = play(all);
        for (let rings = 0; rings < 40; rings += 1) {
          const deadline = story.state === null ? null : deadlineOf(story.state.stage);
          if (deadline === null) return;
          const before = story.commits.length;
          story.now = Math.max(story.now, deadline.at);
          story.act({ type: 'timer', deadline }, 0);
          expect(story.commits.length, `a ${deadline.kind} deadline that does nothing`).toBe(before + 1);
        }
        expect(story.state?.stage).toMatchObject({ kind: 'queued', tier: 3 });
      }),
      { numRuns: 600 },
    );
  });
});
