import type { Check } from './check.ts';

/** What a Slack app of ours is set up with. */
export interface SlackSettings {
  /** `xoxb-…`: whom we are in the workspace. */
  readonly botToken: string;
  /** Proves that a call of the webhook comes from Slack; undefined: there are none, Socket Mode brings the events. */
  readonly signingSecret?: string | undefined;
  /** `xapp-…`: opens Socket Mode. */
  readonly appToken?: string | undefined;
  /** The root of the Web API, with a slash at the end. */
  readonly apiUrl: string;
}

/** Who we are in Slack. */
export interface SlackIdentity {
  /** The workspace. */
  readonly team: string;
  /** Our bot as a user, as mentions name it. */
  readonly userId: string;
  /** Our bot as the author of posts; null where Slack did not say. */
  readonly botId: string | null;
  /** The bot's name. */
  readonly name: string;
  /** Where the workspace is seen, with a slash at the end; null where Slack did not say. */
  readonly url: string | null;
}

/** A JSON object of Slack's, not yet looked into. */
export type SlackObject = Readonly<Record<string, unknown>>;

/** How a payload came in. */
export interface Arrival {
  /** Slack delivers it again: an earlier delivery was not acknowledged. */
  readonly retried: boolean;
}

/** A payload that nobody could make anything of. */
export interface OddPayload {
  /** The same however often it is delivered. */
  readonly id: string;
  readonly reason: string;
  readonly raw: string;
}

/** A file to share. */
export interface SlackUpload {
  readonly channel: string;
  readonly threadTs: string | null;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * One Slack app, shared by everybody here who talks through Slack. Events come by the webhook or by Socket Mode, the
 * handlers are the same. A handler that resolves acknowledges; one that throws does not, and Slack delivers again.
 */
export interface SlackApp {
  /** Who we are; asked once. @throws SendError when Slack cannot be asked */
  identity(): Promise<SlackIdentity>;
  /** Hears events of a type, such as `message`. Called before `start`, as the other `on…` are. */
  onEvent(type: string, handle: (event: SlackObject, arrival: Arrival) => Promise<void>): void;
  /** Hears pressed buttons and chosen rows whose action id fits. */
  onAction(actionId: RegExp, handle: (payload: SlackObject) => Promise<void>): void;
  /** Hears a modal's submission. @returns what the modal does next, such as `{ response_action: 'errors', … }` */
  onView(
    callbackId: string | RegExp,
    handle: (payload: SlackObject) => Promise<SlackObject | undefined>,
  ): void;
  /** Hears a slash command. @returns the answer, shown to its author only */
  onCommand(command: string, handle: (payload: SlackObject) => Promise<SlackObject | undefined>): void;
  /** Hears what no handler could be found for or read; whoever takes it keeps it. */
  onOdd(handle: (payload: OddPayload) => Promise<void>): void;
  /** Hears that events may have been missed: after each start and reconnection, and when Slack says so. */
  onGap(handle: () => void): void;
  /** Keeps channels for the agents, those of which it is true now: customers are not listened to there. */
  reserve(isOurs: (channel: string) => boolean): void;
  reserved(channel: string): boolean;
  /** Calls a method of the Web API once. @throws SendError */
  call(method: string, args: SlackObject): Promise<SlackObject>;
  /** Shares a file. @returns its id @throws SendError */
  upload(file: SlackUpload): Promise<string>;
  /** Opens a file of Slack's by its id; never of another host. @throws SendError */
  download(fileId: string): Promise<AsyncIterable<Uint8Array>>;
  /** Takes Slack's HTTP calls: events, interactions and commands. Missing without a signing secret. */
  readonly webhook?: (request: Request) => Promise<Response>;
  /** Begins to listen; further calls join in. @throws RelevoError when Slack refuses our tokens */
  start(): Promise<void>;
  /** Each who started stops; the last one closes. */
  stop(): Promise<void>;
  /** Checks each secret by a real call. */
  check(): Promise<readonly Check[]>;
}
