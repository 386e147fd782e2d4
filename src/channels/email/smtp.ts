import { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import { SendError } from '../../core/errors.ts';
import type { MailAccount } from './settings.ts';

/** How long the server may take to answer, in milliseconds. */
const answerMs = 20_000;

/** How long the line may be silent while a mail goes over it, in milliseconds. */
const silenceMs = 60_000;

/** The server that takes our mail. */
export interface Smtp {
  /**
   * Hands a mail over; resolves once the server has taken it.
   * @param from whom to tell when it cannot be delivered; empty: nobody
   * @throws SendError
   */
  send(mail: Buffer, from: string, to: string): Promise<void>;
  /** Logs in and out again. @throws whatever the library says */
  verify(): Promise<void>;
}

/** Makes it; it connects for each mail. @param ca certificates to trust beside the usual ones */
export function createSmtp({ smtp, address }: MailAccount, ca: () => Promise<string | undefined>): Smtp {
  const { host, port, secure, login } = smtp;
  let made: Promise<Transporter> | undefined;
  // Some servers take no mail that nobody is to be told of.
  let needsSender = false;

  const transport = async (): Promise<Transporter> => {
    const trusted = await ca();
    // No pool: it sends a mail again by itself when a connection breaks, and then nobody can tell how often it went.
    return createTransport({
      host,
      port,
      secure,
      requireTLS: !secure && (login !== null || !/^(localhost|127\.|::1)/u.test(host)),
      ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
      ...(trusted === undefined ? {} : { tls: { ca: trusted } }),
      connectionTimeout: answerMs,
      greetingTimeout: answerMs,
      socketTimeout: silenceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  const open = () => {
    made ??= transport();
    return made;
  };

  async function attempt(mail: Buffer, from: string, to: string): Promise<void> {
    let handedOver = false;
    const raw = Readable.from(
      pieces(mail, () => {
        handedOver = true;
      }),
    );
    try {
      await (await open()).sendMail({ envelope: { from, to: [to] }, raw });
    } catch (error) {
      throw handedOver && responseOf(error) === undefined ? new Doubt(error) : error;
    }
  }

  return {
    async send(mail, from, to) {
      try {
        await attempt(mail, needsSender ? address : from, to).catch((error: unknown) => {
          if (from !== '' || needsSender || !refusesSender(error)) throw error;
          needsSender = true;
          return attempt(mail, address, to);
        });
      } catch (error) {
        throw sendErrorOf(error);
      }
    },
    async verify() {
      await (await open()).verify();
    },
  };
}

/** The whole mail went over the line, and nobody said what became of it. */
class Doubt extends Error {
  constructor(cause: unknown) {
    super('the connection ended before the server said whether it took the mail', { cause });
  }
}

function* pieces(mail: Buffer, done: () => void): Generator<Buffer> {
  const size = 65_536;
  for (let at = 0; at < mail.length; at += size) yield mail.subarray(at, at + size);
  done();
}

interface SmtpFault {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

const faultOf = (error: unknown): SmtpFault => (error instanceof Error ? (error as SmtpFault) : {});
const responseOf = (error: unknown) => faultOf(error).responseCode;

function refusesSender(error: unknown): boolean {
  const { command, responseCode = 0 } = faultOf(error);
  return command === 'MAIL FROM' && responseCode >= 500;
}

/** What a failure means to whoever wants the mail to go. Pure. */
export function sendErrorOf(error: unknown): SendError {
  const { code = 'unknown', responseCode, response = '' } = faultOf(error);
  if (error instanceof SendError) return error;
  if (error instanceof Doubt) {
    const hint = 'look into the Sent folder of the mail provider before it is sent again';
    return new SendError('outcome_unknown', error.message, { permanent: true, cause: error, hint });
  }
  // The server's words name the customer; its codes do not.
  const enhanced = /\b([245]\.\d{1,3}\.\d{1,3})\b/u.exec(response)?.[1];
  const said = [responseCode, enhanced].filter((part) => part !== undefined).join(' ');
  if (/^E?(NO|O)?AUTH2?$/u.test(code)) {
    const permanent = responseCode === undefined || responseCode >= 500;
    const hint = 'check the user and password in EMAIL_SMTP_URL';
    return new SendError('login_refused', `the mail server refused our login (${said})`, { permanent, hint });
  }
  if (responseCode !== undefined && responseCode >= 500 && responseCode !== 503) {
    return new SendError(refusalOf(responseCode, enhanced), `the mail server refused the mail (${said})`, {
      permanent: true,
    });
  }
  if (responseCode !== undefined)
    return new SendError('try_later', `the mail server asked to wait (${said})`);
  return new SendError('mail_server_unreachable', `the mail server cannot be reached (${code})`);
}

function refusalOf(responseCode: number, enhanced: string | undefined): string {
  if (enhanced === '5.2.2') return 'mailbox_full';
  if (responseCode === 552 || enhanced === '5.3.4' || enhanced === '5.2.3') return 'too_large';
  if (enhanced?.startsWith('5.1.') || [550, 551, 553].includes(responseCode)) return 'no_such_user';
  return 'refused';
}
