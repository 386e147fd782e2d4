import { createHash } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { Work } from './queue.ts';

/** What of the store's hints this needs: they reach every process within milliseconds, and may get lost. */
export interface Hints {
  publish(topic: string): void;
  /** @returns ends the subscription */
  subscribe(listener: (topic: string) => void): () => void;
}

/** What it is made of. */
export interface WorkersDeps {
  readonly hints: Hints;
  /** This process's own name, of letters, digits, underscores and hyphens. */
  readonly self: string;
  readonly clock: Clock;
}

/** The processes of an installation that work, as the others know them. */
export interface Workers {
  /**
   * Tells one of them what is to be done, always the same one of a conversation as long as it is there.
   * @returns whether there is one; what it is told may get lost all the same, and is left to the sweeper then
   */
  tell(work: Work): boolean;
  /** Says from now on that this process works, and takes what it is told. */
  join(take: (work: Work) => void): void;
  /** Says that it takes nothing more. What is under way to it is still taken. */
  leave(): void;
  /** Ends all of it. Twice is fine. */
  stop(): void;
}

const everyMs = 1_000;
/** Three times unheard, and a little. */
const silentMs = 3_500;

const aliveTopic = /^worker\/(here|gone)\/([\w-]+)$/u;
const callTopic = /^call\/([\w-]+)\/(turn|deliver|deadline|offer|fetch)\/(\d+)\/(.+)$/su;

/** Makes what tells workers, which says for each process by hints that it is there. */
export function createWorkers({ hints, self, clock }: WorkersDeps): Workers {
  const heardAt = new Map<string, number>();
  let take: ((work: Work) => void) | null = null;
  let saying: NodeJS.Timeout | undefined;

  const unhear = hints.subscribe((topic) => {
    const [, state, id = ''] = aliveTopic.exec(topic) ?? [];
    if (state === 'here') heardAt.set(id, clock.now());
    if (state === 'gone') heardAt.delete(id);
    const [, called, kind, seq, conversation = ''] = callTopic.exec(topic) ?? [];
    if (called === self) take?.({ kind: kind as Work['kind'], conversation, seq: Number(seq) });
  });

  function leave(): void {
    if (saying === undefined) return;
    clearInterval(saying);
    saying = undefined;
    hints.publish(`worker/gone/${self}`);
  }

  /** Of those that were heard lately, who is highest by a number of their own for this conversation. */
  function choose(conversation: string): string | null {
    const since = clock.now() - silentMs;
    let best: { id: string; rank: string } | null = null;
    for (const [id, at] of heardAt) {
      if (at < since) {
        heardAt.delete(id);
        continue;
      }
      const rank = createHash('sha1').update(`${id} ${conversation}`).digest('hex');
      if (best === null || rank > best.rank) best = { id, rank };
    }
    return best?.id ?? null;
  }

  return {
    tell({ kind, conversation, seq }) {
      const id = choose(conversation);
      if (id === null) return false;
      hints.publish(`call/${id}/${kind}/${seq}/${conversation}`);
      return true;
    },
    join(given) {
      take = given;
      const say = () => hints.publish(`worker/here/${self}`);
      saying ??= setInterval(say, everyMs).unref();
      say();
    },
    leave,
    stop() {
      leave();
      unhear();
    },
  };
}
