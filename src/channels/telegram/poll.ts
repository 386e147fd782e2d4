import type { Logger } from 'pino';
import { chatOfUpdate } from './parse.ts';
import { BotApiError, isLasting, isWrongToken } from './refusal.ts';

/** How long Telegram holds a poll open while there is nothing, in seconds. */
export const pollSeconds = 50;

/** The waits after a poll that failed, in milliseconds; doubled each time. */
export const firstWaitMs = 1_000;
export const longestWaitMs = 60_000;

/** The least time between two empty polls: an API root that does not hold them open is not to be stormed. */
const emptyWaitMs = 300;

/** An update of which nothing is known but its number. */
export interface Numbered {
  readonly update_id: number;
}

/** What polling needs. */
export interface PollDeps {
  /** Takes updates from `offset` on, and tells Telegram that all before it are stored. */
  readonly getUpdates: (offset: number | null, signal: AbortSignal) => Promise<readonly Numbered[]>;
  /** Resolves once the update is stored or put aside; rejects when it could not be. */
  readonly handle: (update: Numbered) => Promise<void>;
  readonly log: Logger;
}

/**
 * Polls until the signal. An update is confirmed by the next poll's offset, so only when all before it are stored too.
 * Where to begin after a restart only Telegram knows: it keeps what was not confirmed, and what comes twice has its key.
 */
export async function poll({ getUpdates, handle, log }: PollDeps, signal: AbortSignal): Promise<void> {
  let offset: number | null = null;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const startedAt = performance.now();
      const updates: readonly Numbered[] = await getUpdates(offset, signal);
      const failed = await storeAll(updates, handle);
      offset = next(updates, new Set(failed.keys()), offset);
      const [fault] = failed.values();
      if (fault !== undefined) throw fault;
      failures = 0;
      if (updates.length === 0) await sleep(emptyWaitMs - (performance.now() - startedAt), signal);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const asked = error instanceof BotApiError ? error.retryAfterMs : undefined;
      const waitMs = asked ?? Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
      log[isLasting(error) ? 'error' : 'warn']({ err: error, waitMs }, explain(error));
      await sleep(waitMs, signal);
    }
  }
}

/**
 * Stores a batch: what is in one chat in its order, chats side by side. In a chat nothing passes what failed.
 * @returns the updates that are not stored, each with the fault that stopped its chat
 */
async function storeAll(
  updates: readonly Numbered[],
  handle: PollDeps['handle'],
): Promise<ReadonlyMap<Numbered, unknown>> {
  const failed = new Map<Numbered, unknown>();
  const chats = new Map<string, Numbered[]>();
  for (const update of updates) {
    const chat = `${chatOfUpdate(update) ?? `update ${update.update_id}`}`;
    chats.set(chat, [...(chats.get(chat) ?? []), update]);
  }
  const storeChat = async (inChat: readonly Numbered[]): Promise<void> => {
    for (const [position, update] of inChat.entries()) {
      try {
        await handle(update);
      } catch (error) {
        for (const left of inChat.slice(position)) failed.set(left, error);
        return;
      }
    }
  };
  await Promise.all([...chats.values()].map(storeChat));
  return failed;
}

/** The first update that is not stored; after all of them when none is left. */
function next(
  updates: readonly Numbered[],
  failed: ReadonlySet<Numbered>,
  offset: number | null,
): number | null {
  const left = [...failed].map(({ update_id: id }) => id);
  if (left.length > 0) return Math.min(...left);
  return updates.length === 0 ? offset : Math.max(...updates.map(({ update_id: id }) => id)) + 1;
}

function explain(error: unknown): string {
  if (isWrongToken(error)) {
    return 'Telegram does not know the bot token any more: set TELEGRAM_BOT_TOKEN to the one that @BotFather shows';
  }
  if (error instanceof BotApiError && error.status === 409) {
    return 'somebody else receives the messages of this Telegram bot: stop the other program, or give each a bot of its own';
  }
  return error instanceof BotApiError
    ? 'Telegram could not be polled'
    : 'an update of Telegram could not be stored';
}

/** Resolves after so many milliseconds, or at the signal. */
export async function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  if (delayMs <= 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done);
  });
}
