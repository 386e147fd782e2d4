import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { SendError } from '../../core/errors.ts';
import type { Address, OutboundMessage } from '../../core/message.ts';
import type { Channel, Inlet } from '../channel.ts';
import type { ChannelDeps } from '../channel-kind.ts';
import { startBrowserProcess } from './browser/start.ts';
import { checkSettings } from './check.ts';
import { findChromium } from './chromium.ts';
import { createIdentities, type Identities } from './identity.ts';
import { channelName } from './inbound.ts';
import { createKeeper, type Keeper, type KeeperTimes, notConnected, patience } from './keeper.ts';
import { layFile } from './outgoing-file.ts';
import type { ToBrowser } from './protocol.ts';
import { putAside, receive } from './receive.ts';
import { can, limits, partsOf, textOf } from './render.ts';
import { createSentLog, type SentLog } from './sent-log.ts';
import { showInTerminal } from './terminal.ts';
import { createWatermark, type Watermark } from './watermark.ts';

/** What the channel is set to. */
export interface WhatsAppWebSettings {
  /** The browser's program; null: it is looked for. */
  readonly chromium: string | null;
  /** A page of our own instead of WhatsApp's, for tests. */
  readonly page?: Extract<ToBrowser, { is: 'open' }>['page'];
  readonly begin?: typeof startBrowserProcess;
  readonly times?: Partial<KeeperTimes>;
}

/** Files go through the page's memory, coded and decoded. */
const maxFileBytes = 25 * 1024 * 1024;

/** What came so long before the last thing stored is asked for again, in seconds: phones' clocks differ. */
const overlapSeconds = 120;

/** The longest that a message's send can have begun before the customer's newest words were stored, in seconds. */
const findSlackSeconds = 60;

/** Showing that somebody types lasts 25 s. */
const typingEveryMs = 20_000;

/** What belongs to the linked phone. */
interface Linked {
  readonly account: string;
  readonly identities: Identities;
  readonly sentLog: SentLog;
  readonly watermark: Watermark;
}

/** WhatsApp by its web page, as a linked device: a browser in a process of its own, kept running. */
export function createWhatsAppWeb(settings: WhatsAppWebSettings, deps: ChannelDeps): Channel {
  const { clock, ids, log } = deps;
  const typedAt = new LRUCache<string, number>({ max: 10_000 });
  let keeper: Keeper | null = null;
  let linked: Linked | null = null;
  let filesFolder = '';
  let outFolder = '';

  async function link(account: string, inlet: Inlet): Promise<void> {
    if (linked?.account !== account) {
      const kept = await inlet.cursor(`seen/${account}`);
      const now = Math.floor(clock.now() / 1_000);
      const save = (at: number) => inlet.saveCursor(`seen/${account}`, `${at}`);
      // A phone that was never linked before has a past that is none of ours.
      if (kept === null) await save(now);
      linked = {
        account,
        identities: createIdentities(inlet, account),
        sentLog: createSentLog(inlet, account),
        watermark: createWatermark(Number(kept ?? now), save),
      };
    }
    const seen = Number((await inlet.cursor(`seen/${account}`)) ?? 0);
    keeper?.catchUp(seen - overlapSeconds);
  }

  /** @throws while no phone is linked: then it comes again */
  function open(): Linked {
    if (linked === null) throw notConnected();
    return linked;
  }

  function start(inlet: Inlet, begin: ToBrowser): Keeper {
    return createKeeper(
      {
        begin: settings.begin ?? startBrowserProcess,
        open: begin,
        clock,
        log,
        times: { ...patience, ...settings.times },
      },
      {
        onReady: (account) => link(account, inlet),
        async onEvent(event) {
          const { account, identities, watermark } = open();
          const id = JSON.stringify([event.from, event.kind, 'id' in event ? event.id : event.of]);
          watermark.begin(id, event.at);
          await receive(event, { inlet, identities, account, filesFolder });
          await watermark.done(id);
        },
        onUnreadable: (item) => putAside(item, linked?.account ?? 'none', inlet),
        onQr: (qr) =>
          void showInTerminal(qr).catch((error: unknown) =>
            log.warn({ err: error }, 'the code was not drawn'),
          ),
      },
    );
  }

  function running({ account }: Address): { keeper: Keeper } & Linked {
    const phone = open();
    if (keeper === null) throw notConnected();
    if (account !== phone.account) {
      throw new SendError(
        'other_account',
        'The customer wrote to another number than the one that is linked now.',
        {
          permanent: true,
          hint: 'Link that phone again, or write to the customer another way.',
        },
      );
    }
    return { keeper, ...phone };
  }

  /** What went out has gone out, also when nobody can write it down. */
  async function noted(sentLog: SentLog, user: string, externalId: string): Promise<{ externalId: string }> {
    await sentLog
      .note(user, externalId)
      .catch((error: unknown) => log.warn({ err: error }, 'a message that went out was not noted'));
    return { externalId };
  }

  async function send(part: OutboundMessage): Promise<{ externalId: string }> {
    const { keeper: by, identities, sentLog } = running(part.to);
    const to = await identities.chatOf(part.to.user);
    const text = textOf(part);
    const { attachment } = part;
    if (attachment === null) return noted(sentLog, part.to.user, await by.send({ to, text }));
    const laid = await layFile(attachment, { folder: outFolder, name: ids.id(), media: deps.media });
    try {
      return await noted(sentLog, part.to.user, await by.send({ to, text, file: laid.file }));
    } finally {
      await laid.remove();
    }
  }

  return {
    name: channelName,
    title: 'WhatsApp',
    can,
    limits,

    async start(inlet) {
      const chromium = await findChromium(settings.chromium);
      const folder = await deps.folder();
      filesFolder = join(folder, 'files');
      outFolder = join(folder, 'out');
      // What lies here was on its way when we died: it is asked for again, or sent again.
      await Promise.all([filesFolder, outFolder].map((one) => rm(one, { recursive: true, force: true })));
      await Promise.all([filesFolder, outFolder].map((one) => mkdir(one, { recursive: true, mode: 0o700 })));
      const { page } = settings;
      const begin: ToBrowser = {
        is: 'open',
        folder,
        filesFolder,
        maxFileBytes,
        chromium,
        ...(page === undefined ? {} : { page }),
      };
      keeper = start(inlet, begin);
      keeper.start();
    },

    parts: partsOf,
    send,

    async find(part) {
      // Without words, or an hour to begin at, any message could be the one.
      if (part.answers === null || part.text === '') return 'unknown';
      const { keeper: by, identities, sentLog } = running(part.to);
      const { user } = part.to;
      const id = await by.find({
        to: await identities.chatOf(user),
        text: textOf(part),
        since: part.answers.at / 1_000 - findSlackSeconds,
        not: [...(await sentLog.of(user))],
      });
      return id === null ? 'unknown' : noted(sentLog, user, id);
    },

    typing({ user }) {
      if (clock.now() - (typedAt.get(user) ?? Number.NEGATIVE_INFINITY) < typingEveryMs) return;
      typedAt.set(user, clock.now());
      linked?.identities
        .chatOf(user)
        .then((chat) => keeper?.typing(chat))
        .catch((error: unknown) => log.debug({ err: error }, 'typing was not shown'));
    },

    state: () => keeper?.status() ?? { state: 'starting', line: 'Not started.' },

    check: () => checkSettings(settings.chromium, deps.folder),

    async stop() {
      const ended = keeper;
      keeper = null;
      await ended?.stop();
    },
  };
}
