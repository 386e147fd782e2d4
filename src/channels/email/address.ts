import { domainToASCII } from 'node:url';

const plain = /^([^\s@"'(),:;<>[\]\\\p{C}]{1,64})@([^\s@"'(),:;<>[\]\\\p{C}]{1,253})$/u;

/**
 * A mail address in the one way we write it: the domain in lower case and ASCII. Pure.
 * @returns null for what is no address, or one so odd (quotes, comments, an address within) that readers disagree on it
 */
export function normaliseAddress(text: string): string | null {
  const [, local, domain] = plain.exec(text.trim()) ?? [];
  if (local === undefined || domain === undefined) return null;
  const ascii = domainToASCII(domain.toLowerCase());
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/u.test(ascii)) return null;
  return `${local}@${ascii}`;
}

/** The part behind the `@`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** A mailbox of ours in logs, where no address stands: `s…@example.com`. */
export function labelOf(account: string): string {
  return `${account.slice(0, 1)}…@${domainOf(account)}`;
}

const unverifiedPrefix = 'unverified/';

/** The customer's id: a sender whom nobody vouches for is somebody else than the verified owner of the same address. */
export function userOf(address: string, verified: boolean): string {
  // An address that begins so itself could pass for somebody's unverified half.
  return verified && !address.startsWith(unverifiedPrefix) ? address : `${unverifiedPrefix}${address}`;
}

/** Whether a customer's id is that of an unverified sender. */
export function isUnverified(user: string): boolean {
  return user.startsWith(unverifiedPrefix);
}

/** The address to write to. */
export function addressOfUser(user: string): string {
  return isUnverified(user) ? user.slice(unverifiedPrefix.length) : user;
}

/** Whether an address is this mailbox of ours, with whatever stands behind a `+`. */
export function isOwn(address: string, account: string): boolean {
  const [local = '', domain = ''] = splitAt(account);
  const [otherLocal = '', otherDomain = ''] = splitAt(address);
  const base = otherLocal.toLowerCase();
  const own = local.toLowerCase();
  return otherDomain === domain && (base === own || base.startsWith(`${own}+`));
}

function splitAt(address: string): [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
}
