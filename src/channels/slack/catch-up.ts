import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { SendError } from '../../core/errors.ts';
import type { SlackApp, SlackObject } from '../../slack/slack-app.ts';
import type { Result } from './hear.ts';
import type { createProgress } from './progress.ts';
import type { createThreads } from './threads.ts';

/** After a failure, and between two runs that nobody waits for. */
const pauseMs = 30_000;
const pageSize = 200;
const conversationTypes = 'im,mpim,public_channel,private_channel';

/** What catching up takes. */
export interface CatchUpDeps {
  readonly slack: Pick<SlackApp, 'call' | 'reserved'>;
  readonly hear: (event: SlackObject) => Promise<Result>;
  readonly threads: ReturnType<typeof createThreads>;
  readonly progress: ReturnType<typeof createProgress>;
  readonly log: Logger;
}

/**
 * Fills in what Slack could not deliver: Slack gives an event up after about six minutes, so after an outage its
 * channels are read from where we were. What is stored already is known by its key.
 */
export function createCatchUp({ slack, hear, threads, progress, log }: CatchUpDeps) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | null = null;

  /** Waits as long as Slack says and asks again. */
  const ask = async (method: string, args: SlackObject): Promise<SlackObject> => {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await slack.call(method, args);
      } catch (error) {
        if (!(error instanceof SendError) || error.retryAfterMs === undefined) throw error;
        await sleep(error.retryAfterMs, undefined, { signal });
      }
    }
  };

  const pages = async (method: string, args: SlackObject, member: string): Promise<SlackObject[]> => {
    const found: SlackObject[] = [];
    let cursor: unknown = '';
    do {
      const page = await ask(method, { ...args, limit: pageSize, ...(cursor === '' ? {} : { cursor }) });
      const items: unknown = page[member];
      if (Array.isArray(items))
        found.push(...items.filter((item) => typeof item === 'object' && item !== null));
      const next = (page.response_metadata as { readonly next_cursor?: unknown } | undefined)?.next_cursor;
      cursor = typeof next === 'string' ? next : '';
    } while (cursor !== '');
    return found;
  };

  const hearAll = async (
    messages: readonly SlackObject[],
    channel: string,
    type: string,
  ): Promise<number> => {
    let fresh = 0;
    const inOrder = [...messages].sort((a, b) => Number(a.ts) - Number(b.ts));
    for (const message of inOrder) {
      signal.throwIfAborted();
      const event = { ...message, type: 'message', channel, channel_type: type };
      const result = await hear(event);
      if (result === 'new') fresh += 1;
      if (result === 'known' && message.edited !== undefined) {
        await hear({ type: 'message', subtype: 'message_changed', channel, channel_type: type, message });
      }
    }
    return fresh;
  };

  const readAll = async (since: string): Promise<number> => {
    let fresh = 0;
    const list = await pages(
      'users.conversations',
      { types: conversationTypes, exclude_archived: true },
      'channels',
    );
    const types = new Map<string, string>();
    for (const { id, is_im: direct } of list) {
      if (typeof id === 'string' && !slack.reserved(id)) types.set(id, direct === true ? 'im' : 'channel');
    }
    const open = new Map((await threads.recent()).map((one) => [`${one.channel}:${one.root}`, one]));
    for (const [channel, type] of types) {
      fresh += await skippingRefused(async () => {
        const messages = await pages('conversations.history', { channel, oldest: since }, 'messages');
        for (const { ts, reply_count: replies } of messages) {
          if (typeof ts === 'string' && Number(replies) > 0)
            open.set(`${channel}:${ts}`, { channel, root: ts });
        }
        return hearAll(messages, channel, type);
      });
    }
    for (const { channel, root } of open.values()) {
      const type = types.get(channel);
      if (type === undefined || (type !== 'im' && !(await threads.has(channel, root)))) continue;
      fresh += await skippingRefused(async () => {
        const replies = await pages(
          'conversations.replies',
          { channel, ts: root, oldest: since },
          'messages',
        );
        return hearAll(replies, channel, type);
      });
    }
    return fresh;
  };

  /** One channel that we may not read stops no other. */
  const skippingRefused = async (read: () => Promise<number>): Promise<number> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof SendError && error.permanent)) throw error;
      log.warn({ code: error.code }, 'a Slack channel cannot be read for missed messages');
      return 0;
    }
  };

  const run = async (): Promise<void> => {
    try {
      const since = await progress.since();
      const fresh = since === null ? 0 : await readAll(since);
      await progress.release();
      if (fresh > 0) log.info({ messages: fresh }, 'missed Slack messages were filled in');
    } catch (error) {
      if (signal.aborted) return;
      const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
      log.warn({ code }, 'missed Slack messages cannot be filled in yet');
      later();
    }
  };

  const begin = (): void => {
    if (signal.aborted) return;
    if (running !== null) {
      again = true;
      return;
    }
    running = run().finally(() => {
      running = null;
      if (again) later();
      again = false;
    });
  };

  const later = (): void => {
    if (signal.aborted || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      begin();
    }, pauseMs);
    timer.unref();
  };

  return {
    /** Reads now, or once more when it is reading already. */
    begin,
    /** Reads before long. */
    later,
    /** Resolves when it is not reading. */
    async idle(): Promise<void> {
      await running;
    },
    async stop(): Promise<void> {
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
