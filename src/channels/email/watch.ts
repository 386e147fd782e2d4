import type { ImapFlow } from 'imapflow';
import type { Logger } from 'pino';
import { z } from 'zod';
import { RelevoError } from '../../core/errors.ts';
import type { Inlet } from '../channel.ts';
import { labelOf } from './address.ts';
import { commandMs, isLoginRefused, leave, within } from './imap.ts';

/** How long to wait for news before the server is asked whether it is still there, in milliseconds. */
const quietMs = 120_000;

/** Waits between tries, in milliseconds: doubled from the first to the last. */
const firstWaitMs = 1_000;
const lastWaitMs = 60_000;

/** The wait after a refused password, in milliseconds. */
const refusedWaitMs = 5 * 60_000;

/** Larger mails are put aside unread, in bytes. */
const maxMailBytes = 40 * 1024 * 1024;

/** After so many tries a mail that cannot be fetched or stored is put aside, so that those behind it are read. */
const maxTries = 8;

/** Mails marked as seen at a time. */
const seenBatch = 50;

/** A mail as it lies in the mailbox. */
export interface RawMail {
  /** Unique in the mailbox as long as its UIDVALIDITY. */
  readonly uid: string;
  /** Null when it could not be had: `fault` says why. */
  readonly bytes: Uint8Array | null;
  readonly fault?: string;
}

/** What watching a mailbox needs. */
export interface WatchDeps {
  readonly account: string;
  readonly folder: string;
  /** A new connection, not open yet. */
  readonly connect: () => Promise<ImapFlow>;
  readonly inlet: Pick<Inlet, 'cursor' | 'saveCursor'>;
  /** Stores a mail; resolves once that is durable. */
  readonly take: (mail: RawMail) => Promise<void>;
  /** Puts a mail aside that could not be stored. */
  readonly putAside: (mail: RawMail, reason: string) => Promise<void>;
  readonly now: () => number;
  readonly log: Logger;
}

/** A mailbox that is being watched. */
export interface Watch {
  /** Resolves once it is open, or is known to be out of reach for now. @throws RelevoError `email_login_refused` */
  start(): Promise<void>;
  /** Resolves when the mail at hand is done with. Calling it twice is fine. */
  stop(): Promise<void>;
}

const placeShape = z.object({
  uidValidity: z.string(),
  last: z.number(),
  old: z.number(),
  since: z.number(),
});

/**
 * The last mail that was stored; the mails below `old` lay there when these UIDs were new to us; when the mailbox was
 * first opened, in epoch milliseconds.
 */
type Place = z.infer<typeof placeShape>;

/**
 * Watches a mailbox: what comes is stored in its order, and only then marked as seen. What lay there before the first
 * start is left alone.
 */
export function createWatch({ account, folder, connect, inlet, take, putAside, now, log }: WatchDeps): Watch {
  const cursor = `imap/${account}/${folder}`;
  const news = createBell();
  let stopped = false;
  let running: Promise<void> | null = null;
  let client: ImapFlow | null = null;
  let waitMs = firstWaitMs;
  let failing = { uid: '', count: 0 };
  const mailbox = labelOf(account);

  async function placeIn(box: { uidValidity: bigint; uidNext: number }): Promise<Place> {
    const uidValidity = String(box.uidValidity);
    const saved = await inlet.cursor(cursor);
    const known = saved === null ? null : placeShape.parse(JSON.parse(saved));
    if (known?.uidValidity === uidValidity) return known;
    if (known !== null) log.warn({ mailbox }, 'the mailbox was made anew: all of it is read again');
    const old = box.uidNext;
    const fresh = { uidValidity, old, last: known === null ? old - 1 : 0, since: known?.since ?? now() };
    await inlet.saveCursor(cursor, JSON.stringify(fresh));
    return fresh;
  }

  /** Stores all that is new. @returns how far it came */
  async function drain(open: ImapFlow, from: Place): Promise<Place> {
    let place = from;
    const query = { uid: true, size: true, internalDate: true };
    const found = await within(open, commandMs, open.fetchAll(`${place.last + 1}:*`, query, { uid: true }));
    // `*` names the newest mail, however old it is.
    const fresh = found.filter(({ uid }) => uid > from.last).sort((a, b) => a.uid - b.uid);
    const stored: number[] = [];
    try {
      for (const { uid, size, internalDate } of fresh) {
        if (stopped) break;
        const came = new Date(internalDate ?? now()).getTime();
        const before = uid < place.old && came < place.since - 60_000;
        if (!before && (await takeOne(open, place.uidValidity, uid, size ?? 0))) stored.push(uid);
        place = { ...place, last: uid };
        await inlet.saveCursor(cursor, JSON.stringify(place));
        waitMs = firstWaitMs;
        if (stored.length >= seenBatch) await markSeen(open, stored.splice(0));
      }
    } finally {
      await markSeen(open, stored);
    }
    return place;
  }

  /** @returns false when somebody deleted it meanwhile */
  async function takeOne(open: ImapFlow, validity: string, number: number, size: number): Promise<boolean> {
    const uid = `${validity}.${number}`;
    let mail: RawMail = { uid, bytes: null };
    try {
      const fetched = await fetchMail(open, number, size);
      if (fetched === null) return false;
      mail = { ...fetched, uid };
      await take(mail);
    } catch (error) {
      failing = { uid, count: failing.uid === uid ? failing.count + 1 : 1 };
      if (failing.count < maxTries) throw error;
      // Where the store itself is away, this fails as well, and the mail is tried again.
      await putAside(mail, `it failed ${failing.count} times (${codeOf(error)})`);
    }
    return true;
  }

  /** @returns null when somebody deleted it meanwhile */
  async function fetchMail(open: ImapFlow, uid: number, size: number): Promise<Omit<RawMail, 'uid'> | null> {
    if (size > maxMailBytes) return { bytes: null, fault: `it is larger than ${maxMailBytes} bytes` };
    const mail = await within(open, commandMs, open.fetchOne(String(uid), { source: true }, { uid: true }));
    if (mail && mail.source !== undefined) return { bytes: mail.source };
    if (!open.usable || open.mailbox === false)
      throw unfetched('the connection ended while a mail was fetched');
    const left = await within(open, commandMs, open.search({ uid: String(uid) }, { uid: true }));
    if (!Array.isArray(left) || left.includes(uid)) throw unfetched('the mail server gave an empty mail');
    return null;
  }

  async function markSeen(open: ImapFlow, uids: readonly number[]): Promise<void> {
    if (uids.length === 0 || !open.usable) return;
    try {
      await within(open, commandMs, open.messageFlagsAdd(uids.join(','), ['\\Seen'], { uid: true }));
    } catch (error) {
      log.debug({ mailbox, err: error }, 'stored mails could not be marked as seen');
    }
  }

  async function session(opened: () => void): Promise<void> {
    const open = await connect();
    client = open;
    if (stopped) return;
    open.on('exists', news.ring);
    open.on('close', news.ring);
    await within(open, commandMs, open.connect());
    const box = await within(open, commandMs, open.mailboxOpen(folder));
    let place = await placeIn(box);
    opened();
    log.info({ mailbox }, 'the mailbox is open');
    while (!stopped && open.usable) {
      news.hush();
      place = await drain(open, place);
      if (stopped) return;
      if (news.rung) continue;
      // Left alone, the client would begin to listen only after a while of silence.
      void open.idle().catch(news.ring);
      const rung = await news.wait(quietMs);
      if (!rung && open.usable) await within(open, 20_000, open.noop());
    }
  }

  async function run(opened: () => void, failed: (error: unknown) => void): Promise<void> {
    while (!stopped) {
      let refused = false;
      try {
        await session(opened);
      } catch (error) {
        refused = isLoginRefused(error);
        failed(error);
        if (!stopped) log.warn({ mailbox, code: codeOf(error), refused }, 'the mailbox is out of reach');
      }
      if (client !== null) await leave(client);
      client = null;
      if (stopped) return;
      const delayMs = refused ? refusedWaitMs : waitMs;
      waitMs = Math.min(lastWaitMs, waitMs * 2);
      news.hush();
      await news.wait(delayMs);
    }
  }

  return {
    start() {
      return new Promise((resolve, reject) => {
        const failed = (error: unknown) => {
          if (isLoginRefused(error)) reject(loginRefused(mailbox));
          else resolve();
        };
        running = run(resolve, failed).finally(resolve);
      });
    },
    async stop() {
      stopped = true;
      news.ring();
      const open = client;
      if (open !== null && !open.usable) open.close();
      await running;
    },
  };
}

function loginRefused(mailbox: string): RelevoError {
  return new RelevoError('email_login_refused', `the mail server refused the login of ${mailbox}`, {
    hint: 'check the user and password in EMAIL_IMAP_URL; many providers want a password made for apps',
  });
}

const unfetched = (message: string) => new RelevoError('mail_not_fetched', message);

/** Only the code: a message may hold what somebody wrote. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Rings for whoever waits, or for whoever will. */
function createBell() {
  let rung = false;
  let wake = (): void => undefined;
  return {
    get rung() {
      return rung;
    },
    ring: () => {
      rung = true;
      wake();
    },
    hush: () => {
      rung = false;
    },
    /** @returns whether it rang, or the time was over */
    wait: (ms: number) =>
      new Promise<boolean>((resolve) => {
        if (rung) return resolve(true);
        const timer = setTimeout(() => resolve(false), ms);
        wake = () => {
          clearTimeout(timer);
          resolve(true);
        };
      }),
  };
}
