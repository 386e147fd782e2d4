import type { ImapFlow } from 'imapflow';
import type { Check } from '../channel.ts';
import { labelOf } from './address.ts';
import { isLoginRefused, leave } from './imap.ts';
import type { MailAccount, MailServer } from './settings.ts';

/** Logs in at both servers of a mailbox and opens its folder. */
export async function checkAccount(
  account: MailAccount,
  connect: () => Promise<ImapFlow>,
  verify: () => Promise<void>,
): Promise<readonly Check[]> {
  return Promise.all([checkImap(account, connect), checkSmtp(account, verify)]);
}

async function checkImap(account: MailAccount, connect: () => Promise<ImapFlow>): Promise<Check> {
  const { imap } = account;
  const where = `IMAP of ${labelOf(account.address)} at ${imap.host}:${imap.port}`;
  let client: ImapFlow | null = null;
  try {
    client = await connect();
    await client.connect();
    const folders = await client.list();
    if (!folders.some(({ path }) => path.toLowerCase() === imap.folder.toLowerCase())) {
      const hint = 'its name is the end of EMAIL_IMAP_URL, such as /INBOX';
      return { ok: false, line: `${where}: there is no folder ${imap.folder}`, hint };
    }
    const sent = folders.some(({ specialUse }) => specialUse === '\\Sent');
    const line = `${where}: logged in, folder ${imap.folder}${sent ? '' : ', no Sent folder'}`;
    const hint = 'without one, a mail whose sending was cut off cannot be looked up afterwards';
    return sent ? { ok: true, line } : { ok: true, line, hint };
  } catch (error) {
    return { ok: false, ...faultOf(error, where, 'EMAIL_IMAP_URL', imap, isLoginRefused(error)) };
  } finally {
    if (client !== null) await leave(client);
  }
}

async function checkSmtp({ address, smtp }: MailAccount, verify: () => Promise<void>): Promise<Check> {
  const where = `SMTP of ${labelOf(address)} at ${smtp.host}:${smtp.port}`;
  try {
    await verify();
    return { ok: true, line: `${where}: logged in` };
  } catch (error) {
    const refused = /^E?(NO|O)?AUTH2?$/u.test(codeOf(error));
    return { ok: false, ...faultOf(error, where, 'EMAIL_SMTP_URL', smtp, refused) };
  }
}

function faultOf(
  error: unknown,
  where: string,
  variable: string,
  { port, secure }: MailServer,
  refused: boolean,
): { readonly line: string; readonly hint: string } {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (refused) {
    const hint = `check the user and password in ${variable}; many providers want a password made for apps`;
    return { line: `${where}: the login was refused`, hint };
  }
  if (/ENOTFOUND|EAI_AGAIN|EDNS/u.test(code)) {
    return { line: `${where}: this host name is not known`, hint: `check the host in ${variable}` };
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/u.test(code) || /certificate|self-signed/iu.test(message)) {
    const hint =
      'use the name that the certificate is for, or set EMAIL_TLS_CA to the file of the certificate';
    return { line: `${where}: its certificate is not trusted (${code})`, hint };
  }
  if (/SSL|TLS|EPROTO/u.test(code) || /wrong version number|STARTTLS/iu.test(message)) {
    const other = secure ? 'without the s (imap://, smtp://)' : 'with an s (imaps://, smtps://)';
    return {
      line: `${where}: TLS could not be agreed on`,
      hint: `port ${port} may want ${variable} ${other}`,
    };
  }
  if (/ECONNREFUSED/u.test(`${code} ${message}`)) {
    return { line: `${where}: nothing answers there`, hint: `check the host and port in ${variable}` };
  }
  const hint = `check the host and port in ${variable}, and whether a firewall is between`;
  return { line: `${where}: it cannot be used (${code || 'no answer'})`, hint };
}

/** The innermost code: libraries wrap what the system said. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const inner = codeOf(error.cause);
  if (inner !== '') return inner;
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
