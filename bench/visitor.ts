import { randomBytes, randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { openLine } from './line.ts';

/** How a question ended, as the visitor's stream showed it. */
export interface Answer {
  /** From the POST to the first words of somebody else than the customer. */
  readonly tookMs: number;
  /** From the POST to its 202. */
  readonly acceptedMs: number;
  /** Articles the answer names; none when it was no answer. */
  readonly articles: readonly string[];
}

/** A customer with the page open: one stream of events, and one connection to post on. */
export interface BenchVisitor {
  /** @throws Error when the message is not accepted, or nobody answers in time */
  asks(text: string): Promise<Answer>;
  close(): void;
}

interface Shown {
  readonly from: string;
  readonly sources?: readonly { readonly article: string }[];
}

const patienceMs = 60_000;

/** Opens a new customer's page. */
export async function openVisitor(url: string): Promise<BenchVisitor> {
  const headers = { 'X-Relevo-Visitor': randomBytes(24).toString('base64url') };
  let answered: (message: Shown) => void = () => undefined;
  const [line, stream] = await Promise.all([
    openLine(url),
    openStream(`${url}/api/chat/stream`, headers, (message) => {
      if (message.from !== 'customer') answered(message);
    }),
  ]);
  return {
    async asks(text) {
      const answer = new Promise<{ message: Shown; at: number }>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`nobody answered: ${text}`)), patienceMs);
        answered = (message) => {
          clearTimeout(late);
          resolve({ message, at: performance.now() });
        };
      });
      const body = JSON.stringify({ id: randomUUID(), text });
      const began = performance.now();
      const status = await line.post('/api/chat/messages', headers, body);
      const acceptedMs = performance.now() - began;
      if (status !== 202) throw new Error(`the message was answered with ${status}`);
      const { message, at } = await answer;
      const articles = (message.sources ?? []).map(({ article }) => article);
      return { tookMs: at - began, acceptedMs, articles };
    },
    close() {
      line.close();
      stream.destroy();
    },
  };
}

function openStream(
  url: string,
  headers: Readonly<Record<string, string>>,
  hear: (message: Shown) => void,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        reject(new Error(`the stream was answered with ${response.statusCode}`));
        return;
      }
      response.setEncoding('utf8');
      let rest = '';
      response.on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^event: message\ndata: (.*)/u.exec(block)?.[1];
          if (data !== undefined) hear(JSON.parse(data) as Shown);
        }
      });
      response.on('error', () => undefined);
      resolve(response);
    });
    request.on('error', reject);
  });
}
