import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import PQueue from 'p-queue';
import { answeredIn, answerTo, tokensIn } from './tokens.ts';

/** Agents who take every case and answer every message that has a token, once. */
export interface Agents {
  /** What was answered and acknowledged to an agent. */
  readonly answered: ReadonlySet<string>;
  stop(): Promise<void>;
}

interface ListedCase {
  readonly id: string;
  readonly number: number;
  readonly version: number;
}

/** How long an agent looks elsewhere; their looking costs the installation about as much as customers do. */
const roundMs = 500;

/** How many cases an agent works on at once. */
const atOnce = 4;

/** Lets them work until told to stop. @param url where Relevo answers @param tokens of the API, one an agent */
export function startAgents(url: string, tokens: readonly string[]): Agents {
  const answered = new Set<string>();
  let over = false;

  async function work(token: string): Promise<void> {
    const seen = new Map<string, number>();
    const places = new PQueue({ concurrency: atOnce });
    const headers = { authorization: `Bearer ${token}` };

    async function get<T>(path: string): Promise<T> {
      const response = await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return (await response.json()) as T;
    }

    /** @returns whether it is done */
    async function act(number: number, action: string, body: object): Promise<boolean> {
      const response = await fetch(`${url}/api/cases/${number}/${action}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      await response.arrayBuffer();
      return response.ok;
    }

    async function answer({ id, number, version }: ListedCase): Promise<void> {
      const { messages } = await get<{ messages: { from: string; text: string }[] }>(`/api/cases/${number}`);
      // Whoever had the case before may have answered without learning that it was taken.
      for (const { from, text } of messages)
        if (from === 'agent') for (const token of answeredIn(text)) answered.add(token);
      for (const message of messages) {
        for (const token of message.from === 'customer' ? tokensIn(message.text) : []) {
          if (answered.has(token)) continue;
          // The same id however often it is tried: nobody knows whether a request that broke was done.
          const reply = { id: uuidOf(token), text: answerTo(token) };
          if (!(await act(number, 'reply', reply))) return;
          answered.add(token);
        }
      }
      seen.set(id, version);
    }

    /** What broke is looked at again in the next round. */
    async function each(
      cases: readonly ListedCase[],
      todo: (one: ListedCase) => Promise<unknown>,
    ): Promise<void> {
      await Promise.all(cases.map((one) => places.add(() => todo(one).catch(() => undefined))));
    }

    while (!over) {
      const queue = await get<{ cases: ListedCase[] }>('/api/cases?view=queue&limit=50').catch(() => null);
      await each(queue?.cases ?? [], ({ number }) => act(number, 'claim', {}));
      const mine = await get<{ cases: ListedCase[] }>('/api/cases?view=mine&limit=200').catch(() => null);
      const changed = (mine?.cases ?? []).filter(({ id, version }) => seen.get(id) !== version);
      await each(changed, answer);
      await pause(roundMs);
    }
  }

  const working = tokens.map(work);
  return {
    answered,
    async stop() {
      over = true;
      await Promise.all(working);
    },
  };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
