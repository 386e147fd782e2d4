import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { SendError } from '../../../core/errors.ts';
import type { SlackApp, SlackObject, SlackUpload } from '../../../slack/slack-app.ts';

/** How often a call is tried that Slack wants later. */
const maxTries = 6;

/** What keeps a whole channel from being written to, in Slack's words. */
const channelFaults: ReadonlySet<string> = new Set([
  'is_archived',
  'not_in_channel',
  'channel_not_found',
  'restricted_action',
]);

/** Slack's words for a message that is not there any more. */
export const lostMessage: ReadonlySet<string> = new Set([
  'message_not_found',
  'thread_not_found',
  'cannot_reply_to_message',
  'cant_update_message',
]);

/** What a poster is made of. */
export interface PosterDeps {
  readonly slack: Pick<SlackApp, 'call' | 'upload'>;
  readonly log: Logger;
  /** The pause between two messages in a channel: Slack takes one a second. */
  readonly everyMs: number;
}

/** What is written before what, where much waits for a channel's turn. */
export type Urgency = 'now' | 'soon' | 'whenever';

const priorities: Readonly<Record<Urgency, number>> = { now: 2, soon: 1, whenever: 0 };

/** Writes to Slack's channels: one thing at a time in each, no faster than Slack takes it, waiting when it says so. */
export interface Poster {
  /** Calls a method that writes. @param urgency `soon` unless said otherwise @throws SendError */
  write(channel: string, method: string, args: SlackObject, urgency?: Urgency): Promise<SlackObject>;
  /** Shares a file. @throws SendError */
  share(file: SlackUpload): Promise<void>;
  /** Says something to one person only; that it is lost is only logged. */
  whisper(to: Whisper): Promise<void>;
  /** What is wrong with channels now, by their ids, in Slack's words. */
  faults(): ReadonlyMap<string, string>;
  /** Drops what has not begun and waits for what has. */
  stop(): Promise<void>;
}

/** What one person is to see. */
export interface Whisper {
  readonly channel: string;
  readonly user: string;
  /** Null: not in a thread. */
  readonly threadTs: string | null;
  readonly text: string;
  readonly blocks?: readonly object[];
}

/** Makes a poster. */
export function createPoster({ slack, log, everyMs }: PosterDeps): Poster {
  const lanes = new Map<string, PQueue>();
  const faults = new Map<string, string>();
  const stopping = new AbortController();

  const laneOf = (channel: string): PQueue => {
    const pace = everyMs > 0 ? { interval: everyMs, intervalCap: 1 } : {};
    const lane = lanes.get(channel) ?? new PQueue({ concurrency: 1, ...pace });
    lanes.set(channel, lane);
    return lane;
  };

  async function inLane<T>(channel: string, run: () => Promise<T>, urgency: Urgency = 'soon'): Promise<T> {
    return laneOf(channel).add(() => patiently(channel, run), {
      priority: priorities[urgency],
      signal: stopping.signal,
    });
  }

  async function patiently<T>(channel: string, run: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        const result = await run();
        if (faults.delete(channel))
          log.info({ channel }, 'a Slack channel of the desk can be written to again');
        return result;
      } catch (error) {
        note(channel, error);
        const waitMs = error instanceof SendError ? error.retryAfterMs : undefined;
        if (waitMs === undefined || tries >= maxTries || stopping.signal.aborted) throw error;
        await sleep(waitMs, undefined, { signal: stopping.signal });
      }
    }
  }

  function note(channel: string, error: unknown): void {
    const refused = error instanceof SendError && error.code === 'auth_failed';
    const word = refused ? 'auth' : slackWord(error);
    if ((!refused && !channelFaults.has(word)) || faults.get(channel) === word) return;
    faults.set(channel, word);
    log.error(
      { channel, fault: slackWord(error) },
      'a Slack channel of the desk cannot be written to; the web desk has its cases',
    );
  }

  return {
    write: (channel, method, args, urgency = 'soon') =>
      inLane(channel, () => slack.call(method, { channel, ...args }), urgency),
    async share(file) {
      await inLane(file.channel, () => slack.upload(file));
    },
    async whisper({ channel, user, threadTs, text, blocks }) {
      const thread = threadTs === null ? {} : { thread_ts: threadTs };
      const more = blocks === undefined ? {} : { blocks };
      try {
        await slack.call('chat.postEphemeral', { channel, user, text, ...thread, ...more });
      } catch (error) {
        log.warn({ channel, fault: slackWord(error) }, 'a private line in Slack was lost');
      }
    },
    faults: () => faults,
    async stop() {
      stopping.abort();
      await Promise.all([...lanes.values()].map((lane) => lane.onIdle()));
    },
  };
}

/** Slack's own word for what is wrong, such as `message_not_found`; empty where it gave none. Pure. */
export function slackWord(error: unknown): string {
  return error instanceof SendError ? (/: ([a-z_0-9]+)$/u.exec(error.message)?.[1] ?? '') : '';
}
