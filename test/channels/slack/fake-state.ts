/** A message as Slack keeps it. */
export interface StoredMessage {
  readonly type: 'message';
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly subtype?: string;
  text: string;
  edited?: { readonly user: string; readonly ts: string };
  reply_count?: number;
  readonly blocks?: readonly unknown[];
  readonly files?: readonly object[];
  readonly metadata?: unknown;
}

/** A file at Slack. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  bytes: Uint8Array | null;
  /** Where it claims to lie, when that is not with Slack. */
  readonly address?: string;
}

/** A message of ours that Slack accepted. */
export interface Accepted {
  readonly channel: string;
  readonly message: StoredMessage;
  readonly args: Readonly<Record<string, string>>;
}

/** What the fake remembers. */
export interface FakeState {
  readonly team: string;
  readonly bot: { readonly userId: string; readonly botId: string };
  readonly users: Map<string, { readonly name: string; readonly locale: string }>;
  readonly channels: Map<string, { readonly direct: boolean; messages: StoredMessage[] }>;
  readonly files: Map<string, StoredFile>;
  readonly log: Accepted[];
  nextTs(): string;
  origin(): string;
}
