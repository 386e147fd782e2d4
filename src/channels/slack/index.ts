import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import { RelevoError, SendError } from '../../core/errors.ts';
import type { OutboundMessage } from '../../core/message.ts';
import type { Arrival, SlackApp, SlackObject } from '../../slack/slack-app.ts';
import type { Channel, Inlet } from '../channel.ts';
import type { ChannelDeps } from '../channel-kind.ts';
import { createCatchUp } from './catch-up.ts';
import { fileName, findSent } from './find-sent.ts';
import { createHearing } from './hear.ts';
import { createNames } from './names.ts';
import { optionAction } from './parse-press.ts';
import { placeOf } from './place.ts';
import { createProgress } from './progress.ts';
import { can, limits, partsOf, renderPost } from './render.ts';
import { createThreads } from './threads.ts';

/** How long a stop waits for what is being stored; it has not been acknowledged and comes again. */
const drainWithinMs = 5_000;

const eventTypes = ['message', 'app_mention', 'reaction_added', 'reaction_removed'] as const;

/** What the channel takes beside its Slack app. */
export type SlackChannelDeps = Pick<ChannelDeps, 'clock' | 'ids' | 'log' | 'media'>;

/**
 * Slack as customers know it: direct messages, and threads of channels in which we are called.
 * @param slack shared with the agents' desk
 */
export function createSlackChannel(slack: SlackApp, { clock, ids, log, media }: SlackChannelDeps): Channel {
  const sent = new LRUCache<string, string>({ max: 10_000 });
  const names = createNames(slack);
  /** What one channel's events wait in: they are stored in the order in which they came. */
  const lanes = new Map<string, PQueue>();
  let ear: ReturnType<typeof listenTo> | null = null;

  const listenTo = (inlet: Inlet) => {
    const threads = createThreads(inlet);
    const progress = createProgress(inlet, clock);
    const stored = (ts: string) => progress.advance(ts);
    const hearing = createHearing({ slack, inlet, ids, names, threads, sent, stored });
    const catchUp = createCatchUp({ slack, hear: hearing.event, threads, progress, log });
    return { inlet, hearing, catchUp, progress };
  };

  const current = () => {
    if (ear === null) throw new RelevoError('not_listening', 'the Slack channel is not started');
    return ear;
  };

  const inLane = async <Result>(channel: unknown, run: () => Promise<Result>): Promise<Result> => {
    const name = String(channel);
    const lane = lanes.get(name) ?? new PQueue({ concurrency: 1 });
    lanes.set(name, lane);
    try {
      return await lane.add(run);
    } finally {
      if (lane.size === 0 && lane.pending === 0) lanes.delete(name);
    }
  };

  const hear = async (event: SlackObject, { retried }: Arrival): Promise<void> => {
    const { hearing, catchUp, progress } = current();
    try {
      const item = event.item as { readonly channel?: unknown } | undefined;
      await inLane(event.channel ?? item?.channel, () => hearing.event(event));
    } catch (error) {
      // Slack tries it a few times more; should the store be away for longer, its history has it.
      progress.hold();
      catchUp.later();
      throw error;
    }
    if (retried) catchUp.later();
  };

  for (const type of eventTypes) slack.onEvent(type, hear);
  slack.onAction(optionAction, async (payload) => {
    const { hearing } = current();
    const { id } = (payload.channel ?? {}) as { readonly id?: unknown };
    await inLane(id, () => hearing.press(payload));
  });
  slack.onOdd(async ({ id, reason, raw }) => {
    await current().inlet.quarantine({ key: `slack/odd/${id}`, reason, raw });
  });
  slack.onGap(() => {
    ear?.progress.hold();
    ear?.catchUp.begin();
  });

  return {
    name: 'slack',
    title: 'Slack',
    can,
    limits,

    async start(inlet) {
      if (ear !== null) return;
      ear = listenTo(inlet);
      try {
        await slack.start();
      } catch (error) {
        ear = null;
        throw error;
      }
    },

    parts: partsOf,

    async send(part) {
      if (part.attachment !== null) return { externalId: await sendFile(part) };
      const { channel, root } = placeOf(part.to);
      const { ts } = await slack.call('chat.postMessage', renderPost(part));
      if (typeof ts !== 'string')
        throw new SendError('slack_failed', 'Slack took a message and gave it no id');
      if (root !== null) sent.set(`${channel}:${ts}`, root);
      return { externalId: ts };
    },

    find: (part) => findSent(slack, part, clock.now()),

    async fetch({ remote }) {
      if (remote === undefined) {
        throw new SendError('not_available', 'the file has no id at Slack', { permanent: true });
      }
      return slack.download(remote);
    },

    ...(slack.webhook === undefined ? {} : { webhook: slack.webhook }),
    check: () => slack.check(),

    async stop() {
      const was = ear;
      ear = null;
      if (was === null) return;
      await was.catchUp.stop();
      await slack.stop();
      const drained = Promise.all([...lanes.values()].map((lane) => lane.onIdle()));
      await Promise.race([drained, sleep(drainWithinMs, undefined, { ref: false })]);
      // The place is a help, not the truth: what it misses is read again and known.
      await was.progress.save().catch(() => undefined);
    },
  };

  async function sendFile({ attachment, to }: OutboundMessage): Promise<string> {
    if (attachment === null) throw new SendError('refused', 'there is no file to send', { permanent: true });
    const { channel, root } = placeOf(to);
    const { body } = await media(attachment.id).catch((error: unknown) => {
      throw new SendError('no_such_media', 'the file to send is not there', {
        permanent: true,
        cause: error,
      });
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    return slack.upload({ channel, threadTs: root, name: fileName(attachment), bytes });
  }
}
