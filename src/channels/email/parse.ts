import type { Content, InboundMessage, Media } from '../../core/message.ts';
import { addressOfUser, isOwn, isUnverified, userOf } from './address.ts';
import { type Automatic, automaticKind } from './automatic.ts';
import { headersOf, type Mail } from './mail.ts';
import { type Sender, senderOf, type Trust } from './sender.ts';
import type { Tokens } from './tokens.ts';

/** The mailbox that a mail came to. */
export interface Box extends Trust {
  /** Its address. */
  readonly account: string;
  /** The addresses of all mailboxes of ours. */
  readonly own: readonly string[];
  readonly tokens: Tokens;
}

/** A mail of somebody. */
export interface Letter {
  readonly sender: Sender;
  /** The number of the case it says to belong to, which only somebody can know who got our mail; null: none. */
  readonly number: number | null;
  readonly automatic: Automatic;
}

/** What a mail is. */
export type Intake =
  | ({ readonly kind: 'letter' } & Letter)
  /** Our message did not reach its customer. */
  | { readonly kind: 'bounced'; readonly name: string; readonly status: string }
  /** Nothing that anybody waits for: our own, or a machine's that belongs to no case. */
  | { readonly kind: 'dropped'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What a mail that was read is. Pure. */
export function intakeOf(mail: Mail, box: Box): Intake {
  const automatic = automaticKind(mail);
  if (automatic === 'bounce') return bounceOf(mail, box);
  const sender = senderOf(headersOf(mail, 'from'), mail.from, headersOf(mail, 'authentication-results'), box);
  if (sender === null) {
    if (automatic !== null) return { kind: 'dropped', why: automatic };
    return { kind: 'unreadable', reason: 'its From line holds no address that could be answered' };
  }
  if (box.own.some((own) => isOwn(sender.address, own))) return { kind: 'dropped', why: 'own' };
  const number = caseOf(mail, box);
  if (automatic !== null && number === null) return { kind: 'dropped', why: automatic };
  return { kind: 'letter', sender, number, automatic };
}

/** Where mail servers write to whom a mail really went, besides what its sender wrote. */
const recipientHeaders = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to', 'cc'];

function caseOf(mail: Mail, { account, tokens }: Box): number | null {
  for (const value of recipientHeaders.flatMap((name) => headersOf(mail, name))) {
    for (const [address] of value
      .slice(0, 20_000)
      .matchAll(/[^\s<>"(),;:@]{1,128}@[^\s<>"(),;:@]{1,253}/gu)) {
      const number = tokens.caseOf(address, account);
      if (number !== null) return number;
    }
  }
  const ids = [mail.inReplyTo ?? '', ...mail.references.slice(-50).reverse()];
  for (const id of ids) {
    const message = tokens.messageOf(id, account);
    if (message !== null) return message.number;
  }
  return null;
}

function bounceOf(mail: Mail, { account, tokens }: Box): Intake {
  const status = mail.statuses.find(({ action }) => action === 'failed');
  // A report without a word on a recipient is a failure too; one that a mail is late is not.
  const failed = status !== undefined || mail.statuses.length === 0;
  for (const id of failed ? mail.mentions : []) {
    const message = tokens.messageOf(id, account);
    if (message !== null) return { kind: 'bounced', name: message.name, status: status?.status ?? '' };
  }
  return { kind: 'dropped', why: failed ? 'bounce' : 'delayed' };
}

/**
 * What a letter says, in our words: its text, then each of its files. Pure.
 * @param of the customer whose case it belongs to by its mark; null: none
 * @param files kept already, in the mail's order; null for one too large to keep
 * @returns nothing for a machine's mail that belongs to no case
 */
export function messagesOf(
  mail: Mail,
  letter: Letter,
  account: string,
  of: string | null,
  files: readonly (Media | null)[],
): InboundMessage[] {
  const { sender, automatic } = letter;
  const own = userOf(sender.address, sender.verified);
  const continues = of !== null && continuesCase(sender, of);
  if (automatic !== null && of === null) return [];
  const user = of ?? own;
  const bystander =
    of !== null && !continues ? sender.address : automatic !== null ? `${sender.address} (automatic)` : null;
  const unverified = !sender.verified;
  const externalId = mail.messageId ?? `missing-${mail.digest}`;
  const shared = {
    address: { channel: 'email', account, user },
    ...(sender.name === undefined || bystander !== null ? {} : { customerName: sender.name }),
    ...(mail.subject === null ? {} : { subject: mail.subject }),
    ...(mail.inReplyTo === null ? {} : { replyTo: mail.inReplyTo }),
    ...(bystander === null ? {} : { bystander }),
    ...(unverified ? { unverified: true as const } : {}),
  };
  const contents = [...textOf(mail, files), ...files.map(fileContent)];
  return contents.map((content, index) => ({
    ...shared,
    key: `email/${account}/${mail.digest}/${index}`,
    externalId: index === 0 ? externalId : `${externalId}/${index}`,
    gesture: { kind: 'message', content },
  }));
}

/**
 * Whether a sender is the customer of a case: the same address, and for a verified customer verified now too. The owner
 * of an unverified case is whoever can read what we wrote to that address.
 */
function continuesCase(sender: Sender, user: string): boolean {
  return sender.address === addressOfUser(user) && (sender.verified || isUnverified(user));
}

const fileContent = (media: Media | null): Content =>
  media === null ? { kind: 'unsupported', what: 'file too large' } : { kind: 'media', media };

function textOf(mail: Mail, files: readonly unknown[]): Content[] {
  if (mail.text.trim() !== '') {
    return [{ kind: 'text', text: mail.text, ...(mail.whole === undefined ? {} : { whole: mail.whole }) }];
  }
  if (files.length > 0) return [];
  // Some write all they want to know into the subject.
  return [
    mail.subject === null
      ? { kind: 'unsupported', what: 'empty mail' }
      : { kind: 'text', text: mail.subject },
  ];
}

/** The Message-ID behind an id of a message of ours, without what tells a mail's files apart; null: it had none. */
export function messageIdOf(externalId: string): string | null {
  const id = externalId.replace(/\/\d+$/u, '');
  return /^[^\s<>@]+@[^\s<>@]+$/u.test(id) ? id : null;
}
