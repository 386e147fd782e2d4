/** One person of an address line. */
export interface Mailbox {
  readonly address: string;
  readonly name: string;
}

/** A file in a mail. */
export interface MailFile {
  readonly bytes: Uint8Array;
  readonly name?: string;
  /** In lower case, as the sender claims it. */
  readonly type: string;
  /** Whether the mail's text shows it in its midst. */
  readonly inline: boolean;
}

/** A mail as it was read, before anybody judged it. */
export interface Mail {
  /** The same however often the same mail is read, in hexadecimal. */
  readonly digest: string;
  /** Names in lower case, values unfolded; topmost first. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly from: readonly Mailbox[];
  /** Without angle brackets; null when the mail has none. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly subject: string | null;
  /** What its sender wrote now: without what is quoted, and without the signature. */
  readonly text: string;
  /** All of its text, where that is more. */
  readonly whole?: string;
  readonly files: readonly MailFile[];
  /** What a report on a delivery says of each recipient: `failed 5.1.1`. */
  readonly statuses: readonly { readonly action: string; readonly status: string }[];
  /** Message-IDs of ours that stand in its text or in the mails it encloses. */
  readonly mentions: readonly string[];
}

/** The values of a header, topmost first. */
export function headersOf(mail: Pick<Mail, 'headers'>, name: string): string[] {
  return mail.headers.filter(([key]) => key === name).map(([, value]) => value);
}
