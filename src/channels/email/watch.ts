import type { ImapFlow } from 'imapflow';
import type { Logger } from 'pino';
import { z } from 'zod';
import { RelevoError } from '../../core/errors.ts';
import type { Inlet } from '../channel.ts';
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

/** After so many tries a mail that the server cannot hand out is put aside. */
const maxTries = 5;

/** Mails marked as seen at a time. */
const seenBatch = 50;

/** A mail as it lies in the mailbox. */
export interface RawMail {
  /** Unique in the mailbox as long as its UIDVALIDITY. */
  readonly uid: string;
  /** Null when it is too large or the server could not hand it out: `fault` says which. */
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
  /** Stores a mail, or puts it aside; resolves once that is durable. */
  readonly take: (mail: RawMail) => Promise<void>;
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

const placeShape = z.object({ uidValidity: z.string(), last: z.number(), since: z.number() });

/** The last mail that was stored, and when the mailbox was first opened, in epoch milliseconds. */
type Place = z.infer<typeof placeShape>;

/**
 * Watches a mailbox: what comes is stored in its order, and only then marked as seen. What lay there before the first
 * start is left alone.
 */
export function createWatch({ account, folder, connect, inlet, take, now, log }: WatchDeps): Watch {
  const cursor = `imap/${account}/${folder}`;
  const news = createBell();
  let stopped = false;
  let running: Promise<void> | null = null;
  let client: ImapFlow | null = null;
  let waitMs = firstWaitMs;
  let tries = { uid: 0, count: 0 };

  async function placeIn(box: { uidValidity: bigint; uidNext: number }): Promise<Place> {
    const uidValidity = String(box.uidValidity);
    const saved = await inlet.cursor(cursor);
    const known = saved === null ? null : placeShape.parse(JSON.parse(saved));
    if (known?.uidValidity === uidValidity) return known;
    if (known !== null) log.warn({ account }, 'the mailbox was made anew: all of it is read again');
    const fresh = { uidValidity, last: known === null ? box.uidNext - 1 : 0, since: known?.since ?? now() };
    await inlet.saveCursor(cursor, JSON.stringify(fresh));
    return fresh;
  }

  /** Stores all that is new. @returns how far it came */
  async function drain(open: ImapFlow, from: Place): Promise<Place> {
    let place = from;
    const reread = place.last === 0;
    const query = { uid: true, size: true, internalDate: true };
    const found = await within(open, commandMs, open.fetchAll(`${place.last + 1}:*`, query, { uid: true }));
    // `*` names the newest mail, however old it is.
    const fresh = found.filter(({ uid }) => uid > from.last).sort((a, b) => a.uid - b.uid);
    const stored: number[] = [];
    try {
      for (const { uid, size, internalDate } of fresh) {
        if (stopped) break;
        const before = reread && new Date(internalDate ?? now()).getTime() < place.since - 60_000;
        const mail = before ? null : await fetchMail(open, uid, size ?? 0);
        if (mail !== null) {
          await take({ ...mail, uid: `${place.uidValidity}.${uid}` });
          stored.push(uid);
        }
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

  /** @returns null when somebody deleted it meanwhile */
  async function fetchMail(open: ImapFlow, uid: number, size: number): Promise<Omit<RawMail, 'uid'> | null> {
    if (size > maxMailBytes) return { bytes: null, fault: `it is larger than ${maxMailBytes} bytes` };
    tries = { uid, count: tries.uid === uid ? tries.count + 1 : 1 };
    if (tries.count > maxTries) return { bytes: null, fault: 'the mail server cannot hand it out' };
    const mail = await within(open, commandMs, open.fetchOne(String(uid), { source: true }, { uid: true }));
    if (mail && mail.source !== undefined) return { bytes: mail.source };
    if (!open.usable || open.mailbox === false)
      throw new Error('the connection ended while a mail was fetched');
    const left = await within(open, commandMs, open.search({ uid: String(uid) }, { uid: true }));
    if (!Array.isArray(left) || left.includes(uid)) throw new Error('the mail server gave an empty mail');
    return null;
  }

  async function markSeen(open: ImapFlow, uids: readonly number[]): Promise<void> {
    if (uids.length === 0 || !open.usable) return;
    try {
      await within(open, commandMs, open.messageFlagsAdd(uids.join(','), ['\\Seen'], { uid: true }));
    } catch (error) {
      log.debug({ account, err: error }, 'stored mails could not be marked as seen');
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
    log.info({ account }, 'the mailbox is open');
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
        if (!stopped) log.warn({ account, code: codeOf(error), refused }, 'the mailbox is out of reach');
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
        running ??= run(resolve, (error) => {
          if (isLoginRefused(error)) reject(loginRefused(account));
          else resolve();
        });
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

function loginRefused(account: string): RelevoError {
  return new RelevoError(
    'email_login_refused',
    `the mail server refused the login of mailbox ${domain(account)}`,
    {
      hint: 'check the user and password in EMAIL_IMAP_URL; many providers want a password made for apps',
    },
  );
}

/** An address is personal data; its domain tells mailboxes apart well enough. */
const domain = (account: string) => `…@${account.slice(account.lastIndexOf('@') + 1)}`;

function codeOf(error: unknown): string {
  if (error instanceof RelevoError) return error.code;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : error instanceof Error ? error.message.slice(0, 200) : 'unknown';
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
