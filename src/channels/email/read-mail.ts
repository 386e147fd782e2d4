import { createHash } from 'node:crypto';
import { type AddressObject, type AttachmentStream, MailParser, type MessageText } from 'mailparser';
import { htmlToPlain } from './html-text.ts';
import type { Mail, Mailbox, MailFile } from './mail.ts';
import { withoutQuotation } from './quotation.ts';

/** More files than anybody sends: the mail is put aside. */
const maxFiles = 100;

/** Pictures smaller than this, in bytes, within the text of a mail are there to count its readers. */
const trackerBytes = 600;

/** What only proves the mail's origin to mail programs. */
const signatures = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
]);

// `ignoreEmbedded`: a mail within the mail stays a file.
const options = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
};

type Headers = Map<string, unknown>;

/**
 * Reads a mail. Slow on hostile mails: never run it where others wait.
 * @throws whatever the parser throws on a mail that nobody can read
 */
export async function readMail(bytes: Uint8Array): Promise<Mail> {
  const parser = new MailParser(options);
  let parsed: Headers = new Map();
  let lines: readonly { key: string; line: string }[] = [];
  parser.on('headers', (headers: Headers) => {
    parsed = headers;
  });
  parser.on('headerLines', (found: typeof lines) => {
    lines = found;
  });
  parser.end(bytes);
  const files: MailFile[] = [];
  let body: MessageText = { type: 'text' };
  for await (const part of parser as AsyncIterable<AttachmentStream | MessageText>) {
    if (part.type === 'text') body = part;
    else {
      files.push(await fileOf(part));
      if (files.length > maxFiles) throw new Error(`more than ${maxFiles} files`);
    }
  }
  const headers = lines.map(({ key, line }) => [key.toLowerCase(), unfolded(line)] as const);
  const messageId = idOf(parsed.get('message-id'));
  const [status, rest] = [files.filter(isStatus), files.filter((file) => !isStatus(file))];
  const plain = textOf(body);
  return {
    digest: digestOf(bytes, headers, messageId),
    headers,
    from: mailboxesOf(parsed.get('from')),
    messageId,
    inReplyTo: idOf(parsed.get('in-reply-to')),
    references: [parsed.get('references')].flat().flatMap((id) => idOf(id) ?? []),
    subject:
      printable(String(parsed.get('subject') ?? ''))
        .trim()
        .slice(0, 300) || null,
    ...withoutQuotation(plain),
    files: rest.filter((file) => !isNoise(file)),
    statuses: status.flatMap(statusesOf),
    mentions: mentionsOf([plain, ...rest.filter(isMail).map(({ bytes: inner }) => latin1(inner))]),
  };
}

async function fileOf(part: AttachmentStream): Promise<MailFile> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of part.content as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  part.release();
  const type = part.contentType.toLowerCase();
  const name = printable(part.filename ?? (type === 'message/rfc822' ? 'mail.eml' : '')).trim();
  const inline = part.related === true || part.contentDisposition === 'inline';
  // A copy of its own, so that it can be handed to another thread whole.
  const bytes = new Uint8Array(Buffer.concat(chunks));
  return { bytes, type, inline, ...(name === '' ? {} : { name: name.slice(0, 255) }) };
}

/** The same for a mail that is read again; told apart from another with the same Message-ID, or with none. */
function digestOf(bytes: Uint8Array, headers: Mail['headers'], messageId: string | null): string {
  const hash = createHash('sha256');
  if (messageId === null) return hash.update(bytes).digest('hex').slice(0, 32);
  // Each way a mail takes to us writes its own lines on top; what its sender wrote stays.
  const said = ['from', 'date', 'subject', 'message-id'].flatMap((name) =>
    headers.filter(([key]) => key === name),
  );
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = [all.indexOf('\r\n\r\n'), all.indexOf('\n\n')].filter((at) => at >= 0);
  hash.update(JSON.stringify(said)).update(all.subarray(Math.min(all.length, ...end)));
  return hash.digest('hex').slice(0, 32);
}

function textOf({ text, html }: MessageText): string {
  const plain = printable(text ?? '');
  if (plain.trim() === '' && typeof html === 'string') return printable(htmlToPlain(html));
  // The parser ends each text with a line break of its own.
  return plain.replace(/\r\n/gu, '\n').replace(/\n$/u, '');
}

/** Without what no store and no page can hold: zero bytes and halves of characters. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/\u0000/gu, '').replace(/\p{Surrogate}/gu, '\ufffd');
}

const unfolded = (line: string) =>
  line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/gu, '')
    .trim();

function idOf(value: unknown): string | null {
  const id = typeof value === 'string' ? value.trim().replace(/^<|>$/gu, '').trim() : '';
  return id === '' || id.length > 900 ? null : printable(id);
}

function mailboxesOf(value: unknown): Mailbox[] {
  const lists = [value].flat() as (AddressObject | undefined)[];
  const all = lists.flatMap((list) => list?.value ?? []).flatMap((one) => one.group ?? [one]);
  return all.map(({ address, name }) => ({ address: address ?? '', name: printable(name ?? '') }));
}

const isStatus = ({ type }: MailFile) => type === 'message/delivery-status';
const isMail = ({ type }: MailFile) => type === 'message/rfc822' || type === 'text/rfc822-headers';
const isNoise = ({ type, inline, bytes }: MailFile) =>
  signatures.has(type) || (inline && type.startsWith('image/') && bytes.length < trackerBytes);

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).toString('latin1');

function statusesOf(file: MailFile): Mail['statuses'] {
  const field = (block: string, name: string) =>
    new RegExp(`^${name}:\\s*([\\w.]+)`, 'imu').exec(block)?.[1]?.toLowerCase();
  return latin1(file.bytes)
    .split(/\r?\n\r?\n/u)
    .flatMap((block) => {
      const [action, status] = [field(block, 'Action'), field(block, 'Status')];
      return action === undefined ? [] : [{ action, status: status ?? '' }];
    });
}

function mentionsOf(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) => [
    ...text.slice(0, 200_000).matchAll(/\brelevo\.[\w.%~-]{1,400}@[\w.-]{1,253}/giu),
  ]);
  return [...new Set(found.map(([id]) => id))].slice(0, 20);
}
