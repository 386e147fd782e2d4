import type { FastifyRequest } from 'fastify';

const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What proxies add. */
const forwarding = /^(?:forwarded|via|x-forwarded-.*|x-real-ip)$/u;

/** Whether the other end of the connection is this computer and nothing says that it forwards for another. */
export function comesFromHere({ raw, headers }: FastifyRequest): boolean {
  const address = raw.socket.remoteAddress ?? '';
  if (!/^(?:::ffff:)?127\.|^::1$/u.test(address)) return false;
  // Browsers speak HTTP/1.1; nginx forwards by 1.0 unless told otherwise, and then adds nothing of the above.
  if (raw.httpVersion === '1.0') return false;
  return !Object.keys(headers).some((name) => forwarding.test(name));
}

/** Whether an address is this computer's own. @param url a valid one */
export function isHere(url: string): boolean {
  return loopbackNames.has(new URL(url).hostname);
}

/** Whether the browser was told to go to this computer by its own name: not by one that somebody else resolves. */
export function isAskedAsHere({ raw, headers }: FastifyRequest): boolean {
  const host = headers.host ?? '';
  const [, name, port] = /^(localhost|[\d.]+|\[[\da-f:]+\])(?::(\d+))?$/iu.exec(host) ?? [];
  if (name === undefined || !loopbackNames.has(name.toLowerCase())) return false;
  const { localPort } = raw.socket;
  return localPort === undefined || Number(port ?? 80) === localPort;
}

/**
 * Where a request came from, as the browser says: our own pages, somebody else's, or no browser that says so.
 * @param publicUrl another name of ours
 */
export function originOf(request: FastifyRequest, publicUrl: string | null): 'own' | 'foreign' | 'unknown' {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign';
  const { origin } = request.headers;
  if (origin === undefined) return 'unknown';
  if (!URL.canParse(origin)) return 'foreign';
  const { host, protocol } = new URL(origin);
  const own = `${protocol}//${request.host}`;
  const names = [...(URL.canParse(own) ? [own] : []), ...(publicUrl === null ? [] : [publicUrl])];
  return names.some((name) => new URL(name).host === host) ? 'own' : 'foreign';
}

/** Whether a cookie that browsers only send in safety can be used: over https, or to this computer. */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || loopbackNames.has((request.hostname ?? '').toLowerCase());
}

/** Whose connection an address is: who holds one IPv6 address usually holds its whole /64. */
export function networkOf(ip: string): string {
  return ip.includes(':') && !ip.includes('.') ? ip.split(':').slice(0, 4).join(':') : ip;
}
