import type { Logger } from 'pino';
import type { Channel } from '../channels/channel.ts';
import type { Clock } from '../core/clock.ts';
import { RelevoError, SendError } from '../core/errors.ts';
import type { FileRow, Files } from '../store/files.ts';
import type { MediaFolder } from './media-folder.ts';

/** What bringing files here needs. */
export interface CollectDeps {
  readonly files: Files;
  readonly folder: MediaFolder;
  readonly channel: (name: string) => Channel | undefined;
  readonly maxBytes: number;
  readonly clock: Clock;
  /** Tells desks and pages that something of a conversation is new. */
  readonly changed: (conversation: string) => Promise<void>;
  readonly wakeAt: (conversation: string, at: number) => void;
  readonly log: Logger;
}

/** Longer than any fetch may take. */
const leaseMs = 120_000;

const timeoutMs = 60_000;
const firstWaitMs = 2_000;
const maxAttempts = 8;

/**
 * Brings a conversation's files here from their platforms.
 * @returns a function of the conversation, harmless when nothing is due
 */
export function createCollect(deps: CollectDeps) {
  const { files, folder, clock, log } = deps;

  async function fetchOne({ media, channel: name, attempts }: FileRow) {
    try {
      const channel = deps.channel(name);
      if (channel?.fetch === undefined) return { kind: 'failed', error: `${name} is switched off` } as const;
      if ((media.bytes ?? 0) > deps.maxBytes) {
        return { kind: 'failed', error: 'media_too_large: it is larger than we take' } as const;
      }
      const bytes = within(await channel.fetch(media), AbortSignal.timeout(timeoutMs));
      return { kind: 'kept', kept: await folder.write(media.id, bytes, deps.maxBytes) } as const;
    } catch (error) {
      const text =
        error instanceof RelevoError ? `${error.code}: ${error.message}` : 'it could not be fetched';
      log.warn(
        { file: media.id, channel: name, attempt: attempts, err: error },
        'a file could not be fetched',
      );
      const final =
        (error instanceof SendError && error.permanent) ||
        (error instanceof RelevoError && error.code === 'media_too_large');
      if (final || attempts >= maxAttempts) return { kind: 'failed', error: text } as const;
      const waitMs = (error instanceof SendError && error.retryAfterMs) || firstWaitMs * 2 ** attempts;
      return { kind: 'retry', notBefore: clock.now() + waitMs, error: text } as const;
    }
  }

  return async (conversation: string): Promise<void> => {
    const due = await files.take(conversation, clock.now(), clock.now() + leaseMs);
    for (const row of due) {
      const result = await fetchOne(row);
      await files.settle(row.media.id, result);
      if (result.kind === 'retry') deps.wakeAt(conversation, result.notBefore);
      else await deps.changed(conversation);
    }
  };
}

async function* within(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
  for await (const chunk of bytes) {
    signal.throwIfAborted();
    yield chunk;
  }
}
