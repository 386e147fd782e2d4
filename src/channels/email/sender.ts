import addressparser from 'nodemailer/lib/addressparser';
import { domainOf, normaliseAddress } from './address.ts';
import { verdictOf } from './authentication-results.ts';
import type { Mailbox } from './mail.ts';

/** Who wrote a mail. */
export interface Sender {
  /** As `normaliseAddress` writes it. */
  readonly address: string;
  /** As the sender wrote it, unless it poses as another address. */
  readonly name?: string;
  /** Whether our own server, or the settings, vouch for the address. */
  readonly verified: boolean;
}

/** What is believed of a From line. */
export interface Trust {
  /** The name our own server signs its `Authentication-Results` with; null: none is believed. */
  readonly trustedAuthserv: string | null;
  /** Whether a From line is believed where our server did not check it. */
  readonly trustFrom: boolean;
}

/**
 * The sender of a mail. Two parsers read the From line; whatever they disagree on, and whatever shows a second address
 * anywhere in it, is not verified. Pure.
 * @param lines the raw values of all From lines
 * @param parsed the same as the mail's parser read it
 * @param results the values of all `Authentication-Results`, topmost first
 * @returns null when nobody could be answered
 */
export function senderOf(
  lines: readonly string[],
  parsed: readonly Mailbox[],
  results: readonly string[],
  trust: Trust,
): Sender | null {
  const [line = ''] = lines;
  const entries = addressparser(line);
  const again = addressparser(line, { flatten: true });
  const address = normaliseAddress(again[0]?.address ?? '') ?? normaliseAddress(parsed[0]?.address ?? '');
  if (address === null) return null;
  const plain = lines.length === 1 && entries.length === 1 && again.length === 1 && parsed.length === 1;
  const agreed = [...again, ...parsed].every((one) => normaliseAddress(one.address) === address);
  const name = cleanName(parsed[0]?.name ?? '');
  const clear =
    plain &&
    agreed &&
    !control.test(line) &&
    entries.every(({ group }) => group === undefined) &&
    !mentionsOther(line, name, address);
  const verdict = verdictOf(results, trust.trustedAuthserv, domainOf(address));
  const verified = clear && (verdict === 'pass' || (verdict === 'none' && trust.trustFrom));
  return { address, verified, ...(name === '' || name.includes('@') ? {} : { name }) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;

function mentionsOther(line: string, name: string, address: string): boolean {
  const all = `${line} ${name}`.match(/[^\s<>"(),;:]*@[^\s<>"(),;:]*/gu) ?? [];
  return all.some((one) => normaliseAddress(one)?.toLowerCase() !== address.toLowerCase());
}

function cleanName(name: string): string {
  return name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 100);
}
