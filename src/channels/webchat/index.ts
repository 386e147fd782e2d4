import type { Conversation } from '../../core/conversation.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Address, Content } from '../../core/message.ts';
import { addressKey } from '../../core/message.ts';
import type { Channel, Inlet, Receipt } from '../channel.ts';
import { unlimited } from '../send-limits.ts';
import { beginning, formatCursor, type HistoryPlace, parseCursor, readFrom } from './cursor.ts';
import { createHomes } from './homes.ts';
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
  /** The last commit that was read; null: none. */
  readonly end: ChatEnd | null;
  /** Whose history it is: another one once the visitor was joined to somebody, or parted. Places in one mean nothing in the other. */
  readonly home: string;
}

/** A commit that a page was read up to. */
export interface ChatEnd {
  readonly conversation: string;
  readonly seq: number;
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

/** `joined`: whose the visitor's address is may be new. */
type Heard = ChatHint | 'joined';

const hints: Readonly<Record<string, Heard>> = {
  chat: 'changed',
  people: 'joined',
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
  /**
   * Null while the visitor has never written.
   * @param end what was just read of the visitor's history up to its end, which spares asking the store; null: it was empty
   */
  chatStatus(secret: string, end?: ChatEnd | null): Promise<ChatStatus | null>;
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
  /** A conversation as it stands, no older than a commit of it. */
  stateOf: (conversation: string, seq: number) => Promise<Conversation>;
}): Channel & WebChat {
  const { log, signals, ownerOf, stateOf } = deps;
  const homes = createHomes(ownerOf);
  const visitorFiles = createVisitorFiles(deps);
  const listeners = new Map<string, Set<(hint: Heard) => void>>();
  let inlet: Inlet | null = null;
  let unsubscribe: (() => void) | null = null;

  function tell(topic: string): void {
    const slash = topic.indexOf('/');
    const hint = hints[topic.slice(0, slash)];
    if (hint === undefined) return;
    const key = topic.slice(slash + 1);
    if (hint === 'joined') homes.forget(key);
    for (const listener of listeners.get(key) ?? []) listener(hint);
  }

  function hear(key: string, listener: (hint: Heard) => void): () => void {
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
    if (!('file' in post) && 'text' in post) return { kind: 'text', text: post.text };
    const home = await ownerOf(address);
    if ('file' in post) return fileOf(await visitorFiles.posted(home, post.file), post.text);
    return choiceOf(post.option, labelOf(await log.recent(home, labelDepth), post.option));
  }

  const homeOf = (secret: string): Promise<Address> => homes.of(addressOf(secret));

  /** Whether a page's place lies beyond all there is: it is one in the history before the visitor was joined to another. */
  async function isBeyond(address: Address, { ordinal, seq }: HistoryPlace): Promise<boolean> {
    const last = (await log.recent(address, 1)).at(-1);
    if (last === undefined) return false;
    return last.ordinal < ordinal || (last.ordinal === ordinal && last.commit.seq < seq);
  }

  async function latest(address: Address): Promise<ChatPage> {
    const entries = await log.recent(address, pageSize);
    const messages = renderHistory(entries).slice(-pageSize);
    const cursor = cursorAfter(entries) ?? formatCursor(beginning);
    return { messages, cursor, more: false, moved: true, end: endOf(entries), home: addressKey(address) };
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
      return store.receive(parsePost(address, post, await contentOf(address, post)));
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
      const moved = movesStatus(entries);
      return {
        messages,
        cursor: cursorAfter(entries) ?? after,
        more,
        moved,
        end: endOf(entries),
        home: addressKey(address),
      };
    },

    async chatStatus(secret, end) {
      if (end === null) return null;
      if (end !== undefined) return statusOf(await stateOf(end.conversation, end.seq));
      const newest = await log.newest(await homeOf(secret));
      return newest === null ? null : statusOf(newest.state);
    },

    subscribe(secret, listener) {
      const address = addressOf(secret);
      const own = addressKey(address);
      let asked = 0;
      let leaveHome = (): void => undefined;

      async function follow(): Promise<void> {
        asked += 1;
        const turn = asked;
        const home = addressKey(await homes.of(address));
        if (turn !== asked) return;
        leaveHome();
        leaveHome =
          home === own ? () => undefined : hear(home, (hint) => hint !== 'joined' && listener(hint));
      }

      // The page looks by itself now and then: where this fails it only hears of news later.
      const leaveOwn = hear(own, (hint) => {
        if (hint !== 'joined') return listener(hint);
        follow()
          .catch(() => undefined)
          .then(() => listener('changed'));
      });
      follow().catch(() => undefined);
      return () => {
        asked += 1;
        leaveOwn();
        leaveHome();
      };
    },

    async visitorTyping(secret) {
      const newest = await log.newest(await homeOf(secret));
      if (newest !== null) signals.publish(`customer-typing/${newest.state.id}`);
    },
  };
}

function endOf(entries: readonly HistoryEntry[]): ChatEnd | null {
  const last = entries.at(-1);
  return last === undefined ? null : { conversation: last.commit.conversation, seq: last.commit.seq };
}

function cursorAfter(entries: readonly HistoryEntry[]): string | null {
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
