import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import PQueue from 'p-queue';
import { type Crowd, insist, type Taken } from './crowd.ts';

interface History {
  readonly messages: readonly { readonly from: string; readonly id: string; readonly text: string }[];
  readonly cursor: string;
}

const maxTries = 20;
const againMs = 500;

/** Visitors of the web chat: their page reads the log itself, so what it shows is what stands there. */
export function openWebchat(): Crowd {
  const secrets = new Map<string, string>();
  let relevo = '';
  let over = false;
  const secretOf = (customer: string): string => {
    const secret = secrets.get(customer) ?? randomUUID() + randomUUID();
    secrets.set(customer, secret);
    return secret;
  };

  async function read(secret: string, after: string): Promise<History> {
    const response = await fetch(`${relevo}/api/chat/messages?after=${after}`, {
      headers: { 'x-relevo-visitor': secret },
    });
    if (!response.ok) throw new Error(`the chat's history: ${response.status} ${await response.text()}`);
    return (await response.json()) as History;
  }

  async function readAll(customer: string, secret: string): Promise<readonly Taken[]> {
    const all: Taken[] = [];
    for (let after = '0.0'; ; ) {
      const { messages, cursor } = await insisted(() => read(secret, after));
      for (const { from, id, text } of messages)
        if (from !== 'customer') all.push({ customer, id, text, at: null });
      if (cursor === after) return all;
      after = cursor;
    }
  }

  /** A page asks again when its process is gone. */
  async function insisted(ask: () => Promise<History>): Promise<History> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        if (tries === maxTries) throw error;
        await pause(againMs);
      }
    }
  }

  return {
    channel: 'webchat',
    askable: true,
    names: false,
    variables: {},
    connect(url) {
      relevo = url;
    },
    writes(customer, text) {
      const id = randomUUID();
      const send = async () => {
        const response = await fetch(`${relevo}/api/chat/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-relevo-visitor': secretOf(customer) },
          body: JSON.stringify({ id, text }),
          signal: AbortSignal.timeout(10_000),
        });
        await response.arrayBuffer();
        return response.ok;
      };
      return insist(send, () => over);
    },
    heard: () => null,
    reads: (customer) =>
      readAll(customer, secretOf(customer)).then(
        (all) => all.length,
        () => 0,
      ),
    async taken() {
      const places = new PQueue({ concurrency: 8 });
      const all = [...secrets].map(([customer, secret]) => places.add(() => readAll(customer, secret)));
      return (await Promise.all(all)).flat();
    },
    async stop() {
      over = true;
    },
  };
}
