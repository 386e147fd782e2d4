import { createHash } from 'node:crypto';
import { z } from 'zod';
import { RelevoError } from '../../core/errors.ts';
import type { Graph } from './graph.ts';

const described = z.object({
  url: z.url({ protocol: /^https?$/u }),
  sha256: z.string().nullish(),
  file_size: z.coerce.number().int().nonnegative().nullish(),
});

const mediaId = /^[A-Za-z0-9_-]{1,128}$/u;

/** Longest wait for the whole of a file: 100 MB on a slow line. */
const downloadMs = 120_000;

/** What opening a file needs. */
export interface MediaDeps {
  readonly graph: Pick<Graph, 'get'>;
  readonly apiRoot: string;
  readonly token: string;
  readonly phoneId: string;
}

/** Meta's own hosts for files; addresses are handed out by the API, and the access token goes with every call. */
const metaHosts = ['fbsbx.com', 'fbcdn.net'];

/** Whether an address is one where the platform keeps files: the API's own host, and Meta's where that is Meta's. Pure. */
export function isPlatformFile(address: string, apiRoot: string): boolean {
  const { origin, protocol, port, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (origin === new URL(apiRoot).origin) return true;
  if (new URL(apiRoot).origin !== 'https://graph.facebook.com') return false;
  return protocol === 'https:' && port === '' && metaHosts.some((host) => hostname.endsWith(`.${host}`));
}

/**
 * Opens a customer's file. Asks for its address by its id, and goes there only where it is the platform's own; the bytes
 * are checked against the hash that the platform signed.
 * @param remote as the parser made it: the file's id, and its hash where the webhook told it
 * @throws RelevoError `media_gone`, `media_refused`, `media_unreachable`; `media_changed` at the end of the bytes
 */
export async function openMedia(remote: string, deps: MediaDeps): Promise<AsyncIterable<Uint8Array>> {
  const [id = '', toldHash] = remote.split(' ');
  if (!mediaId.test(id)) throw new RelevoError('media_refused', 'this is no file of WhatsApp');
  const { status, body } = await deps.graph.get(id, { phone_number_id: deps.phoneId });
  if (status === 400 || status === 404) {
    throw new RelevoError('media_gone', 'WhatsApp has this file no longer: it keeps them for 7 days');
  }
  if (status !== 200) throw new RelevoError('media_unreachable', `WhatsApp answered ${status} for a file`);
  const file = described.safeParse(body).data;
  if (file === undefined || !isPlatformFile(file.url, deps.apiRoot)) {
    throw new RelevoError('media_refused', "a file's address is not one of WhatsApp's own");
  }
  const response = await fetch(file.url, {
    redirect: 'manual',
    headers: { authorization: `Bearer ${deps.token}` },
    signal: AbortSignal.timeout(downloadMs),
  }).catch((cause: unknown) => {
    throw new RelevoError('media_unreachable', 'a file could not be fetched from WhatsApp', { cause });
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    const gone = response.status === 404 || response.status === 410;
    throw new RelevoError(gone ? 'media_gone' : 'media_unreachable', `a file answered ${response.status}`);
  }
  const hashes = [toldHash, file.sha256].flatMap((hash) => hexOf(hash) ?? []);
  return checked(response.body, hashes, file.file_size ?? null);
}

async function* checked(
  body: AsyncIterable<Uint8Array>,
  hashes: readonly string[],
  size: number | null,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (size !== null && bytes > size) throw changed();
    hash.update(chunk);
    yield chunk;
  }
  const digest = hash.digest('hex');
  if (hashes.some((wanted) => wanted !== digest)) throw changed();
}

function changed(): RelevoError {
  return new RelevoError('media_changed', 'a file is not the one that WhatsApp announced');
}

/** Meta writes hashes in hexadecimal in one place and in base64 in another. @returns null when it is neither */
function hexOf(hash: string | null | undefined): string | null {
  if (hash === null || hash === undefined || hash === '') return null;
  if (/^[0-9a-f]{64}$/iu.test(hash)) return hash.toLowerCase();
  const bytes = Buffer.from(hash, 'base64');
  return bytes.length === 32 ? bytes.toString('hex') : null;
}
