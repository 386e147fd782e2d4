import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Telegram } from 'telegraf';
import { RelevoError } from '../../core/errors.ts';
import type { Channel, Inlet, SendLimits } from '../channel.ts';
import type { ChannelDeps } from '../channel-kind.ts';
import { botIdOf, channelName, chatOf } from './address.ts';
import type { Bot } from './addressed.ts';
import { type CallBotApi, callTimeoutMs } from './bot-api.ts';
import { check } from './check.ts';
import { download } from './download.ts';
import { parse } from './parse.ts';
import { firstWaitMs, longestWaitMs, poll, pollSeconds, sleep } from './poll.ts';
import { faultOf, isLasting, isWrongToken } from './refusal.ts';
import { can, partsOf } from './render.ts';
import { createSend } from './send.ts';
import { allowedUpdates, keepable } from './update.ts';
import { admit, answer } from './webhook.ts';

/** What the channel is set to. */
export interface TelegramSettings {
  readonly token: string;
  readonly apiRoot: string;
  /** What Telegram shows us with every call; null: we poll. */
  readonly webhookSecret: string | null;
}

const realRoot = 'api.telegram.org';

/** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (20 a minute in a group is left to 429). */
const limits: SendLimits = {
  account: { calls: 30, perMs: 1_000, burst: 1 },
  user: { calls: 1, perMs: 1_000, burst: 1 },
};

/** How long connecting may take before it goes on in the background, in milliseconds: the whole start waits for it. */
const connectTimeoutMs = 5_000;

/** How long Telegram shows that somebody types is five seconds: https://core.telegram.org/bots/api#sendchataction */
const typingEveryMs = 4_000;

/** Telegram: called by it where we have an address and a secret, else polling. */
export function createTelegram(settings: TelegramSettings, deps: ChannelDeps): Channel {
  const { token, webhookSecret: secret } = settings;
  const { log, clock, ids } = deps;
  const apiRoot = settings.apiRoot.endsWith('/') ? settings.apiRoot : `${settings.apiRoot}/`;
  const call = createCall(token, apiRoot);
  const send = createSend({ call, media: deps.media });
  const hook = secret === null ? null : hookAddress(deps.publicUrl, apiRoot);
  const typedAt = new LRUCache<number, number>({ max: 10_000 });
  let inlet: Inlet | null = null;
  let bot: Bot | null = null;
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function connect(): Promise<void> {
    const within = { timeoutMs: connectTimeoutMs, signal: stopping.signal };
    const me = await call('getMe', {}, within);
    bot = { id: botIdOf(token), username: me.username };
    if (hook === null || secret === null) {
      await call('deleteWebhook', { drop_pending_updates: false }, within);
      return;
    }
    const known = { url: hook, secret_token: secret, allowed_updates: [...allowedUpdates] };
    await call('setWebhook', { ...known, drop_pending_updates: false }, within);
  }

  async function connectAgain(signal: AbortSignal): Promise<void> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
      await sleep(waitMs, signal);
      if (signal.aborted) return;
      try {
        return await connect();
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error }, 'Telegram could not be reached');
      }
    }
  }

  /** Stores what an update brings; what cannot be read is put aside. */
  async function handle(update: unknown, raw: string): Promise<void> {
    const store = inlet;
    if (store === null || bot === null) throw new RelevoError('stopping', 'Telegram takes no messages now.');
    const parsed = parse(update, bot, () => ids.id());
    if (parsed.kind === 'unreadable') {
      const key = `${channelName}/${bot.id}/unreadable/${createHash('sha256').update(raw).digest('hex')}`;
      await store.quarantine({ key, reason: parsed.reason, raw: keepable(raw) });
      return;
    }
    if (parsed.kind === 'message') await store.receive(parsed.message);
    if (parsed.press !== undefined) letGo(parsed.press);
  }

  /** Ends the waiting that a pressed button shows. After 150 s it has ended by itself. */
  function letGo(press: string): void {
    call('answerCallbackQuery', { callback_query_id: press }).catch((error: unknown) =>
      log.debug({ err: error }, 'a press stayed unanswered'),
    );
  }

  async function webhook(request: Request): Promise<Response> {
    if (secret === null) return answer(404);
    const admitted = await admit(request, secret);
    if ('response' in admitted) return admitted.response;
    try {
      await handle(jsonOf(admitted.body), admitted.body);
      return answer(200);
    } catch (error) {
      log.warn({ err: error }, 'an update of Telegram could not be stored: it will come again');
      return answer(503);
    }
  }

  async function receive(signal: AbortSignal): Promise<void> {
    if (bot === null) await connectAgain(signal);
    if (hook !== null || signal.aborted) return;
    const getUpdates = (offset: number | null, until: AbortSignal) =>
      call(
        'getUpdates',
        {
          timeout: pollSeconds,
          limit: 100,
          allowed_updates: allowedUpdates,
          ...(offset === null ? {} : { offset }),
        },
        { timeoutMs: pollSeconds * 1_000 + callTimeoutMs, signal: until },
      );
    await poll({ getUpdates, handle: (update) => handle(update, JSON.stringify(update)), log }, signal);
  }

  return {
    name: channelName,
    title: 'Telegram',
    // Telegram refuses a second poll, and the one who polls sends too.
    can: { ...can, oneProcess: hook === null },
    limits,

    async start(store) {
      inlet = store;
      stopping = new AbortController();
      try {
        await connect();
      } catch (error) {
        if (isLasting(error)) throw refusedStart(error);
        bot = null;
        log.warn({ err: error }, 'Telegram could not be reached');
      }
      running = receive(stopping.signal);
    },

    parts: partsOf,
    send,
    fetch: (media) => download(media, { call, apiRoot, token }),

    typing(user) {
      const { id } = chatOf(user);
      if (clock.now() - (typedAt.get(id) ?? Number.NEGATIVE_INFINITY) < typingEveryMs) return;
      typedAt.set(id, clock.now());
      call('sendChatAction', { chat_id: id, action: 'typing' }).catch((error: unknown) =>
        log.debug({ err: error }, 'typing was not shown'),
      );
    },

    ...(hook === null ? {} : { webhook }),

    check: () => check(call, hook),

    async stop() {
      inlet = null;
      stopping.abort();
      await running;
    },
  };
}

/** Makes calls through the SDK, whose own errors hold the token and what was sent. */
function createCall(token: string, apiRoot: string): CallBotApi {
  const telegram = new Telegram(token, { apiRoot, webhookReply: false });
  return async (method, payload, { timeoutMs = callTimeoutMs, signal } = {}) => {
    const ends = [AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])];
    try {
      // The SDK's type of a signal is a library's of before Node had its own.
      const signals = { signal: AbortSignal.any(ends) } as unknown as Parameters<Telegram['callApi']>[2];
      return await telegram.callApi(method, payload, signals);
    } catch (error) {
      throw faultOf(method, error);
    }
  };
}

/** Where Telegram is to call us; null when it could not: the real one calls https only. */
function hookAddress(publicUrl: string | null, apiRoot: string): string | null {
  if (publicUrl === null) return null;
  if (!publicUrl.startsWith('https:') && new URL(apiRoot).hostname === realRoot) return null;
  return `${publicUrl}/hooks/${channelName}`;
}

function refusedStart(error: unknown): RelevoError {
  if (isWrongToken(error)) {
    return new RelevoError('auth_failed', 'Telegram does not know the bot token.', {
      hint: 'Set TELEGRAM_BOT_TOKEN to what @BotFather shows under /mybots, API Token.',
      cause: error,
    });
  }
  return new RelevoError('webhook_refused', 'Telegram refused the webhook.', {
    hint: 'PUBLIC_URL must be https on port 443, 80, 88 or 8443; without TELEGRAM_WEBHOOK_SECRET messages are polled for.',
    cause: error,
  });
}

/** @returns undefined, which is no update either, when it is no JSON */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
