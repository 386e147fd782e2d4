import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in. */
export interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  /** The body as it came. */
  readonly text: string;
}

/** What the server does with a request. */
export type Behaviour = (request: Received, response: ServerResponse) => void | Promise<void>;

/** A server that speaks the OpenAI protocol, and misbehaves as told. */
export interface ModelServer {
  readonly url: string;
  readonly received: Received[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function startModelServer(): Promise<ModelServer> {
  let behaviour: Behaviour = (_, response) => void response.writeHead(500).end();
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const text = await readAll(request);
    const one = { path: request.url ?? '', authorization: request.headers.authorization, text };
    received.push(one);
    // Whoever asked may hang up at any moment: that is what is tested.
    response.on('error', () => undefined);
    await behaviour(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    received,
    behave(next) {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** Answers with JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Behaviour {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** Answers a chat as a model would: with words, made from the material it was given. */
export function says(
  words: string | ((material: Record<string, string>) => string),
  finish = 'stop',
): Behaviour {
  return (request, response) => {
    const { messages } = JSON.parse(request.text) as { messages: { role: string; content: string }[] };
    const content = typeof words === 'string' ? words : words(JSON.parse(messages.at(-1)?.content ?? '{}'));
    return json({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }] })(
      request,
      response,
    );
  };
}

/** Answers embeddings by a function of the text. */
export function embeds(vectorOf: (text: string) => readonly number[]): Behaviour {
  return (request, response) => {
    const { input } = JSON.parse(request.text) as { input: string[] };
    const data = input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) }));
    return json({ object: 'list', data })(request, response);
  };
}

/** What endpoints do when they are not well. Each has a name for the tests. */
export const ailments: readonly (readonly [string, Behaviour])[] = [
  ['a 500', json({ error: { message: 'boom' } }, 500)],
  ['a 429', json({ error: { message: 'slow down' } }, 429, { 'retry-after': '7' })],
  ['a 401', json({ error: { message: 'who are you' } }, 401)],
  ['a redirect', (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
  ['no JSON', (_, response) => void response.writeHead(200).end('<html>Welcome to nginx!</html>')],
  ['half a JSON', (_, response) => void response.writeHead(200).end('{"choices":[{"mess')],
  ['nothing', (_, response) => void response.writeHead(200).end()],
  ['JSON of another kind', json({ hello: 'world' })],
  ['null', json(null)],
  ['a hang-up', (_, response) => void response.destroy()],
  [
    'a hang-up half way',
    (_, response) => {
      response.writeHead(200, { 'content-length': '5000' }).write('{"choices":');
      setTimeout(() => response.destroy(), 20);
    },
  ],
  ['silence', () => undefined],
  [
    'a slow trickle',
    (_, response) => {
      response.writeHead(200).write('{');
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
  ],
  [
    '50 MB',
    async (_, response) => {
      response.writeHead(200).write('{"choices":[{"message":{"content":"');
      const megabyte = 'a'.repeat(1_000_000);
      for (let sent = 0; sent < 50 && !response.destroyed; sent += 1) {
        if (!response.write(megabyte))
          await new Promise<void>((resolve) => {
            response.once('drain', resolve);
            response.once('close', resolve);
          });
      }
      response.end('"}}]}');
    },
  ],
  [
    'a body without end',
    (_, response) => {
      response.writeHead(200).write('{"choices":[{"message":{"content":"');
      const more = (): void => {
        while (!response.destroyed && response.write('a'.repeat(64_000)));
      };
      response.on('drain', more);
      more();
    },
  ],
];
