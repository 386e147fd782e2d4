import { createSlackChannel } from '../../../src/channels/slack/index.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { randomIds } from '../../../src/core/ids.ts';
import type { InboundMessage, Media } from '../../../src/core/message.ts';
import { createSlackApp } from '../../../src/slack/create-slack-app.ts';
import { silentLog } from '../../log.ts';
import { inletTo } from '../inlet.ts';
import {
  appToken,
  botToken,
  type FakeSlack,
  type FakeSlackOptions,
  signingSecret,
  startFakeSlack,
} from './fake-slack.ts';

/** A Slack app that talks to a fake, with a signing secret or over a socket. */
export function appOn(
  fake: Pick<FakeSlack, 'url'>,
  mode: 'webhook' | 'socket' = 'webhook',
  clock: Clock = systemClock,
) {
  const secret = mode === 'webhook' ? { signingSecret } : { appToken };
  return createSlackApp(
    { botToken, apiUrl: fake.url, ...secret },
    { clock, log: silentLog, publicUrl: mode === 'webhook' ? 'https://relevo.test' : null },
  );
}

/** Files of ours, by id. */
export type Files = Map<string, { readonly type: string; readonly body: Uint8Array }>;

/** The channel on a Slack app, with files of ours. */
export function channelOn(
  slack: ReturnType<typeof createSlackApp>,
  files: Files = new Map(),
  clock: Clock = systemClock,
) {
  return createSlackChannel(slack, {
    clock,
    ids: randomIds,
    log: silentLog,
    async media(id) {
      const file = files.get(id);
      if (file === undefined) throw new Error('no such file');
      return {
        type: file.type,
        bytes: file.body.length,
        body: (async function* () {
          yield file.body;
        })(),
      };
    },
  });
}

/** A started channel on a started fake, and what it heard: each message once, as the store would keep it. */
export async function talk(options: FakeSlackOptions & { mode?: 'webhook' | 'socket' } = {}) {
  const fake = await startFakeSlack(options);
  const clock: Clock = { now: options.now ?? Date.now };
  const slack = appOn(fake, options.mode, clock);
  const files: Files = new Map();
  const channel = channelOn(slack, files, clock);
  const heard: InboundMessage[] = [];
  const keys: string[] = [];
  let away = false;
  let delayMs = (): number => 1;
  const inlet = inletTo(async (message) => {
    if (away) throw new Error('the store is away');
    await new Promise((resolve) => setTimeout(resolve, delayMs()));
    keys.push(message.key);
    const duplicate = heard.some(({ key }) => key === message.key);
    if (!duplicate) heard.push(message);
    return { conversation: 'c', duplicate };
  });
  if (channel.webhook !== undefined) fake.connect(channel.webhook);
  await channel.start(inlet);
  return {
    fake,
    slack,
    channel,
    inlet,
    files,
    /** Everything stored, once each. */
    heard,
    /** The key of everything handed in, repetitions too. */
    keys,
    setStoreAway(on: boolean) {
      away = on;
    },
    /** How long the store takes, asked for each message. */
    setDelay(given: () => number) {
      delayMs = given;
    },
    async stop() {
      await channel.stop();
      await fake.stop();
    },
  };
}

/** The text of what was heard; a file by its name. */
export function words({ gesture }: InboundMessage): string {
  if (gesture.kind !== 'message') return gesture.kind;
  const { content } = gesture;
  if (content.kind === 'text') return content.text;
  if (content.kind === 'choice') return `[${content.option}]`;
  return content.kind === 'media' ? `(${nameOf(content.media)})` : content.kind;
}

function nameOf({ name, id }: Media): string {
  return name ?? id;
}
