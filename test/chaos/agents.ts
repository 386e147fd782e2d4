import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { tokensIn } from './tokens.ts';

/** An agent who takes every case and answers every message that has a token, once. */
export interface Agents {
  /** What was answered and acknowledged to the agent. */
  readonly answered: ReadonlySet<string>;
  stop(): Promise<void>;
}

interface ListedCase {
  readonly id: string;
  readonly number: number;
  readonly version: number;
}

/** Starts one who works until told to stop. @param url where Relevo answers @param token of the API */
export function startAgents(url: string, token: string): Agents {
  const answered = new Set<string>();
  const seen = new Map<string, number>();
  let over = false;

  async function get<T>(path: string): Promise<T> {
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  }

  /** @returns whether it is done, or will never be */
  async function act(number: number, action: string, body: object): Promise<boolean> {
    const response = await fetch(`${url}/api/cases/${number}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.ok;
  }

  async function answer({ id, number, version }: ListedCase): Promise<void> {
    if (seen.get(id) === version) return;
    const { messages } = await get<{ messages: { from: string; text: string }[] }>(`/api/cases/${number}`);
    for (const message of messages) {
      for (const token of message.from === 'customer' ? tokensIn(message.text) : []) {
        if (answered.has(token)) continue;
        // The same id however often it is tried: nobody knows whether a request that broke was done.
        const reply = { id: uuidOf(token), text: `Respuesta a #${token}#` };
        if (!(await act(number, 'reply', reply))) return;
        answered.add(token);
      }
    }
    seen.set(id, version);
  }

  async function round(): Promise<void> {
    const queue = await get<{ cases: ListedCase[] }>('/api/cases?view=queue&limit=200');
    for (const { number } of queue.cases) await act(number, 'claim', {});
    const mine = await get<{ cases: ListedCase[] }>('/api/cases?view=mine&limit=200');
    for (const one of mine.cases) await answer(one);
  }

  async function work(): Promise<void> {
    while (!over) {
      // What broke is looked at again in the next round.
      await round().catch(() => undefined);
      await pause(100);
    }
  }

  const working = work();
  return {
    answered,
    async stop() {
      over = true;
      await working;
    },
  };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
