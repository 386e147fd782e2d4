import { createHash, timingSafeEqual } from 'node:crypto';

/** The most bytes that an update may have. Telegram's are some thousands. */
const maxBytes = 1024 * 1024;

/** What a webhook call was: an answer already, or a body whose sender knows the secret. */
export type Admitted = { readonly response: Response } | { readonly body: string };

/**
 * Lets a call in that carries the secret given to `setWebhook`. Telegram signs nothing else, so a replay is stopped by
 * the key of its message alone.
 */
export async function admit(request: Request, secret: string): Promise<Admitted> {
  const given = request.headers.get('x-telegram-bot-api-secret-token') ?? '';
  if (!timingSafeEqual(digest(given), digest(secret))) return { response: answer(401) };
  if (request.method !== 'POST') return { response: answer(405) };
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') return { response: answer(415) };
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return { response: answer(413) };
  const body = await readAtMost(request);
  return body === null ? { response: answer(413) } : { body };
}

/** An empty answer. */
export function answer(status: number): Response {
  return new Response(null, { status });
}

async function readAtMost(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Of one length whatever it is made of: comparing tells nothing of the secret. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
