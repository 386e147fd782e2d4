import type {
  Address,
  DeliveryReport,
  InboundMessage,
  Media,
  MediaKind,
  OutboundMessage,
} from '../core/message.ts';

/** What a channel can do. Whoever writes to it asks these flags, never its name. */
export interface Capabilities {
  /** Characters in one message; a longer text is split at sentence ends, never cut. */
  readonly maxTextLength: number;
  /** Buttons under one message and the characters on each; more or longer ones become a list or numbered lines. */
  readonly maxButtons: number;
  readonly maxButtonLength: number;
  /** Rows of a list to choose from and the characters in each; 0 where there are no lists. */
  readonly maxListRows: number;
  readonly maxListRowLength: number;
  /** The largest file of each kind that can be sent; what is missing cannot be sent at all. */
  readonly maxMediaBytes: Readonly<Partial<Record<MediaKind, number>>>;
  /** Whether "the bot is writing" can be shown. */
  readonly typing: boolean;
  /** Whether sending the same named message twice shows it once: then an unknown outcome is simply sent again. */
  readonly repeatable: boolean;
  /** Whether the platform tells by itself, under our own name for it, what became of a message. */
  readonly reports: boolean;
  /** Whether the customer's client reads the log itself, in its order: then a send is only a nudge. */
  readonly readsLog: boolean;
  /** Whether its customers are named by their phone numbers, in digits; absent: they are not. */
  readonly phones?: boolean;
  /** Whether appointments go out as files that its customers' programs understand; absent: by a link. */
  readonly calendars?: boolean;
  /** Whether it is read on a phone: long instructions go one step at a time. */
  readonly handheld: boolean;
  /** How long to wait for more after a message: people write on it in bursts, one thought in several messages. */
  readonly pauseMs: number;
  /** How long after the customer's last message free text may be sent; null: always. */
  readonly replyWindowMs: number | null;
  /** Whether one process alone may listen and send, such as with a mailbox that is read or a browser that is linked. */
  readonly oneProcess: boolean;
}

/** So many calls in so long a time, and at most so many at once. */
export interface Rate {
  readonly calls: number;
  readonly perMs: number;
  /** Calls that may come at once after a silence; 1: evenly spaced. */
  readonly burst: number;
}

/** How fast the platform lets us send: kept to before it complains. Each with its source beside it. */
export interface SendLimits {
  /** All calls of one account of ours. */
  readonly account: Rate;
  /** Calls to one customer. */
  readonly user: Rate;
}

/** What became of a message handed in. */
export interface Receipt {
  readonly conversation: string;
  /** Whether it had been stored before: the platform delivered it again. */
  readonly duplicate: boolean;
}

/** A platform's payload that nobody here understands, kept as it came. */
export interface Unreadable {
  /** Unique for ever, begins with the channel's name; the same however often the platform delivers it. */
  readonly key: string;
  /** What was wrong, for people, without personal data. */
  readonly reason: string;
  /** The payload as text; bytes as base64. */
  readonly raw: string;
}

/** Bytes to keep, and what the sender said of them. */
export interface MediaBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly kind: MediaKind;
  readonly name?: string;
  readonly type?: string;
}

/** What a channel hands in, and what it may keep. Everything resolves once it is durable (law 1). */
export interface Inlet {
  /** Stores a message; only then may the platform be acknowledged. @throws RelevoError `store_unreachable`: do not acknowledge */
  receive(message: InboundMessage): Promise<Receipt>;
  /** Keeps what could not be read, where people see it; then acknowledge, so that nobody behind it is blocked. */
  quarantine(item: Unreadable): Promise<void>;
  /** Records what the platform says became of our message. Never goes back: read stays read. */
  report(report: DeliveryReport): Promise<void>;
  /**
   * Keeps the bytes of a file before its message is received.
   * @throws RelevoError `media_too_large`
   */
  keep(media: MediaBytes): Promise<Media>;
  /** A place the channel remembers, such as the last mail read; null when it never did. */
  cursor(name: string): Promise<string | null>;
  saveCursor(name: string, value: string): Promise<void>;
}

/** One thing that was checked by a real call. */
export interface Check {
  readonly ok: boolean;
  /** What was found, in a line. */
  readonly line: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** How a channel is, where that can change by itself. */
export interface ChannelStatus {
  /** `needs-attention`: somebody has to do something, and `line` says what. */
  readonly state: 'starting' | 'ready' | 'needs-attention' | 'restarting';
  /** In a line, for people, without personal data. */
  readonly line: string;
  /** What a phone has to scan, as the text of a QR code. */
  readonly qr?: string;
}

/** A way customers write to us. One folder each; everything outside it is channel-agnostic (law 8). */
export interface Channel {
  /** Its name in the registry, and the channel of every address it makes. */
  readonly name: string;
  /** What people call it, such as WhatsApp. */
  readonly title: string;
  readonly can: Capabilities;
  readonly limits: SendLimits;
  /**
   * Begins to listen. A platform that is away for a while is waited for in the background.
   * @throws RelevoError where people have to change something first, such as a wrong token: it is stopped, and started again
   *   after a while; anything else is tried again soon
   */
  start(inlet: Inlet): Promise<void>;
  /**
   * The messages it takes to say this, each of them one call of `send`. Pure.
   * Where it is missing, the message goes as it is.
   */
  parts?(message: OutboundMessage): readonly OutboundMessage[];
  /**
   * Sends one part and never retries: the outbox does.
   * @returns the platform's id of the message
   * @throws SendError with `retryAfterMs` where the platform said so
   */
  send(part: OutboundMessage): Promise<{ externalId: string }>;
  /**
   * Asks the platform whether a part went out, after a crash in mid-send. Missing where it cannot be asked.
   * @returns its id; `absent`: it surely did not; `unknown`: ask again later
   */
  find?(part: OutboundMessage): Promise<{ externalId: string } | 'absent' | 'unknown'>;
  /** Opens a customer's file on the platform, from the platform's own host only. Missing where all files come with their message. */
  fetch?(media: Media): Promise<AsyncIterable<Uint8Array>>;
  /** Shows that an answer is being written. Only where `can.typing`; losing it harms nobody. */
  typing?(user: Address): void;
  /** Takes a platform's call, at `/hooks/<name>`. Checks the platform's signature itself; 401 when it is wrong. */
  readonly webhook?: (request: Request) => Promise<Response>;
  /** How it is at this moment. Missing where it is simply on. */
  state?(): ChannelStatus;
  /** Checks each secret by a real call, for `relevo doctor`. */
  check?(): Promise<readonly Check[]>;
  /** Stops listening. Calling it twice is fine. */
  stop(): Promise<void>;
}
