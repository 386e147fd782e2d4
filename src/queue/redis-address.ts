/** Where a Redis is: one server, one that Sentinels know, or a cluster. */
export interface RedisAddress {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  /** The server; the Sentinels; some of the cluster's nodes. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** What the Sentinels call the server; empty for other kinds. */
  readonly master: string;
  readonly username: string | null;
  readonly password: string | null;
  /** The number of the database; 0 in a cluster. */
  readonly database: number;
  /** Whether the servers are spoken to encrypted. */
  readonly tls: boolean;
}

const form =
  /^(?<scheme>rediss?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<nodes>[^/?#@]+)(?:\/(?<path>[^?#]*))?$/u;

const sentinelPort = 26_379;
const serverPort = 6_379;

/**
 * Reads `redis://host:6379/0`, `redis+sentinel://host:26379,host:26379/name/0` and `redis+cluster://host:6379,host:6379`;
 * with `rediss` instead of `redis` the servers are spoken to encrypted. Pure.
 * @returns null when it is none of these
 */
export function parseRedisAddress(address: string): RedisAddress | null {
  const found = form.exec(address)?.groups;
  if (found === undefined) return null;
  const kind = found.kind === 'sentinel' || found.kind === 'cluster' ? found.kind : 'single';
  const nodes = (found.nodes ?? '').split(',').map((node) => nodeOf(node, kind));
  const path = (found.path ?? '').split('/');
  const [master = '', number = ''] = kind === 'sentinel' ? path : ['', ...path];
  const database = number === '' ? 0 : Number(number);
  const wrong =
    nodes.some((node) => node === null) ||
    (kind === 'single' && nodes.length > 1) ||
    (kind === 'sentinel' && master === '') ||
    (kind === 'cluster' && database !== 0) ||
    path.length > (kind === 'sentinel' ? 2 : 1) ||
    !Number.isInteger(database) ||
    database < 0;
  if (wrong) return null;
  try {
    return {
      kind,
      nodes: nodes.filter((node) => node !== null),
      master: decodeURIComponent(master),
      username: found.user ? decodeURIComponent(found.user) : null,
      password: found.password ? decodeURIComponent(found.password) : null,
      database,
      tls: found.scheme === 'rediss',
    };
  } catch {
    // A lone % in a password.
    return null;
  }
}

/** For people: where it is, without the user and the password. Pure. */
export function placeOfRedis({ kind, nodes, master, database }: RedisAddress): string {
  const where = nodes.map(({ host, port }) => `${host}:${port}`).join(', ');
  const number = database === 0 ? '' : `/${database}`;
  if (kind === 'single') return `${where}${number}`;
  return kind === 'sentinel' ? `${master}${number} by the Sentinels ${where}` : `the cluster of ${where}`;
}

function nodeOf(text: string, kind: RedisAddress['kind']): { host: string; port: number } | null {
  const [, bracketed, plain, port] = /^(?:\[([\da-f:]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/iu.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) return null;
  const number = port === undefined ? (kind === 'sentinel' ? sentinelPort : serverPort) : Number(port);
  return number > 65_535 ? null : { host, port: number };
}
