import { ApiError } from '../live/api-error.ts';
import type { LiveStream, LiveStreamDeps, StreamEvent } from '../live/live-stream.ts';
import type { FileRef, Message, Option } from '../live/message.ts';
import type { Request } from '../live/request.ts';
import type { SendQueue, SendQueueDeps, Shelf } from '../live/send-queue.ts';
import type { Upload, Uploads, UploadsDeps } from '../live/uploads.ts';

/** Where the conversation stands, as the customer is told. */
export interface Status {
  readonly stage: 'bot' | 'queued' | 'claimed' | 'solved' | 'closed';
  readonly tier?: number;
  readonly agent?: string;
  readonly number?: number;
}

/** How far one of the customer's messages has come. */
export type Delivery = 'sending' | 'stored' | 'answered' | 'refused';

/** A message as the page shows it. */
export interface ChatMessage extends Message {
  /** Only on the customer's own. */
  readonly delivery?: Delivery;
  /** Why it was refused. */
  readonly fault?: ApiError;
}

/** Everything the page shows. */
export interface ChatState {
  readonly messages: readonly ChatMessage[];
  /** False until the history is there. */
  readonly loaded: boolean;
  readonly status: Status | null;
  readonly typing: 'bot' | 'agent' | null;
  /** `lost`: the server, or its database, does not answer. */
  readonly connection: 'connecting' | 'open' | 'lost';
}

/** What the customer says: words, a file with or without words, or a choice. */
export interface Outgoing {
  readonly text?: string;
  readonly file?: FileRef;
  readonly option?: string;
  /** What the chosen option says, to show it before the server does. */
  readonly label?: string;
  readonly language: string;
}

/** The customer's side of one conversation. */
export interface Chat {
  state(): ChatState;
  subscribe(changed: () => void): () => void;
  /** Sends words and what was uploaded: each file is a message, and the words go with the first. */
  say(text: string, language: string): void;
  /** The files that go with the next message. */
  readonly uploads: Uploads;
  choose(option: Option, language: string): void;
  retry(id: string): void;
  /** Takes back a message that was refused. */
  discard(id: string): void;
  /** Tells the other side that the customer is writing; at most every three seconds. */
  typing(): void;
  /** Tries everything again at once. */
  wake(): void;
  stop(): void;
}

/** What a chat is built from. */
export interface ChatDeps {
  readonly request: Request;
  readonly open: (address: () => string, names: readonly string[]) => LiveStreamDeps['open'];
  readonly shelf: Shelf;
  readonly createSendQueue: (deps: SendQueueDeps<Outgoing>) => SendQueue<Outgoing>;
  readonly createLiveStream: (deps: LiveStreamDeps) => LiveStream;
  readonly upload: Upload;
  readonly createUploads: (deps: UploadsDeps) => Uploads;
  readonly newId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly language: () => string;
  /** The device's time zone, in which appointments are told; absent: not known. */
  readonly timeZone?: () => string;
}

interface History {
  readonly messages: readonly Message[];
  readonly cursor: string;
}

const typingShownMs = 8000;
const typingSentMs = 3000;

/**
 * Keeps a conversation: what the server told, joined with what is still on its way. A message is shown once
 * whatever comes first, its answer to the POST or its copy in the stream, because both carry the page's id.
 */
export function createChat(deps: ChatDeps): Chat {
  const told = new Map<string, Message>();
  const listeners = new Set<() => void>();
  let cursor: string | null = null;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let typingSentAt = 0;
  let streamState: ChatState['connection'] = 'connecting';
  let state: ChatState = {
    messages: [],
    loaded: false,
    status: null,
    typing: null,
    connection: 'connecting',
  };

  const update = (patch: Partial<ChatState> = {}) => {
    const waiting = queue.items().some((item) => item.fault !== null && item.state === 'sending');
    const connection = streamState === 'open' && waiting ? 'lost' : streamState;
    state = { ...state, ...patch, connection, messages: merge([...told.values()], queue.items()) };
    for (const changed of listeners) changed();
  };

  let ready: Promise<unknown> | null = null;
  /** Nothing can be sent or read before the page has its visitor's cookie. */
  const session = () => {
    ready ??= deps.request('POST', '/api/chat/session', { language: deps.language() }).catch((cause) => {
      ready = null;
      throw cause;
    });
    return ready;
  };

  const queue = deps.createSendQueue({
    name: 'chat',
    shelf: deps.shelf,
    now: deps.now,
    random: deps.random,
    async send(id, { label: _label, file, ...body }) {
      await session();
      try {
        const zone = deps.timeZone?.();
        const files = file === undefined ? {} : { file: file.id };
        const where = zone === undefined ? {} : { timeZone: zone };
        await deps.request('POST', '/api/chat/messages', { id, ...body, ...files, ...where });
      } catch (cause) {
        // The cookie is gone: the next attempt asks for one first.
        ready = null;
        throw cause;
      }
    },
  });
  queue.subscribe(() => update());

  const uploads = deps.createUploads({
    newId: deps.newId,
    async upload(file, watch) {
      await session();
      return deps.upload('/api/chat/files', file, watch);
    },
  });

  const stream = deps.createLiveStream({
    random: deps.random,
    open: deps.open(
      () => `/api/chat/stream${cursor === null ? '' : `?after=${encodeURIComponent(cursor)}`}`,
      ['message', 'typing', 'status'],
    ),
    async prepare() {
      ready = null;
      await session();
      const history = await read();
      cursor = history.cursor;
      for (const message of history.messages) tell(message);
      update({ loaded: true });
    },
    onEvent,
    onState(next) {
      streamState = next;
      if (next === 'open') queue.wake();
      update(next === 'lost' ? { typing: null } : {});
    },
  });

  /** What came since the cursor; everything, when there is none or it is no longer understood. */
  async function read(): Promise<History> {
    const all = '/api/chat/messages';
    if (cursor === null) return deps.request<History>('GET', all);
    try {
      return await deps.request<History>('GET', `${all}?after=${encodeURIComponent(cursor)}`);
    } catch (cause) {
      if (!(cause instanceof ApiError) || cause.code !== 'invalid_cursor') throw cause;
      return deps.request<History>('GET', all);
    }
  }

  function tell(message: Message): void {
    told.set(message.id, message);
    queue.drop(message.id);
  }

  function onEvent({ name, data, id }: StreamEvent): void {
    if (name === 'message') {
      const message = data as Message;
      if (id !== '') cursor = id;
      tell(message);
      const quiet = message.from === 'customer' ? {} : { typing: null };
      update(quiet);
    } else if (name === 'typing') {
      clearTimeout(typingTimer);
      typingTimer = setTimeout(() => update({ typing: null }), typingShownMs);
      update({ typing: (data as { from: 'bot' | 'agent' }).from });
    } else if (name === 'status') {
      update({ status: data as Status });
    }
  }

  return {
    state: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    uploads,
    say(text, language) {
      const [first, ...others] = uploads.take();
      const words = text === '' ? {} : { text };
      if (first !== undefined || text !== '') {
        queue.add(deps.newId(), { ...words, ...(first === undefined ? {} : { file: first }), language });
      }
      for (const file of others) queue.add(deps.newId(), { file, language });
    },
    choose(option, language) {
      queue.add(deps.newId(), { option: option.id, label: option.label, language });
    },
    retry: queue.retry,
    discard: queue.drop,
    typing() {
      if (deps.now() - typingSentAt < typingSentMs || streamState !== 'open') return;
      typingSentAt = deps.now();
      deps.request('POST', '/api/chat/typing', {}).catch(() => undefined);
    },
    wake() {
      stream.wake();
      queue.wake();
    },
    stop() {
      stream.stop();
      queue.stop();
      clearTimeout(typingTimer);
      listeners.clear();
    },
  };
}

function merge(told: readonly Message[], items: ReturnType<SendQueue<Outgoing>['items']>): ChatMessage[] {
  const lastAnswer = told.findLastIndex((message) => message.from !== 'customer');
  const stored = told.map((message, index): ChatMessage => {
    if (message.from !== 'customer') return message;
    return { ...message, delivery: index < lastAnswer ? 'answered' : 'stored' };
  });
  const underway = items.map((item): ChatMessage => {
    const message = {
      id: item.id,
      from: 'customer' as const,
      text: item.body.text ?? item.body.label ?? '',
      ...(item.body.file === undefined ? {} : { file: item.body.file }),
      at: new Date(item.at).toISOString(),
      delivery: item.state,
    };
    return item.state === 'refused' && item.fault !== null ? { ...message, fault: item.fault } : message;
  });
  return [...stored, ...underway];
}
