import { createHmac, timingSafeEqual } from 'node:crypto';
import { domainOf } from './address.ts';

/** Marks that only we can have made: on the address customers reply to, and on the ids of our mails. */
export interface Tokens {
  /** The address that finds a case: `support+t1001.<mark>@…`. */
  replyAddress(account: string, number: number): string;
  /** The number of the case that an address finds; null when it is none of ours, or guessed. */
  caseOf(address: string, account: string): number | null;
  /** The Message-ID of a message of ours, without angle brackets; always the same. */
  messageId(account: string, name: string, number: number): string;
  /** The message of ours that a Message-ID belongs to; null when we never gave it. */
  messageOf(messageId: string, account: string): { readonly name: string; readonly number: number } | null;
}

/** Makes and checks marks. Pure. @param secret ours alone, at least 32 bytes */
export function createTokens(secret: Uint8Array): Tokens {
  // In hexadecimal, because some servers write local parts in lower case. 80 bits.
  const mark = (...parts: readonly (string | number)[]) =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest('hex').slice(0, 20);
  const matches = (given: string, ...parts: readonly (string | number)[]) =>
    timingSafeEqual(Buffer.from(given.toLowerCase()), Buffer.from(mark(...parts)));
  const localOf = (address: string) => address.slice(0, address.lastIndexOf('@'));

  return {
    replyAddress: (account, number) =>
      `${localOf(account)}+t${number}.${mark('case', account, number)}@${domainOf(account)}`,

    caseOf(address, account) {
      const local = localOf(address);
      const own = `${localOf(account)}+t`;
      if (domainOf(address).toLowerCase() !== domainOf(account)) return null;
      if (local.slice(0, own.length).toLowerCase() !== own.toLowerCase()) return null;
      const [, number, given] = /^(\d{1,15})\.([0-9a-f]{20})$/iu.exec(local.slice(own.length)) ?? [];
      if (number === undefined || given === undefined) return null;
      return matches(given, 'case', account, Number(number)) ? Number(number) : null;
    },

    messageId: (account, name, number) =>
      `relevo.${escaped(name)}.t${number}.${mark('mail', account, name, number)}@${domainOf(account)}`,

    messageOf(messageId, account) {
      const [, coded, number, given, domain] =
        /^relevo\.([\w.%~-]{1,300})\.t(\d{1,15})\.([0-9a-f]{20})@(.+)$/iu.exec(messageId) ?? [];
      if (coded === undefined || number === undefined || given === undefined) return null;
      if (domain?.toLowerCase() !== domainOf(account)) return null;
      const name = unescaped(coded);
      if (name === null || !matches(given, 'mail', account, name, Number(number))) return null;
      return { name, number: Number(number) };
    },
  };
}

const escaped = (name: string) =>
  encodeURIComponent(name).replace(/[!'()*]/gu, (one) => `%${one.charCodeAt(0).toString(16)}`);

function unescaped(coded: string): string | null {
  try {
    return decodeURIComponent(coded);
  } catch {
    return null;
  }
}
