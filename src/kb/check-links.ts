import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { Article } from '../core/article.ts';
import { articleKey } from './article-key.ts';
import { linksIn } from './article-links.ts';
import type { LintFinding } from './lint.ts';

/** How links are asked. */
export interface LinkOptions {
  /** For each link; 5 seconds by default. */
  readonly timeoutMs?: number;
  /** The addresses of a host; the system's resolver by default. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Asks one address with HEAD and gives the status; `fetch` by default. */
  readonly head?: (url: string, signal: AbortSignal) => Promise<number>;
}

const atOnce = 8;
/** Some servers do not know HEAD, and some want a sign-in: the page is there all the same. */
const alive = new Set([401, 403, 405, 429, 501]);

/** Two lists: in one, an IPv4 address would be found in the IPv6 range of its kind. */
const internal = new BlockList();
const internalSix = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  internal.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of [
  ['::', 127],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  internalSix.addSubnet(address, bits, 'ipv6');

/**
 * Asks each http(s) link of the articles once whether it is there. Addresses of private networks are not asked.
 * A redirect counts as there and is not followed.
 */
export async function checkLinks(
  articles: readonly Article[],
  options: LinkOptions = {},
): Promise<LintFinding[]> {
  const users = new Map<string, string>();
  for (const article of articles)
    for (const { target, fault } of linksIn(article))
      if (fault === null && /^https?:/iu.test(target) && !users.has(target))
        users.set(target, articleKey(article));
  const waiting = [...users];
  const found: LintFinding[] = [];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [target, place] = next;
      const fault = await askLink(target, options);
      if (fault !== null) found.push({ place, rule: 'dead-link', message: `${target} ${fault}` });
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return found.sort((a, b) => (a.message < b.message ? -1 : 1));
}

/** What is wrong with an address; null when it answers. */
async function askLink(target: string, options: LinkOptions): Promise<string | null> {
  const { timeoutMs = 5_000, resolve = addressesOf, head = headOf } = options;
  const hostname = new URL(target).hostname.replace(/^\[|\]$/gu, '');
  try {
    const addresses = isIP(hostname) === 0 ? await resolve(hostname) : [hostname];
    if (addresses.some(isInternal)) return 'points into a private network: customers cannot reach it';
  } catch {
    return 'has a host that is not known: correct or remove it';
  }
  try {
    const status = await head(target, AbortSignal.timeout(timeoutMs));
    return status < 400 || alive.has(status) ? null : `answers ${status}: correct or remove it`;
  } catch {
    return `did not answer within ${timeoutMs} ms: look at it`;
  }
}

function isInternal(address: string): boolean {
  return isIP(address) === 6 ? internalSix.check(address, 'ipv6') : internal.check(address, 'ipv4');
}

async function addressesOf(hostname: string): Promise<string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address);
}

async function headOf(url: string, signal: AbortSignal): Promise<number> {
  const { status } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
  return status;
}
