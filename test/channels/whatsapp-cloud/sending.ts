import type { WhatsAppCloudSettings } from '../../../src/channels/whatsapp-cloud/index.ts';
import { SendError } from '../../../src/core/errors.ts';
import type { Address, InboundMessage, OutboundMessage } from '../../../src/core/message.ts';
import { type HeardLog, hearLog } from '../../log.ts';
import { inletTo, type RecordingInlet } from '../inlet.ts';
import { outboundTo } from '../outbound.ts';
import { channelAt } from './channel.ts';
import { type FakeWhatsApp, startFakeWhatsApp } from './fake-whatsapp.ts';
import type { FakeSettings } from './fake-world.ts';

/** When each test begins. */
export const start = Date.UTC(2026, 10, 20, 12);

/** A channel beside a platform of its own: what `open` opened last. */
export let now: number;
export let fake: FakeWhatsApp;
export let channel: ReturnType<typeof channelAt>['channel'];
export let inlet: RecordingInlet;
export let heard: HeardLog;
export let came: InboundMessage[];

let end = async (): Promise<void> => undefined;

/** Starts the platform and the channel. */
export async function open(
  change: Partial<FakeSettings> = {},
  settings: Partial<WhatsAppCloudSettings> = {},
): Promise<void> {
  now = start;
  fake = await startFakeWhatsApp({ now: () => now, ...change });
  came = [];
  inlet = inletTo(async (message) => {
    came.push(message);
    return { conversation: 'c', duplicate: false };
  });
  heard = hearLog();
  ({ channel } = channelAt(fake, settings, { log: heard.log }));
  await channel.start(inlet);
  const [platform, opened] = [fake, channel];
  end = async () => {
    await platform.settled();
    await opened.stop();
    await platform.stop();
  };
}

/** Ends both. */
export async function close(): Promise<void> {
  await end();
}

/** Time goes by. */
export function pass(ms: number): void {
  now += ms;
}

/** What came last. @throws Error when nothing did */
export function newest(): InboundMessage {
  const message = came.at(-1);
  if (message === undefined) throw new Error('nobody wrote');
  return message;
}

/** Whoever wrote last. */
export function ana(): Address {
  return newest().address;
}

/** An answer to what came last. */
export function reply(change: Partial<OutboundMessage> = {}): OutboundMessage {
  return outboundTo(ana(), { answers: { externalId: newest().externalId, at: now }, ...change });
}

/** Why a message is not sent. @throws Error when it is */
export async function refusal(part: OutboundMessage): Promise<SendError> {
  const error = await channel.send(part).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SendError)) throw new Error('it was not refused');
  return error;
}
