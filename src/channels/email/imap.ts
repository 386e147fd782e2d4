import { ImapFlow } from 'imapflow';
import type { MailAccount } from './settings.ts';

/** How long the server may take to answer at all, in milliseconds. */
const connectMs = 15_000;

/** How long one command may take, in milliseconds; a mail of 25 MB over a slow line is one. */
export const commandMs = 120_000;

/** A connection to a mailbox that is not open yet: one is made for each try, since a closed one never opens again. */
export function imapClient({ imap }: MailAccount, ca: string | undefined): ImapFlow {
  const { host, port, secure, login } = imap;
  const client = new ImapFlow({
    host,
    port,
    secure,
    // The password goes over nothing but TLS.
    ...(secure ? {} : { doSTARTTLS: true }),
    auth: { user: login?.user ?? '', pass: login?.password ?? '' },
    ...(ca === undefined ? {} : { tls: { ca } }),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    maxLiteralSize: 64 * 1024 * 1024,
    maxResponseSize: 65 * 1024 * 1024,
    clientInfo: { name: 'Relevo' },
  });
  // Whoever waits for a command hears of it there; without a listener it would end the process.
  client.on('error', () => undefined);
  return client;
}

/** Waits for a command; closes the connection when it takes too long. @throws Error `timed out` */
export async function within<Result>(
  client: ImapFlow,
  ms: number,
  command: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      client.close();
      reject(Object.assign(new Error('the mail server did not answer in time'), { code: 'ETIMEDOUT' }));
    }, ms);
  });
  try {
    return await Promise.race([command, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a connection, politely where the server still listens. */
export async function leave(client: ImapFlow): Promise<void> {
  if (client.usable) await within(client, 2_000, client.logout()).catch(() => client.close());
  client.close();
}

/** Whether the server refused who we say we are: trying again at once is useless and may lock the mailbox. */
export function isLoginRefused(error: unknown): boolean {
  return error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true;
}
