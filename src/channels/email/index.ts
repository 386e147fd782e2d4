import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { LRUCache } from 'lru-cache';
import MailComposer from 'nodemailer/lib/mail-composer';
import { RelevoError, SendError } from '../../core/errors.ts';
import type { Address, OutboundMessage } from '../../core/message.ts';
import type { Channel, Inlet, SendLimits } from '../channel.ts';
import type { ChannelDeps } from '../channel-kind.ts';
import { createAnswerCap } from './answer-cap.ts';
import { can } from './can.ts';
import { checkAccount } from './check.ts';
import { imapClient } from './imap.ts';
import { createReader } from './reader.ts';
import { caseCursor, createReceiver, provenCursor } from './receive.ts';
import { renderLetter } from './render.ts';
import { replySecret } from './secret.ts';
import { createSentFolder } from './sent-folder.ts';
import type { EmailSettings, MailAccount } from './settings.ts';
import { createSmtp } from './smtp.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createWatch, type Watch } from './watch.ts';

// No provider states a rate; far below what any of them takes.
const limits: SendLimits = {
  account: { calls: 5, perMs: 1_000, burst: 5 },
  user: { calls: 1, perMs: 1_000, burst: 2 },
};

/** Mailboxes that customers write to. Connects with `start`. */
export function createEmail(settings: EmailSettings, deps: ChannelDeps): Channel {
  const { clock, log } = deps;
  const reader = createReader();
  const cap = createAnswerCap();
  const known = new LRUCache<number, string>({ max: 10_000 });
  let inlet: Inlet | null = null;
  let watches: readonly Watch[] = [];

  const ca = once(() => (settings.caFile === null ? Promise.resolve(undefined) : trusted(settings.caFile)));
  const tokens = once(async (): Promise<Tokens> => createTokens(await replySecret(await deps.folder())));
  const boxes = new Map(
    settings.accounts.map((account) => {
      const connect = async () => imapClient(account, await ca());
      const parts = { account, connect, smtp: createSmtp(account, ca), sent: createSentFolder(connect) };
      return [account.address, parts] as const;
    }),
  );

  function boxOf(to: Address) {
    const box = boxes.get(to.account);
    if (box !== undefined) return box;
    throw new SendError('no_such_account', 'the mailbox this customer wrote to is not set up any more', {
      permanent: true,
      hint: 'put it back into EMAIL_ADDRESS',
    });
  }

  async function watch(account: MailAccount, into: Inlet): Promise<Watch> {
    const box = {
      account: account.address,
      own: settings.accounts.map(({ address }) => address),
      tokens: await tokens(),
      trustedAuthserv: settings.trustedAuthserv,
      trustFrom: settings.trustFrom,
    };
    const now = () => clock.now();
    const receiver = createReceiver({ box, inlet: into, reader, now, log });
    const connect = async () => imapClient(account, await ca());
    const { folder } = account.imap;
    return createWatch({ account: account.address, folder, connect, inlet: into, ...receiver, now, log });
  }

  /** So that a reply finds its case whatever address it comes from. */
  async function remember(into: Inlet, { number, to }: OutboundMessage): Promise<void> {
    if (known.get(number) === to.user) return;
    await into.saveCursor(caseCursor(number), to.user);
    known.set(number, to.user);
  }

  async function compose(message: OutboundMessage) {
    const letter = renderLetter(message, await tokens(), settings.plusAddresses);
    const { attachment } = message;
    const file = attachment === null ? null : await deps.media(attachment.id);
    const chunks: Uint8Array[] = [];
    if (file !== null) for await (const chunk of file.body) chunks.push(chunk);
    const name = (attachment?.name ?? '').replace(/[\p{C}/\\]+/gu, '_').slice(0, 150) || 'file';
    const attachments =
      file === null ? [] : [{ filename: name, contentType: file.type, content: Buffer.concat(chunks) }];
    const { inReplyTo, replyTo, envelopeFrom: _, ...rest } = letter;
    const answers = inReplyTo === null ? {} : { inReplyTo: `<${inReplyTo}>`, references: [`<${inReplyTo}>`] };
    const composer = new MailComposer({
      ...rest,
      // As an object, it is not read as a list once more.
      to: { name: '', address: letter.to },
      ...answers,
      ...(replyTo === undefined ? {} : { replyTo }),
      messageId: `<${letter.messageId}>`,
      date: new Date(clock.now()),
      attachments,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return { letter, mail: await composer.compile().build() };
  }

  return {
    name: 'email',
    title: 'Email',
    can,
    limits,

    async start(into) {
      inlet = into;
      reader.open();
      watches = await Promise.all(settings.accounts.map((account) => watch(account, into)));
      try {
        await Promise.all(watches.map((one) => one.start()));
      } catch (error) {
        await Promise.all(watches.map((one) => one.stop()));
        throw error;
      }
    },

    async send(message) {
      const { smtp, sent } = boxOf(message.to);
      if (inlet === null) throw new SendError('not_started', 'the email channel has not started');
      await remember(inlet, message);
      if (message.from !== 'agent') {
        const proven = await inlet.cursor(provenCursor(message.to.user));
        cap.count(message.to, message.name, Number(proven ?? 0), clock.now());
      }
      const { letter, mail } = await compose(message);
      const copy = await sent.prepare(mail, letter.messageId).catch((cause: unknown) => {
        throw new SendError('sent_folder_unreachable', 'no copy could be laid into the Sent folder', {
          cause,
        });
      });
      try {
        await smtp.send(mail, letter.envelopeFrom, letter.to);
      } catch (error) {
        const doubtful = error instanceof SendError && error.code === 'outcome_unknown';
        if (copy !== null && !doubtful) await settle(copy, false);
        throw error;
      }
      if (copy !== null) await settle(copy, true);
      return { externalId: letter.messageId };

      async function settle(what: NonNullable<typeof copy>, went: boolean): Promise<void> {
        // What became of the mail is known; the copy only matters to who asks after a crash.
        await sent.settle(what, went).catch((error: unknown) => {
          log.warn({ err: error }, 'the copy in the Sent folder could not be settled');
        });
      }
    },

    async find({ to, name, number }) {
      const { sent } = boxOf(to);
      const externalId = (await tokens()).messageId(to.account, name, number);
      const found = await sent.find(externalId);
      return found === 'sent' ? { externalId } : found;
    },

    async check() {
      const all = await Promise.all(
        [...boxes.values()].map(({ account, connect, smtp }) => checkAccount(account, connect, smtp.verify)),
      );
      return all.flat();
    },

    async stop() {
      await Promise.all(watches.map((one) => one.stop()));
      await Promise.all([...boxes.values()].map(({ sent }) => sent.close()));
      await reader.close();
    },
  };
}

async function trusted(path: string): Promise<string> {
  try {
    return [...rootCertificates, await readFile(path, 'utf8')].join('\n');
  } catch (cause) {
    const hint = 'EMAIL_TLS_CA should be the path of a file with certificates in PEM form';
    throw new RelevoError('invalid_settings', 'the file of EMAIL_TLS_CA cannot be read', { cause, hint });
  }
}

/** Asks once, and again only after a failure. */
function once<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let asked: Promise<Result> | undefined;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}
