import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mail } from '../../../src/channels/email/mail.ts';
import type { Box } from '../../../src/channels/email/parse.ts';
import { readMail } from '../../../src/channels/email/read-mail.ts';
import { createTokens } from '../../../src/channels/email/tokens.ts';

export const account = 'support@desk.test';
export const tokens = createTokens(Buffer.alloc(32, 7));

/** A Message-ID of ours: that of the first message of case 1001. */
export const ourId = tokens.messageId(account, 'c.1.0', 1001);

/** A mailbox that believes what the server `mx.desk.test` found out. */
export const box: Box = {
  account,
  own: [account, 'ventas@desk.test'],
  tokens,
  trustedAuthserv: 'mx.desk.test',
  trustFrom: false,
};

/** What our server writes on a mail that it checked. */
export const passed = (domain = 'customer.test') =>
  `Authentication-Results: mx.desk.test; dmarc=pass header.from=${domain}\r\n`;

/** A mail from our fixtures; @param top headers put on top */
export function fixture(name: string, top = ''): Promise<Mail> {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${name}.eml`), 'utf8')
    .replaceAll('@SUPPORT-ID@', ourId)
    .replace('@PHOTO@', Buffer.alloc(3_000, 5).toString('base64'));
  return readMail(Buffer.from(top + text.replace(/\r?\n/gu, '\r\n')));
}

/** A plain mail. @param lines headers in place of, or beside, the usual */
export function plainMail(lines: readonly string[], body = 'hola'): Promise<Mail> {
  const has = (name: string) => lines.some((line) => line.toLowerCase().startsWith(`${name}:`));
  const usual = [
    ...(has('from') ? [] : ['From: Ana <ana@customer.test>']),
    ...(has('to') ? [] : ['To: support@desk.test']),
    ...(has('message-id') ? [] : ['Message-ID: <m1@customer.test>']),
    'Content-Type: text/plain; charset=utf-8',
  ];
  return readMail(Buffer.from([...lines, ...usual, '', body].join('\r\n')));
}
