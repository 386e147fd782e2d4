import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { Message } from 'whatsapp-web.js';
import { within } from '../../../core/within.ts';
import {
  type Attached,
  type Parsed,
  parseDeletion,
  parseEdit,
  parseMessage,
  parseReaction,
} from '../parse.ts';
import { pickSent } from '../pick-sent.ts';
import { type FromBrowser, lineOf, type ToBrowser, type WebEvent } from '../protocol.ts';
import { createDelivery } from './delivery.ts';
import { download, mediaToSend } from './files.ts';
import { createClient } from './library.ts';

type Open = Extract<ToBrowser, { is: 'open' }>;
type Ending = Extract<FromBrowser, { is: 'ending' }>;

/** The library's session, in the words of the two processes. */
export interface Session {
  hear(message: Exclude<ToBrowser, { is: 'open' }>): Promise<void>;
  /** Closes the browser; the phone stays linked. */
  close(): Promise<void>;
}

/** All in milliseconds. */
const pageAnswersMs = 10_000;
const idsMs = 5_000;
const closeMs = 5_000;
const reconcileEveryMs = 5 * 60_000;
const reconcileBackMs = 10 * 60_000;
const deafAfterMs = 60_000;
const disconnectedForMs = 120_000;
const refreshQrAfterMs = 90_000;

/** Messages of one chat that are looked through for what was missed. */
const perChat = 100;

/** Faults of the page in which a message certainly was not sent. */
const undeliverable = /No LID for user|invalid wid|wid error|Chat not found/iu;
const fileRefused = /media-fault|upload failed|prepRawMedia|waitForPrep|ENOENT/iu;

/**
 * Opens the browser and the page. What goes wrong later ends it: whoever keeps it starts another.
 * @param post says something to whoever keeps us
 * @param end says why, and ends this process
 */
export function openSession(
  open: Open,
  post: (message: FromBrowser) => void,
  end: (why: Ending['why'], detail: string) => void,
): Session {
  let ready = false;
  let closing = false;
  let qrAt: number | null = null;
  let offSince: number | null = null;
  let reconciledAt = Date.now();
  const peopleIds = new LRUCache<string, Pick<WebEvent, 'lid' | 'phone'>>({ max: 10_000, ttl: 3_600_000 });
  const delivery = createDelivery(post);

  const client = createClient(open, (browser) => {
    const pid = browser.process()?.pid;
    if (pid !== undefined) post({ is: 'browser', pid });
    browser.on('disconnected', () => {
      if (!closing) end('browser_gone', 'the browser ended');
    });
    client.pupPage?.on('error', (error) => end('browser_gone', lineOf(error)));
  });

  client.on('qr', (qr: string) => {
    ready = false;
    qrAt = Date.now();
    post({ is: 'needs-qr', qr });
  });
  const syncing = (): void => {
    qrAt = null;
    post({ is: 'syncing' });
  };
  client.on('authenticated', syncing);
  client.on('loading_screen', syncing);
  client.on('ready', () => {
    ready = true;
    qrAt = null;
    offSince = null;
    post({ is: 'ready', account: client.info.wid.user.replace(/\D/gu, '') });
  });
  client.on('auth_failure', (message: string) => end('page_failed', lineOf(message)));
  client.on('disconnected', (reason: string) => {
    if (reason === 'LOGOUT') void forget();
    else end('not_connected', lineOf(reason));
  });
  client.on('message', (message: Message) => void hand(parseMessage(message.rawData), message));
  client.on(
    'message_ciphertext_failed',
    (message: Message) => void hand(parseMessage(message.rawData), message),
  );
  client.on('message_edit', (message: Message) => void hand(parseEdit(message.rawData)));
  client.on('message_revoke_everyone', (message: Message) => void hand(parseDeletion(message.rawData)));
  client.on(
    'message_reaction',
    ({ id, msgId, senderId, reaction, timestamp }) =>
      void hand(parseReaction({ id, msgId, senderId, reaction, timestamp })),
  );

  /** @returns whether it was news */
  function hand(parsed: Parsed, message?: Message): boolean {
    if (parsed.kind === 'ignored') return false;
    if (parsed.kind === 'unreadable') {
      delivery.tellUnreadable(parsed.reason, JSON.stringify(message?.rawData ?? null));
      return true;
    }
    const { event, attached } = parsed;
    return delivery.tell(idOf(event), event.from, () => complete(event, attached, message));
  }

  async function complete(event: WebEvent, attached: Attached | null, message?: Message): Promise<WebEvent> {
    const whole = { ...event, ...(await idsOf(event.from)) };
    if (whole.kind !== 'message' || attached === null || message === undefined) return whole;
    const file = await download(message, attached, { folder: open.filesFolder, maxBytes: open.maxFileBytes });
    return { ...whole, ...file };
  }

  /** Both ids of a person, where the page knows them. */
  async function idsOf(from: string): Promise<Pick<WebEvent, 'lid' | 'phone'>> {
    const known = peopleIds.get(from);
    if (known !== undefined) return known;
    const [found] = await within(idsMs, client.getContactLidAndPhone([from])).catch(() => []);
    const ids = { ...(found?.lid ? { lid: found.lid } : {}), ...(found?.pn ? { phone: found.pn } : {}) };
    peopleIds.set(from, ids);
    return ids;
  }

  /** Hands in what came since then and was not told. @returns how much of it should have been */
  async function catchUp(since: number): Promise<number> {
    let missed = 0;
    for (const chat of await client.getChats()) {
      if (chat.isGroup || !/@(?:c\.us|lid)$/u.test(chat.id._serialized) || chat.timestamp < since) continue;
      const messages = await chat.fetchMessages({ limit: perChat, fromMe: false });
      for (const message of messages.toSorted((a, b) => a.timestamp - b.timestamp)) {
        if (message.timestamp < since) continue;
        const late = Date.now() - message.timestamp * 1_000 > deafAfterMs;
        if (hand(parseMessage(message.rawData), message) && late) missed += 1;
      }
    }
    return missed;
  }

  async function send({ call, to, text, file }: Extract<ToBrowser, { is: 'send' }>): Promise<void> {
    if (!ready) return post({ is: 'failed', call, code: 'not_ready', why: 'not linked' });
    const options = { linkPreview: false, parseVCards: false, sendSeen: false, waitUntilMsgSent: true };
    try {
      const sent =
        file === undefined
          ? await client.sendMessage(to, text, options)
          : await client.sendMessage(to, await mediaToSend(file), {
              ...options,
              ...(text === '' ? {} : { caption: text }),
              sendAudioAsVoice: file.as === 'voice',
              sendMediaAsSticker: file.as === 'sticker',
              sendMediaAsDocument: file.as === 'document',
            });
      // The library gives nothing where it found no chat or lost the message: nobody knows which.
      if (!sent || sent.ack < 0) throw new Error('no message came of it');
      post({ is: 'sent', call, id: sent.id.id });
      client
        .sendSeen(to)
        .catch((error: unknown) => post({ is: 'trouble', what: 'seen', why: lineOf(error) }));
    } catch (error) {
      const why = lineOf(error);
      const code = undeliverable.test(why)
        ? 'undeliverable'
        : file !== undefined && fileRefused.test(why)
          ? 'file_refused'
          : 'failed';
      post({ is: 'failed', call, code, why });
    }
  }

  async function find(ask: Extract<ToBrowser, { is: 'find' }>): Promise<void> {
    const chat = await client.getChatById(ask.to);
    const messages = await chat.fetchMessages({ limit: 20, fromMe: true });
    const found = pickSent(
      messages.map(({ id, body, timestamp, ack }) => ({ id: id.id, text: body, at: timestamp, ack })),
      ask,
    );
    post({ is: 'found', call: ask.call, id: found?.id ?? null });
  }

  /** Says that all is well only when the page answers, and looks after what the library leaves alone. */
  async function ping(): Promise<void> {
    const page = client.pupPage;
    if (page !== undefined && page !== null) {
      try {
        await within(pageAnswersMs, page.evaluate('1'));
      } catch (error) {
        // While it loads it cannot answer; if it never loads, whoever keeps us ends that.
        if (/longer than/u.test(lineOf(error))) return;
      }
    }
    post({ is: 'alive' });
    if (qrAt !== null && Date.now() - qrAt > refreshQrAfterMs) {
      qrAt = Date.now();
      await page?.evaluate("window.require('WAWebCmd').Cmd.refreshQR()");
    }
    if (ready) await lookAfter();
  }

  async function lookAfter(): Promise<void> {
    const state = await within(pageAnswersMs, client.getState());
    if (String(state) === 'CONNECTED') offSince = null;
    else offSince ??= Date.now();
    if (offSince !== null && Date.now() - offSince > disconnectedForMs) end('not_connected', String(state));
    if (Date.now() - reconciledAt < reconcileEveryMs) return;
    reconciledAt = Date.now();
    if ((await catchUp((Date.now() - reconcileBackMs) / 1_000)) === 0) return;
    // The page had messages that the library kept to itself: its listeners are dead.
    await delivery.idle();
    end('deaf', 'messages came without an event');
  }

  /** The phone was unlinked: what this computer knows of its chats goes too. */
  async function forget(): Promise<void> {
    await close();
    await rm(join(open.folder, 'session'), { recursive: true, force: true, maxRetries: 5 });
    end('logged_out', 'the phone was unlinked');
  }

  async function close(): Promise<void> {
    closing = true;
    await within(closeMs, client.destroy());
  }

  client.initialize().catch((error: unknown) => {
    const line = lineOf(error);
    end(/already running|ProcessSingleton/iu.test(line) ? 'profile_in_use' : 'page_failed', line);
  });

  return {
    close,
    async hear(message) {
      switch (message.is) {
        case 'stored':
          return delivery.stored(message.n, message.ok);
        case 'catch-up':
          await catchUp(message.since);
          return;
        case 'send':
          return send(message);
        case 'find':
          return find(message);
        case 'typing': {
          const chat = await client.getChatById(message.to);
          return chat.sendStateTyping();
        }
        case 'ping':
          return ping();
        case 'close':
          return end('browser_gone', 'closed');
      }
    },
  };
}

/** What makes an event the same as one that was told. */
function idOf(event: WebEvent): string {
  switch (event.kind) {
    case 'message':
      return `${event.from}/${event.id}`;
    case 'deletion':
      return `${event.from}/${event.of}/deletion`;
    case 'edit':
    case 'reaction':
      return `${event.from}/${event.of}/${event.kind}/${event.stamp}`;
  }
}
