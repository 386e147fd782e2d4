import type { Logger } from 'pino';
import type { ChatPage, ChatStatus, WebChat } from '../../channels/webchat/index.ts';
import { visitorOf } from '../access.ts';
import type { EventStream, EventStreams } from '../event-stream.ts';
import { HttpProblem } from '../problem.ts';
import { chatAfter, chatMessageJson } from '../schemas/chat.ts';
import { eventStream } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

/** What a stream needs of the web chat. */
export type ChatFeed = Pick<WebChat, 'history' | 'chatStatus' | 'subscribe'>;

/** What the stream of a chat is made of. */
export interface ChatStreamDeps {
  readonly chat: ChatFeed;
  readonly streams: EventStreams;
  readonly log: Logger;
}

const afterFailureMs = 2_000;

/** A visitor's messages as they come. A hint only says "look": what is sent is always read from the log. */
export function chatStreamRoute(app: WebApp, { chat, streams, log }: ChatStreamDeps): void {
  app.get('/api/chat/stream', {
    config: { allow: 'visitor' },
    exposeHeadRoute: false,
    schema: {
      tags: ['chat'],
      summary: 'Messages, typing and status as server-sent events',
      description:
        'Events: `message` (a message, with the cursor after it as id), `typing` and `status`. Resumes after `Last-Event-ID`, or `after`.',
      querystring: chatAfter,
      response: eventStream,
    },
    handler: async (request, reply) => {
      const secret = visitorOf(request);
      const after = lastEventId(request.headers['last-event-id']) ?? request.query.after ?? null;
      const follower = createFollower({ chat, secret, log });
      const unsubscribe = chat.subscribe(secret, follower.hint);
      try {
        // Read before the headers go out: a wrong cursor or a database that is away is a problem, not a stream.
        const page = await chat.history(secret, after);
        const status = await chat.chatStatus(secret, page.moved ? page.end : undefined);
        const stream = streams.open(reply, { look: () => follower.hint('changed'), closed: unsubscribe });
        follower.start(stream, page, status);
      } catch (error) {
        unsubscribe();
        throw error;
      }
      return reply;
    },
  });
}

/** Keeps one stream up with its visitor's log: one read at a time, and another when a hint came meanwhile. */
function createFollower({ chat, secret, log }: { chat: ChatFeed; secret: string; log: Logger }) {
  let stream: EventStream | null = null;
  let cursor = '';
  let home: string | null = null;
  let stage: ChatStatus['stage'] | null = null;
  let shown = '';
  let behind = false;
  let reading = false;

  async function show(to: EventStream, page: ChatPage): Promise<void> {
    for (const { message, cursor: id } of page.messages) {
      to.send({ event: 'message', data: chatMessageJson(message), id });
      if (!to.keepsUp) await to.drained();
    }
    cursor = page.cursor;
    home = page.home;
  }

  function showStatus(to: EventStream, status: ChatStatus | null): void {
    const text = JSON.stringify(status);
    if (status === null || text === shown) return;
    shown = text;
    stage = status.stage;
    to.send({ event: 'status', data: status });
  }

  async function catchUp(to: EventStream): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      while (behind && to.open) {
        behind = false;
        let page = await chat.history(secret, cursor);
        if (page.home !== home) page = await chat.history(secret, null);
        await show(to, page);
        if (page.moved) showStatus(to, await chat.chatStatus(secret, page.end));
        behind ||= page.more;
      }
    } catch (error) {
      log.warn({ err: error }, 'a chat stream could not read; it tries again');
      behind = true;
      setTimeout(() => void catchUp(to), afterFailureMs).unref();
    } finally {
      reading = false;
    }
  }

  return {
    hint(kind: 'changed' | 'bot-typing' | 'agent-typing'): void {
      if (kind === 'changed') {
        behind = true;
        if (stream !== null) void catchUp(stream);
        return;
      }
      if (stream === null || !stream.keepsUp) return;
      const from = kind === 'agent-typing' ? 'agent' : 'bot';
      if (from === 'agent' || stage === null || stage === 'bot')
        stream.send({ event: 'typing', data: { from } });
    },
    start(to: EventStream, page: ChatPage, status: ChatStatus | null): void {
      reading = true;
      void show(to, page).then(() => {
        showStatus(to, status);
        reading = false;
        stream = to;
        behind ||= page.more;
        return catchUp(to);
      });
    },
  };
}

function lastEventId(header: string | string[] | undefined): string | null {
  if (header === undefined || header === '') return null;
  if (typeof header !== 'string')
    throw new HttpProblem(400, 'invalid_cursor', 'There are two Last-Event-IDs.');
  return header;
}
