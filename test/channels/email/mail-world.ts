import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { EmailSettings } from '../../../src/channels/email/settings.ts';

const run = promisify(execFile);
const script = resolve(process.env.RELEVO_SHARED ?? '../shared', 'peers/mailstack.sh');

/** Why there is no mail system to test against; null when there is. */
export async function noMailWorld(): Promise<string | null> {
  if (!existsSync(script)) return `${script} is missing`;
  if (process.getuid?.() !== 0) return 'a mail system needs root';
  const missing: string[] = [];
  for (const command of ['dovecot', 'doveadm', 'postfix', 'openssl', 'runuser']) {
    await run('which', [command]).catch(() => missing.push(command));
  }
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

/** A file that a customer sends along. */
export interface WorldFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Settings of the mail system that differ from the usual. */
export interface WorldOptions {
  /** Names of customers; each becomes `<name>@customer.test`. */
  readonly customers?: readonly string[];
  /** Those of them who are on holiday. */
  readonly away?: readonly string[];
}

/** A real mail system, Dovecot and Postfix on this computer: our mailbox `support@desk.test` and its customers. */
export class MailWorld {
  readonly support = 'support@desk.test';
  readonly #directory: string;
  readonly #ports: Readonly<Record<string, string>>;
  readonly #clients = new Map<string, ImapFlow>();

  private constructor(directory: string, ports: Readonly<Record<string, string>>) {
    this.#directory = directory;
    this.#ports = ports;
  }

  static async start({ customers = [], away = [] }: WorldOptions = {}): Promise<MailWorld> {
    const names = ['alice', 'bob', 'ana', 'ben', ...customers];
    const accounts = [...new Set(names)].map((name) => `${name}@customer.test:${name}-pw`);
    const ports: Record<string, string> = {};
    const wanted = ['IMAP_PORT', 'IMAPS_PORT', 'SMTP_PORT', 'SUBMISSION_PORT', 'LMTP_PORT', 'SASL_PORT'];
    const free = await freePorts(wanted.length);
    for (const [index, name] of wanted.entries()) ports[name] = String(free[index]);
    const directory = mkdtempSync('/tmp/mailworld.');
    await chmod(directory, 0o711);
    const env = {
      ...process.env,
      ...ports,
      MAILSTACK_DIR: directory,
      MAILSTACK_ACCOUNTS: ['support@desk.test:support-pw', ...accounts].join(' '),
      MAILSTACK_VACATION: away.map((name) => `${name}@customer.test`).join(' '),
    };
    await run(script, ['up'], { env });
    return new MailWorld(directory, ports);
  }

  /** The channel's settings; `change` as a test needs them. */
  settings(change: Partial<EmailSettings> = {}): EmailSettings {
    const login = { user: this.support, password: 'support-pw' };
    return {
      accounts: [
        {
          address: this.support,
          imap: { host: 'localhost', port: this.port('IMAPS_PORT'), secure: true, login, folder: 'INBOX' },
          smtp: { host: 'localhost', port: this.port('SUBMISSION_PORT'), secure: false, login },
        },
      ],
      trustedAuthserv: null,
      trustFrom: true,
      plusAddresses: true,
      caFile: this.caFile,
      ...change,
    };
  }

  /** The channel's variables. */
  get variables(): Readonly<Record<string, string>> {
    const login = 'support%40desk.test:support-pw';
    return {
      EMAIL_IMAP_URL: `imaps://${login}@localhost:${this.port('IMAPS_PORT')}/INBOX`,
      EMAIL_SMTP_URL: `smtp://${login}@localhost:${this.port('SUBMISSION_PORT')}`,
      EMAIL_ADDRESS: this.support,
      EMAIL_TLS_CA: this.caFile,
      EMAIL_TRUST_FROM: 'on',
    };
  }

  get caFile(): string {
    return join(this.#directory, 'tls/crt.pem');
  }

  port(name: string): number {
    return Number(this.#ports[name]);
  }

  /** A customer writes to us. @returns the Message-ID, without angle brackets */
  async customerWrites(
    from: string,
    subject: string,
    text: string,
    files: readonly WorldFile[] = [],
    more: SendMailOptions = {},
  ): Promise<string> {
    const transport = createTransport({ host: '127.0.0.1', port: this.port('SMTP_PORT'), ignoreTLS: true });
    const attachments = files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
    }));
    const mail = { from, to: this.support, subject, text, attachments, ...more };
    const { messageId } = await transport.sendMail(mail);
    return messageId.replace(/^<|>$/gu, '');
  }

  /** A customer answers a mail of ours, as mail programs do: to its reply address, with what it says quoted. */
  customerReplies(from: string, to: ParsedMail, text: string, more: SendMailOptions = {}): Promise<string> {
    const quoted = (to.text ?? '').split('\n').map((line) => `> ${line}`);
    const whole = `${text}\n\nOn Mon, 2 Nov 2026 at 10:00, <${this.support}> wrote:\n${quoted.join('\n')}\n`;
    const recipient = to.replyTo?.value[0]?.address ?? this.support;
    const id = to.messageId ?? '';
    return this.customerWrites(from, `Re: ${to.subject ?? ''}`, whole, [], {
      to: recipient,
      inReplyTo: id,
      references: [id],
      ...more,
    });
  }

  /** All mails in somebody's inbox, in their order. */
  async inboxOf(address: string, folder = 'INBOX'): Promise<ParsedMail[]> {
    const client = await this.client(address, folder);
    await client.noop();
    const mails: ParsedMail[] = [];
    const found = await client.fetchAll('1:*', { source: true }).catch(() => []);
    for (const { source } of found) {
      if (source !== undefined) mails.push(await simpleParser(source, { keepDeliveryStatus: true }));
    }
    return mails;
  }

  /** Waits until somebody has so many mails. */
  async waitForMails(address: string, count: number, ms = 15_000): Promise<ParsedMail[]> {
    const until = Date.now() + ms;
    for (;;) {
      const mails = await this.inboxOf(address);
      if (mails.length >= count) return mails;
      if (Date.now() > until) throw new Error(`${address} has ${mails.length} mails instead of ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Lays a mail into a mailbox as it is. @returns its UID */
  async append(address: string, raw: string | Buffer, folder = 'INBOX'): Promise<number> {
    const client = await this.client(address, folder);
    const appended = await client.append(folder, raw, []);
    if (appended === false || appended.uid === undefined) throw new Error('the mail was not taken');
    return appended.uid;
  }

  /** A connection of somebody's own to their mailbox, kept until the end. */
  async client(address: string, folder = 'INBOX'): Promise<ImapFlow> {
    const key = `${address} ${folder}`;
    const open = this.#clients.get(key);
    if (open?.usable) return open;
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: this.port('IMAP_PORT'),
      secure: false,
      doSTARTTLS: false,
      auth: { user: address, pass: `${address.split('@')[0]}-pw` },
      logger: false,
    });
    client.on('error', () => undefined);
    await client.connect();
    await client.mailboxOpen(folder);
    this.#clients.set(key, client);
    return client;
  }

  /** Where a mailbox lies on the disk. */
  maildir(address: string): string {
    const [name = '', domain = ''] = address.split('@');
    return join(this.#directory, 'home', domain, name, 'Maildir');
  }

  /** The mails that our own record says went out. */
  sentCopies(): readonly string[] {
    const folder = join(this.maildir(this.support), '.Sent/cur');
    return existsSync(folder) ? readdirSync(folder).filter((name) => /:2,.*S/u.test(name)) : [];
  }

  /** Runs Dovecot's own command. */
  async doveadm(...words: readonly string[]): Promise<string> {
    const config = join(this.#directory, 'dovecot/dovecot.conf');
    return (await run('doveadm', ['-c', config, ...words])).stdout;
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#clients.values()].map((client) => client.logout().catch(() => client.close())),
    );
    await run(script, ['down'], { env: { ...process.env, MAILSTACK_DIR: this.#directory } });
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
