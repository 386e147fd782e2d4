import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { CallStage } from './call-stage.ts';
import type { InvitationStore } from './invitations.ts';
import { readServerEvent, type ServerEvent } from './server-event.ts';

/** What the server's calls are answered with. */
export interface ServerWebhookDeps {
  /** What the server proves itself by: 8x8's signing secret, or the bearer token given to `event_sync`. */
  readonly secret: string;
  readonly store: Pick<InvitationStore, 'byId' | 'byRoom'>;
  readonly stage: CallStage;
  readonly quarantine: {
    add(item: {
      readonly key: string;
      readonly channel: string;
      readonly at: number;
      readonly reason: string;
      readonly raw: string;
    }): Promise<void>;
  };
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

/** An older signature may have been taken from somewhere. */
const signatureMs = 5 * 60_000;

/**
 * Answers a Jitsi server's own calls: 8x8's at `…/jaas`, signed, and the plugin `event_sync`'s at `…/events/…`, with a
 * bearer token. What nobody can read goes to the quarantine; what is of no interest is taken and forgotten.
 */
export function createServerWebhook(deps: ServerWebhookDeps): (request: Request) => Promise<Response> {
  const { store, stage, clock, log } = deps;

  async function tell(event: ServerEvent): Promise<void> {
    const named = event.person === null ? null : await store.byId(event.person);
    const invitation = named?.room === event.room ? named : await store.byRoom(event.room);
    if (invitation === null) return;
    const { conversationId: conversation } = invitation;
    const who = invitation === named ? named.role : null;
    if (event.kind === 'started') await stage.started(conversation, event.at);
    else if (event.kind === 'ended') await stage.ended(conversation, event.at);
    else if (event.kind === 'left') await stage.left(conversation, who);
    else if (event.kind === 'joined' && who !== null) await stage.entered(conversation, who);
    else if (event.kind === 'recording')
      log.warn({ conversation }, 'the video server records a call: customers are told that nobody does');
  }

  return async (request) => {
    const bytes = Buffer.from(await request.arrayBuffer());
    if (!isProven(request, bytes, deps.secret, clock.now())) return new Response(null, { status: 401 });
    const text = bytes.toString('utf8');
    const now = clock.now();
    const event = readServerEvent(readJson(text), now);
    if (event === 'unknown') {
      const key = `video/${createHash('sha256').update(bytes).digest('hex')}`;
      const reason = 'the video server sent what is no event of a room';
      await deps.quarantine.add({ key, channel: 'video', at: now, reason, raw: text });
    } else if (event !== null) await tell(event);
    return new Response(null, { status: 200 });
  };
}

function isProven(request: Request, body: Buffer, secret: string, now: number): boolean {
  if (!new URL(request.url).pathname.endsWith('/jaas'))
    return isSame(request.headers.get('authorization') ?? '', `Bearer ${secret}`);
  const parts = (request.headers.get('x-jaas-signature') ?? '').split(',').map((part) => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/u.exec(part.trim()) ?? [];
    return { name, value };
  });
  const time = parts.find(({ name }) => name === 't')?.value ?? '';
  if (!/^\d{10,13}$/u.test(time)) return false;
  const at = time.length > 10 ? Number(time) : Number(time) * 1_000;
  if (Math.abs(now - at) > signatureMs) return false;
  const right = createHmac('sha256', secret).update(`${time}.`).update(body).digest('base64');
  // Other schemes could be weaker ones.
  return parts.some(({ name, value }) => name === 'v1' && isSame(value, right));
}

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
function isSame(given: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(right));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
