import type { SlackApp } from '../../../slack/slack-app.ts';
import { objectsAt, textAt } from './payload.ts';

/** What a message of ours is looked for by. */
export interface Sought {
  readonly channel: string;
  /** Epoch milliseconds: not older than this. */
  readonly since: number;
  /** Of its metadata. */
  readonly type: string;
  /** What its metadata says that it is of. */
  readonly payload: string;
}

/** Finds a message whose posting nobody heard the end of. @returns Slack's name of it; null: it is not there */
export async function findPosted(
  slack: Pick<SlackApp, 'call'>,
  { channel, since, type, payload }: Sought,
): Promise<string | null> {
  const found = await slack.call('conversations.history', {
    channel,
    oldest: String(Math.floor(since / 1_000) - 60),
    include_all_metadata: true,
    limit: 200,
  });
  const ours = objectsAt(found, 'messages').find(
    (message) =>
      textAt(message, 'metadata', 'event_type') === type &&
      textAt(message, 'metadata', 'event_payload', 'of') === payload &&
      Number(textAt(message, 'ts')) * 1_000 >= since - 5_000,
  );
  return ours === undefined ? null : textAt(ours, 'ts');
}
