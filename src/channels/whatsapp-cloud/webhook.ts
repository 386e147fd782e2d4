import type { Logger } from 'pino';
import type { Ids } from '../../core/ids.ts';
import type { Address } from '../../core/message.ts';
import type { Inlet } from '../channel.ts';
import type { Identities } from './identity.ts';
import { channelName, type Finding, parseWebhook } from './parse.ts';
import { isSameSecret, isSigned } from './signature.ts';

/** Meta's batches have at most 3 MB. */
const maxBytes = 4_194_304;

/** What taking webhooks needs. */
export interface WebhookDeps {
  readonly phoneId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly ids: Ids;
  readonly log: Logger;
  /** Null before the channel is started and after it is stopped. */
  readonly open: () => { readonly inlet: Inlet; readonly identities: Identities } | null;
  /** Hears of every message that was stored. */
  readonly onWritten: (user: string, externalId: string) => void;
}

/**
 * Takes Meta's calls: the challenge when the address is set up, and signed events. 200 only once all of a batch is stored.
 * @returns 401 for what Meta did not sign, 403 for a wrong challenge, 503 while nothing can be stored
 */
export function createWebhook(deps: WebhookDeps): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method === 'GET') return challenge(new URL(request.url), deps.verifyToken);
    if (request.method !== 'POST')
      return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
    const body = await read(request);
    if (body === null) return new Response(null, { status: 413 });
    if (!isSigned(body, request.headers.get('x-hub-signature-256'), deps.appSecret)) {
      return new Response(null, { status: 401 });
    }
    const text = new TextDecoder().decode(body);
    try {
      for (const finding of parseWebhook(text, { account: deps.phoneId, ids: deps.ids })) {
        const open = deps.open();
        if (open === null) return new Response(null, { status: 503 });
        await take(finding, open.inlet, open.identities, deps);
      }
    } catch (error) {
      deps.log.warn({ channel: channelName, err: error }, 'a webhook was not stored: it will come again');
      return new Response(null, { status: 503 });
    }
    return new Response(null, { status: 200 });
  };
}

function challenge(url: URL, verifyToken: string): Response {
  const query = url.searchParams;
  const known = isSameSecret(query.get('hub.verify_token') ?? '', verifyToken);
  if (query.get('hub.mode') !== 'subscribe' || !known) return new Response(null, { status: 403 });
  return new Response(query.get('hub.challenge') ?? '', {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  });
}

/** @returns null when it is too long */
async function read(request: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the rest of the body.
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function take(
  finding: Finding,
  inlet: Inlet,
  identities: Identities,
  { phoneId, log, onWritten }: WebhookDeps,
): Promise<void> {
  const addressOf = (user: string): Address => ({ channel: channelName, account: phoneId, user });
  switch (finding.kind) {
    case 'message': {
      const user = await identities.userOf(finding.who);
      await inlet.receive({ ...finding.message, address: addressOf(user) });
      if (finding.message.gesture.kind === 'message') onWritten(user, finding.message.externalId);
      return;
    }
    case 'status': {
      const { who, name, externalId, status, error } = finding;
      const user = who === null ? null : await identities.knownUserOf(who);
      const more = { externalId, status, ...(error === undefined ? {} : { error }) };
      if (name !== null) return inlet.report({ message: { name }, ...more });
      // What others send over the same number is no concern of ours.
      if (user !== null) return inlet.report({ message: { externalId, to: addressOf(user) }, ...more });
      return;
    }
    case 'renewed':
      return identities.renew(finding.before, finding.after);
    case 'unreadable':
      return inlet.quarantine(finding.item);
    case 'news':
      log.info({ channel: channelName, what: finding.what }, 'news of the account, not read');
      return;
  }
}
