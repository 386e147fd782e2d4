import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** A message as the web chat shows it. */
export interface Shown {
  readonly id: string;
  readonly from: 'customer' | 'bot' | 'agent' | 'system';
  readonly text: string;
  readonly options?: readonly { readonly id: string; readonly label: string }[];
  readonly sources?: readonly { readonly article: string; readonly title: string }[];
  readonly at: string;
}

/** A customer of the web chat who uses the interface that others may script. */
export interface Visitor {
  /** Sends words; again with the same id until they are accepted. */
  says(text: string): Promise<string>;
  /** Presses a button. */
  presses(option: string): Promise<string>;
  /** The whole history. */
  history(): Promise<readonly Shown[]>;
  /** Waits for a message from somebody that comes after all that had been seen when it was called last. */
  hears(from: Shown['from'], what?: (message: Shown) => boolean): Promise<Shown>;
}

const patienceMs = 40_000;

/** @param url where Relevo answers now; asked each time, as it changes with a restart */
export function createVisitor(url: () => string): Visitor {
  const secret = randomUUID() + randomUUID();
  const headers = { 'X-Relevo-Visitor': secret, 'Content-Type': 'application/json' };
  const heard = new Set<string>();

  async function post(body: object): Promise<string> {
    const id = randomUUID();
    const until = Date.now() + patienceMs;
    for (;;) {
      const response = await fetch(`${url()}/api/chat/messages`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ id, ...body }),
      }).catch((error: unknown) => error as Error);
      if (response instanceof Response && response.status === 202) return id;
      const why =
        response instanceof Response ? `${response.status} ${await response.text()}` : response.message;
      if (Date.now() > until) throw new Error(`the message was never accepted: ${why}`);
      await pause(200);
    }
  }

  async function history(): Promise<readonly Shown[]> {
    const response = await fetch(`${url()}/api/chat/messages`, { headers });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return ((await response.json()) as { messages: Shown[] }).messages;
  }

  return {
    says: (text) => post({ text }),
    presses: (option) => post({ option }),
    history,
    async hears(from, what = () => true) {
      const until = Date.now() + patienceMs;
      for (;;) {
        const messages = await history();
        const found = messages.find(
          (message) => message.from === from && !heard.has(message.id) && what(message),
        );
        if (found !== undefined) {
          for (const { id } of messages.slice(0, messages.indexOf(found) + 1)) heard.add(id);
          return found;
        }
        if (Date.now() > until)
          throw new Error(`no ${from} spoke: ${JSON.stringify(messages.slice(-6), null, 1)}`);
        await pause(50);
      }
    },
  };
}
