import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { RelevoError } from '../../core/errors.ts';
import type { Media, MediaKind } from '../../core/message.ts';
import type { Inlet } from '../channel.ts';
import { isUnverified } from './address.ts';
import { keepAside } from './keep-aside.ts';
import type { Mail, MailFile } from './mail.ts';
import { type Box, type Intake, intakeOf, messagesOf } from './parse.ts';
import type { Reader } from './reader.ts';
import type { RawMail } from './watch.ts';

/** What taking in a mail needs. */
export interface ReceiveDeps {
  readonly box: Box;
  readonly inlet: Inlet;
  readonly reader: Reader;
  readonly now: () => number;
  readonly log: Logger;
}

/** Where the channel remembers whose case a number is. */
export const caseCursor = (number: number) => `token/${number}`;

/** Where it remembers when an unverified sender last proved to read our mail. */
export const provenCursor = (user: string) => `proven/${user}`;

/** Takes in the mails of one mailbox. */
export interface Receiver {
  /** Stores a mail, puts it aside, or drops it for a reason. It is never answered from here. */
  take(raw: RawMail): Promise<void>;
  /** Puts a mail into quarantine with all its bytes. @param reason why, without personal data */
  putAside(raw: RawMail, reason: string): Promise<void>;
}

/** Makes it. */
export function createReceiver({ box, inlet, reader, now, log }: ReceiveDeps): Receiver {
  const { account } = box;
  const dropped = new Map<string, number>();

  function drop(why: string): void {
    const count = (dropped.get(why) ?? 0) + 1;
    dropped.set(why, count);
    log.info({ why, count }, 'a mail that nobody waits for was dropped');
  }

  async function putAside({ uid, bytes }: RawMail, reason: string): Promise<void> {
    // Without its bytes only its place tells it apart.
    const id = bytes === null ? uid : createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    await keepAside(inlet, `email/${account}/unreadable/${id}`, reason, bytes);
    log.warn({ reason }, 'a mail was put aside');
  }

  async function store(mail: Mail, letter: Extract<Intake, { kind: 'letter' }>): Promise<void> {
    const of = letter.number === null ? null : await inlet.cursor(caseCursor(letter.number));
    // All files first: then the mail's messages follow each other closely enough to be one turn.
    const files: (Media | null)[] = [];
    const keeps = letter.automatic === null || of !== null;
    for (const file of keeps ? mail.files : []) files.push(await keep(file));
    const messages = messagesOf(mail, letter, account, of, files);
    const [first] = messages;
    if (first === undefined) return drop(letter.automatic ?? 'empty');
    for (const message of messages) await inlet.receive(message);
    const { user } = first.address;
    if (of === user && isUnverified(user) && first.bystander === undefined) {
      await inlet.saveCursor(provenCursor(user), String(now()));
    }
  }

  /** @returns null when it is larger than what is kept */
  async function keep(file: MailFile): Promise<Media | null> {
    const { bytes, name, type } = file;
    const all = (async function* () {
      yield bytes;
    })();
    try {
      const named = name === undefined ? {} : { name };
      return await inlet.keep({ bytes: all, kind: kindOf(type), type, ...named });
    } catch (error) {
      if (error instanceof RelevoError && error.code === 'media_too_large') return null;
      throw error;
    }
  }

  async function take(raw: RawMail): Promise<void> {
    const { bytes } = raw;
    if (bytes === null) return putAside(raw, raw.fault ?? 'it could not be fetched');
    const read = await reader.read(bytes);
    if ('unreadable' in read) return putAside(raw, read.unreadable);
    const intake = intakeOf(read.mail, box);
    switch (intake.kind) {
      case 'letter':
        return store(read.mail, intake);
      case 'bounced': {
        const error = `the mail came back${intake.status === '' ? '' : ` (${intake.status})`}`;
        return inlet.report({ message: { name: intake.name }, status: 'failed', error });
      }
      case 'unreadable':
        return putAside(raw, intake.reason);
      case 'dropped':
        return drop(intake.why);
    }
  }

  return { take, putAside };
}

function kindOf(type: string): MediaKind {
  const [family = ''] = type.split('/');
  // A drawing that can run scripts is shown as no picture.
  if (family === 'image' && !type.includes('svg')) return 'image';
  return family === 'audio' || family === 'video' ? family : 'document';
}
