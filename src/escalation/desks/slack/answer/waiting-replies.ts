import type { Clock } from '../../../../core/clock.ts';
import type { Agent } from '../../../../core/conversation.ts';
import type { Cursors } from '../../../../store/cursors.ts';
import type { SlackFile } from '../modals/modal-answer.ts';

/** How long an answer can be undone. */
export const undoMs = 10_000;
/** How long it is remembered afterwards what became of an answer, for repetitions and late presses. */
const rememberMs = 15 * 60_000;
/** How long somebody is given to send what they took to send. */
const sendingMs = 60_000;
const maxConflicts = 50;

/** An answer that can still be undone, or what became of it. */
export interface WaitingReply {
  /** The same however often Slack delivers what made it. */
  readonly id: string;
  readonly conversation: string;
  readonly agent: Agent;
  /** The agent's Slack id. */
  readonly user: string;
  readonly text: string;
  readonly files: readonly SlackFile[];
  /** Where the thread is. */
  readonly channel: string;
  readonly threadTs: string;
  /** The agent's own message in the thread, where that is what is sent. */
  readonly typedTs: string | null;
  /** The question of the bot's to a tier that it answers; left out: it answers the customer. */
  readonly question?: number;
  /** Epoch milliseconds. */
  readonly due: number;
  readonly state: 'waiting' | 'sending' | 'done' | 'undone';
}

/**
 * Answers in their ten seconds: stored before anybody is told of them, so that a crash neither loses nor doubles one.
 * Each is sent under a key of its own, which makes sending it again harmless. All of them are one value, replaced only
 * where nobody replaced it meanwhile.
 */
export function createWaitingReplies(cursors: Cursors, clock: Clock) {
  const name = 'slack-desk/replies';

  async function change<T>(
    decide: (replies: readonly WaitingReply[]) => { replies: readonly WaitingReply[] | null; result: T },
  ): Promise<T> {
    for (let conflicts = 0; conflicts < maxConflicts; conflicts += 1) {
      const before = await cursors.get(name);
      const all = before === null ? [] : (JSON.parse(before) as WaitingReply[]);
      const kept = all.filter(({ state, due }) => isOpen(state) || due + rememberMs > clock.now());
      const { replies, result } = decide(kept);
      if (replies === null || (await cursors.replace(name, before, JSON.stringify(replies)))) return result;
    }
    throw new Error('too many answers at once');
  }

  /** Changes one answer where it stands as it must. */
  const move = (id: string, from: readonly WaitingReply['state'][], to: Partial<WaitingReply>) =>
    change<WaitingReply | null>((replies) => {
      const found = replies.find((one) => one.id === id && from.includes(one.state));
      if (found === undefined) return { replies: null, result: null };
      // What was written stays no longer than it is needed.
      const moved = { ...found, ...to };
      const next = isOpen(moved.state) ? moved : { ...moved, text: '', files: [] };
      return { replies: replies.map((one) => (one.id === id ? next : one)), result: found };
    });

  return {
    /** Stores an answer to be sent in ten seconds. @returns false when it is known already */
    add: (reply: Omit<WaitingReply, 'due' | 'state'>) =>
      change((replies) => {
        if (replies.some(({ id }) => id === reply.id)) return { replies: null, result: null };
        const added: WaitingReply = { ...reply, due: clock.now() + undoMs, state: 'waiting' };
        return { replies: [...replies, added], result: added };
      }),
    /** Takes an answer to send it; null when it was undone or somebody else sends it. */
    take: (id: string) => move(id, ['waiting'], { state: 'sending', due: clock.now() }),
    /** It was sent, or will never be. */
    finish: (id: string) => move(id, ['sending'], { state: 'done' }),
    /** Undoes an answer. @returns it as it was; null when it is too late or unknown */
    undo: (id: string) => move(id, ['waiting'], { state: 'undone' }),
    /** Takes what should have been sent and was not: whoever was to do it has crashed. */
    async takeOverdue(): Promise<readonly WaitingReply[]> {
      const now = clock.now();
      return change((replies) => {
        const overdue = replies.filter(
          ({ state, due }) =>
            (state === 'waiting' && due <= now) || (state === 'sending' && due + sendingMs <= now),
        );
        if (overdue.length === 0) return { replies: null, result: overdue };
        const taken = replies.map((one) =>
          overdue.includes(one) ? { ...one, state: 'sending' as const, due: now } : one,
        );
        return { replies: taken, result: overdue };
      });
    },
    /** The answers that can still be undone. */
    async waiting(): Promise<readonly WaitingReply[]> {
      return change((replies) => ({
        replies: null,
        result: replies.filter(({ state }) => state === 'waiting'),
      }));
    },
  };
}

/** Answers in their ten seconds. */
export type WaitingReplies = ReturnType<typeof createWaitingReplies>;

function isOpen(state: WaitingReply['state']): boolean {
  return state === 'waiting' || state === 'sending';
}
