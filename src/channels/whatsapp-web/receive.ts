import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RelevoError } from '../../core/errors.ts';
import type { Media } from '../../core/message.ts';
import type { Inlet } from '../channel.ts';
import type { Identities } from './identity.ts';
import { addressOf, channelName, inboundOf, mediaKindOfType } from './inbound.ts';
import type { WebEvent } from './protocol.ts';

type Message = Extract<WebEvent, { kind: 'message' }>;

/** What receiving needs. */
export interface ReceiveDeps {
  readonly inlet: Inlet;
  readonly identities: Identities;
  /** Our own number. */
  readonly account: string;
  /** Where downloaded files lie. */
  readonly filesFolder: string;
}

/** Stores what a customer did; its file first. Resolves once it is durable. @throws when the store is away */
export async function receive(event: WebEvent, deps: ReceiveDeps): Promise<void> {
  const { inlet, identities, account, filesFolder } = deps;
  const address = addressOf(account, await identities.userOf(event));
  const file = event.kind === 'message' ? event.file : undefined;
  if (event.kind !== 'message' || file === undefined) {
    for (const message of inboundOf(event, address, null)) await inlet.receive(message);
    return;
  }
  const path = join(filesFolder, file.file);
  const media = await keep(event, path, inlet);
  const told: Message = media === null ? { ...event, missing: 'too_large' } : event;
  for (const message of inboundOf(told, address, media)) await inlet.receive(message);
  await rm(path, { force: true });
}

/** @returns null when there is no room for it */
async function keep({ type, file }: Message, path: string, inlet: Inlet): Promise<Media | null> {
  try {
    return await inlet.keep({
      bytes: createReadStream(path),
      kind: mediaKindOfType(type),
      ...(file?.name === undefined ? {} : { name: file.name }),
      ...(file?.type === undefined ? {} : { type: file.type }),
    });
  } catch (error) {
    if (error instanceof RelevoError && error.code === 'media_too_large') return null;
    throw error;
  }
}

/** Puts aside what nobody can read. */
export async function putAside(
  { reason, raw }: { reason: string; raw: string },
  account: string,
  inlet: Inlet,
): Promise<void> {
  const hash = createHash('sha256').update(raw).digest('hex');
  await inlet.quarantine({ key: `${channelName}/${account}/unreadable/${hash}`, reason, raw });
}
