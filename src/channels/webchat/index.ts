import type { Conversation } from '../../core/conversation.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Address, Content } from '../../core/message.ts';
import { addressKey } from '../../core/message.ts';
import type { Channel, Inlet, Receipt } from '../channel.ts';
import { unlimited } from '../send-limits.ts';
import { beginning, formatCursor, type HistoryPlace, parseCursor, readFrom } from './cursor.ts';
import type { ChatPost } from './parse.ts';
import { addressOf, channelName, choiceOf, fileOf, parsePost } from './parse.ts';
import type { ChatFile, HistoryEntry, PlacedMessage } from './render.ts';
import { labelOf, movesStatus, renderHistory } from './render.ts';
import { type ChatFiles, type ChatUpload, createVisitorFiles, type OpenChatFile } from './visitor-files.ts';

/** What the web chat reads of the conversations' logs. */
export interface ChatLog {
  newest(address: Address): Promise<{ readonly state: Conversation } | null>;
  history(address: Address, after: HistoryPlace | null, limit: number): Promise<HistoryEntry[]>;
  recent(address: Address, limit: number): Promise<HistoryEntry[]>;
}

/** Hints between processes: they say that something is new, never what. */
export interface ChatSignals {
  publish(topic: string): void;
  subscribe(listener: (topic: string) => void): () => void;
}

/** A piece of a visitor's history, oldest first. */
export interface ChatPage {
  readonly messages: readonly PlacedMessage[];
  /** The place after all that was read; it moves even when nothing in it is shown. */
  readonly cursor: string;
  /** Whether there was more to read than one page holds. */
  readonly more: boolean;
  /** Whether the status may have changed in what was read. */
  readonly moved: boolean;
}

/** Where a visitor's newest conversation stands. */
export interface ChatStatus {
  readonly stage: Conversation['stage']['kind'];
  readonly number: number;
  readonly tier?: number;
  /** The agent's name. */
  readonly agent?: string;
}

/** `changed`: there may be something new to read. The others: an answer is being written. */
export type ChatHint = 'changed' | 'bot-typing' | 'agent-typing';

const hints: Readonly<Record<string, ChatHint>> = {
  chat: 'changed',
  typing: 'bot-typing',
  'agent-typing': 'agent-typing',
};

/** The web chat as a web server serves it. A visitor is known by their secret alone. */
export interface WebChat {
  /**
   * Stores a message; resolves once it is durable. A resend with the same id changes nothing.
   * @throws RelevoError `no_such_media`: the file is not the visitor's
   */
  post(secret: string, post: ChatPost): Promise<Receipt>;
  /**
   * Keeps a file to be posted.
   * @throws RelevoError `media_too_large`
   */
  keepFile(upload: ChatUpload): Promise<ChatFile>;
  /** A file of the visitor's conversations, to be read; null when they have none of that id. */
  file(secret: string, id: string): Promise<OpenChatFile | null>;
  /**
   * @param after a cursor; null for the latest messages
   * @throws RelevoError `invalid_cursor`
   */
  history(secret: string, after: string | null): Promise<ChatPage>;
  /** Null while the visitor has never written. */
  chatStatus(secret: string): Promise<ChatStatus | null>;
  /** @returns ends the subscription */
  subscribe(secret: string, listener: (hint: ChatHint) => void): () => void;
  /** Shows whoever answers that the visitor is writing. */
  visitorTyping(secret: string): Promise<void>;
}

/** How much of a history is read at once: commits, and messages of a page without a cursor. */
const pageSize = 200;

/** The largest file that a page may send or is sent. */
const maxFileBytes = 25 * 1024 * 1024;

/** How far back an option's label is looked for, in commits. */
const labelDepth = 50;

/** The web chat: the channel whose messages stay in our own store, for pages to read. */
export function createWebChat(deps: {
  log: ChatLog;
  signals: ChatSignals;
  files: ChatFiles;
  /** Whose conversations an address's are, where it was joined to another of the same person. */
  ownerOf: (address: Address) => Promise<Address>;
}): Channel & WebChat {
  const { log, signals, ownerOf } = deps;
  const visitorFiles = createVisitorFiles(deps);
  const listeners = new Map<string, Set<(hint: ChatHint) => void>>();
  let inlet: Inlet | null = null;
  let unsubscribe: (() => void) | null = null;

  function tell(topic: string): void {
    const slash = topic.indexOf('/');
    const hint = hints[topic.slice(0, slash)];
    if (hint === undefined) return;
    for (const listener of listeners.get(topic.slice(slash + 1)) ?? []) listener(hint);
  }

  function hear(key: string, listener: (hint: ChatHint) => void): () => void {
    const mine = listeners.get(key) ?? new Set();
    listeners.set(key, mine.add(listener));
    return () => {
      mine.delete(listener);
      if (mine.size === 0 && listeners.get(key) === mine) listeners.delete(key);
    };
  }

  function open(): Inlet {
    if (inlet === null) throw new RelevoError('stopping', 'The web chat takes no messages now.');
    return inlet;
  }

  async function contentOf(address: Address, post: ChatPost): Promise<Content> {
    if ('file' in post) return fileOf(await visitorFiles.posted(address, post.file), post.text);
    if ('text' in post) return { kind: 'text', text: post.text };
    return choiceOf(post.option, labelOf(await log.recent(address, labelDepth), post.option));
  }

  /** Where a visitor's conversations are: at their own address, or at the one it was joined to. */
  const homeOf = (secret: string): Promise<Address> => ownerOf(addressOf(secret));

  /** Whether a page's place lies beyond all there is: it is one in the history before the visitor was joined to another. */
  async function isBeyond(address: Address, { ordinal, seq }: HistoryPlace): Promise<boolean> {
    const last = (await log.recent(address, 1)).at(-1);
    if (last === undefined) return false;
    return last.ordinal < ordinal || (last.ordinal === ordinal && last.commit.seq < seq);
  }

  async function latest(address: Address): Promise<ChatPage> {
    const entries = await log.recent(address, pageSize);
    const messages = renderHistory(entries).slice(-pageSize);
    return { messages, cursor: endOf(entries) ?? formatCursor(beginning), more: false, moved: true };
  }

  return {
    name: channelName,
    title: 'Web chat',
    can: {
      maxTextLength: 10_000,
      maxButtons: 10,
      maxButtonLength: 200,
      maxListRows: 0,
      maxListRowLength: 0,
      maxMediaBytes: {
        image: maxFileBytes,
        audio: maxFileBytes,
        voice: maxFileBytes,
        video: maxFileBytes,
        document: maxFileBytes,
        sticker: maxFileBytes,
      },
      typing: true,
      repeatable: true,
      reports: false,
      readsLog: true,
      handheld: false,
      pauseMs: 0,
      replyWindowMs: null,
      oneProcess: false,
    },
    limits: unlimited,

    async start(store) {
      inlet = store;
      unsubscribe ??= signals.subscribe(tell);
    },

    async send(message) {
      signals.publish(`chat/${addressKey(message.to)}`);
      return { externalId: message.name };
    },

    typing(user) {
      signals.publish(`typing/${addressKey(user)}`);
    },

    async stop() {
      inlet = null;
      unsubscribe?.();
      unsubscribe = null;
      listeners.clear();
    },

    async post(secret, post) {
      const store = open();
      const address = addressOf(secret);
      return store.receive(parsePost(address, post, await contentOf(await ownerOf(address), post)));
    },

    keepFile: async (upload) => visitorFiles.keep(open(), upload),

    file: async (secret, id) => visitorFiles.open(await homeOf(secret), id),

    async history(secret, after) {
      const address = await homeOf(secret);
      if (after === null) return latest(address);
      const cursor = parseCursor(after);
      const place = readFrom(cursor);
      const entries = await log.history(address, place, pageSize);
      const joined = addressKey(address) !== addressKey(addressOf(secret));
      if (joined && entries.length === 0 && place !== null && (await isBeyond(address, place))) {
        return latest(address);
      }
      const rendered = renderHistory(entries);
      const messages = cursor.part === null ? rendered : rendered.slice(seenOf(rendered, after));
      const more = entries.length === pageSize;
      return { messages, cursor: endOf(entries) ?? after, more, moved: movesStatus(entries) };
    },

    async chatStatus(secret) {
      const newest = await log.newest(await homeOf(secret));
      return newest === null ? null : statusOf(newest.state);
    },

    subscribe(secret, listener) {
      const own = addressKey(addressOf(secret));
      const leave = [hear(own, listener)];
      let left = false;
      homeOf(secret)
        .then((home) => {
          if (!left && addressKey(home) !== own) leave.push(hear(addressKey(home), listener));
        })
        // The page looks by itself now and then: it only hears of news later.
        .catch(() => undefined);
      return () => {
        left = true;
        for (const end of leave) end();
      };
    },

    async visitorTyping(secret) {
      const newest = await log.newest(await homeOf(secret));
      if (newest !== null) signals.publish(`customer-typing/${newest.state.id}`);
    },
  };
}

function endOf(entries: readonly HistoryEntry[]): string | null {
  const last = entries.at(-1);
  return last === undefined
    ? null
    : formatCursor({ ordinal: last.ordinal, seq: last.commit.seq, part: null });
}

/** How many messages a cursor within a commit has passed. */
function seenOf(messages: readonly PlacedMessage[], after: string): number {
  return messages.findIndex(({ cursor }) => cursor === after) + 1;
}

function statusOf({ stage, number }: Conversation): ChatStatus {
  return {
    stage: stage.kind,
    number,
    ...('tier' in stage ? { tier: stage.tier } : {}),
    ...('agent' in stage ? { agent: stage.agent.name } : {}),
  };
}
