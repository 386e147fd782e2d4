import type { Clock } from '../core/clock.ts';
import type { Ids } from '../core/ids.ts';
import { type ClockNotice, clockNotice } from './clock-notice.ts';
import { createJitsi } from './jitsi.ts';
import { backSeconds } from './jitsi-claims.ts';
import { newRoom } from './room.ts';
import { type LogIn, tryToLogIn } from './server-bosh.ts';
import { readServerConfig, type ServerConfig } from './server-config.ts';
import type { JitsiSettings } from './settings.ts';

/** One thing that was looked at. */
export interface Seen {
  readonly ok: boolean;
  readonly line: string;
  /** What to do about it, or what to know. */
  readonly hint?: string;
}

/** What looking at a server needs. */
export interface LookDeps {
  readonly settings: JitsiSettings;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly fetch: typeof fetch;
}

const timeoutMs = 8_000;
const settingsPage = 'docs/video.md, "What makes a server safe"';

/**
 * Looks at a Jitsi server as a stranger, as somebody with a token of ours, and as somebody with a forged one, and says
 * what is unsafe or will not work. It joins no room.
 */
export async function lookAtServer(deps: LookDeps): Promise<Seen[]> {
  const { settings } = deps;
  const { domain, signing, tenant, jaas } = settings;
  const address = jaas ? `https://${domain}/${tenant}/config.js` : `https://${domain}/config.js`;
  let answer: Response;
  try {
    answer = await deps.fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : 'it cannot be reached';
    return [{ ok: false, line: `${domain} does not answer: ${why}`, hint: 'Is JITSI_DOMAIN right?' }];
  }
  const text = await answer.text();
  if (!answer.ok || !/\bhosts\b|\bconfig\b/u.test(text)) {
    const line = `${domain} answers ${answer.status} and shows no config.js: it does not look like Jitsi`;
    return [{ ok: false, line, hint: 'Is JITSI_DOMAIN right, and does the proxy lead to the web server?' }];
  }
  const config = readServerConfig(text);
  const seen: Seen[] = [
    { ok: true, line: `${domain} is there; links are ${signing === null ? 'not signed' : 'signed'}` },
    ...clockSeen(await serverClock(deps, answer)),
    ...shownSeen(config, settings),
    // 8x8's own are its own business.
    ...(jaas ? [] : await doorSeen(deps, config)),
  ];
  if (signing !== null && !jaas)
    seen.push({
      ok: true,
      line: 'who moderates cannot be seen from here',
      hint: `Go in as a customer, with npm run video:token, and look whether you can remove others; ${settingsPage}.`,
    });
  return seen;
}

/**
 * How far the server's clock is from ours, by what its web server says: it judges our tokens by it.
 * @param given an answer of it that is there already
 * @returns null when it is right, or not told
 */
export async function serverClock(
  { settings, clock, fetch: get }: Pick<LookDeps, 'settings' | 'clock' | 'fetch'>,
  given?: Response,
): Promise<ClockNotice | null> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = given ?? (await get(`https://${settings.domain}/config.js`, { method: 'HEAD', signal }));
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  // It tells whole seconds.
  return Number.isNaN(theirs) ? null : clockNotice(theirs + 500, clock.now(), backSeconds * 1_000);
}

/** A wrong clock in words. */
export function clockWords({ offsetMs, wholeHours }: ClockNotice): string {
  const hours = Math.abs(wholeHours ?? 0);
  const seconds = Math.round(Math.abs(offsetMs) / 1_000);
  const much = hours > 0 ? `${hours} ${hours === 1 ? 'hour' : 'hours'}` : `${seconds} seconds`;
  return offsetMs > 0
    ? `the video server's clock is ${much} ahead of ours: tokens end too early for it`
    : `the video server's clock is ${much} behind ours: it refuses fresh tokens as "not yet"`;
}

function clockSeen(notice: ClockNotice | null): Seen[] {
  if (notice === null) return [];
  return [{ ok: false, line: clockWords(notice), hint: 'Set both by NTP.' }];
}

/** What the server tells everybody of itself. */
function shownSeen({ guests, keeps }: ServerConfig, { signing }: JitsiSettings): Seen[] {
  const seen: Seen[] = [];
  if (guests && signing !== null)
    seen.push({
      ok: false,
      line: 'guests are allowed (anonymousdomain): strangers who know a room come in without a token',
      hint: `Set ENABLE_GUESTS=0 on the server; ${settingsPage}.`,
    });
  if (keeps.length > 0)
    seen.push({
      ok: true,
      line: `${keeps.join(', ')} can be switched on there`,
      hint:
        signing === null
          ? 'Links are not signed, so that whoever is in a call may do it. Switch it off, or tell customers (video.recorded in relevo.yaml).'
          : "Relevo's tokens forbid it in its calls.",
    });
  return seen;
}

/** Whom the server lets in. */
async function doorSeen(deps: LookDeps, { domain }: ServerConfig): Promise<Seen[]> {
  const { settings, clock, ids } = deps;
  const post = async (query: URLSearchParams, body: string): Promise<string | null> => {
    const answer = await deps.fetch(`https://${settings.domain}/http-bind?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return answer.ok ? await answer.text() : null;
  };
  const xmpp = domain ?? settings.subject;
  const come = (token: string | null) => tryToLogIn(post, xmpp, token).catch((): LogIn => 'unclear');
  const stranger = await come(null);
  if (stranger === 'unclear')
    return [{ ok: true, line: 'whom it lets in could not be tried: it does not answer at /http-bind' }];
  if (settings.signing === null) return [unsignedSeen(stranger)];
  const entry = { role: 'customer', name: null, invitationId: ids.id(), tokenId: ids.id() } as const;
  const { url } = await createJitsi(settings).link({ ...entry, room: newRoom(ids), askedAt: clock.now() });
  const token = new URL(url).searchParams.get('jwt') ?? '';
  // The same signature with another letter in front is one of nothing.
  const forged = token.replace(
    /\.([\w-])([\w-]*)$/u,
    (_, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`,
  );
  const [ours, theirs] = [await come(token), await come(forged)];
  return [
    stranger === 'let-in'
      ? {
          ok: false,
          line: 'it lets strangers in without a token',
          hint: `Set AUTH_TYPE=jwt and JWT_ALLOW_EMPTY=0 on the server; ${settingsPage}.`,
        }
      : { ok: true, line: 'it refuses whoever has no token' },
    ours === 'let-in'
      ? { ok: true, line: 'it takes our tokens' }
      : {
          ok: false,
          line: 'it refuses our tokens: nobody could join a call',
          hint: 'Are JITSI_APP_ID and the secret or key the same as on the server, and "jitsi" among its accepted audiences?',
        },
    ...(theirs === 'let-in'
      ? [
          {
            ok: false,
            line: 'it takes forged tokens',
            hint: `It does not check signatures; ${settingsPage}.`,
          },
        ]
      : []),
  ];
}

function unsignedSeen(stranger: LogIn): Seen {
  if (stranger === 'let-in')
    return {
      ok: true,
      line: 'whoever has a link gets in, and who moderates is the choice of the server',
      hint: 'To try things out that is enough; JITSI_APP_ID and JITSI_APP_SECRET sign links for one person each (docs/video.md).',
    };
  return {
    ok: false,
    line: 'it asks for a token, and links are not signed: nobody could join a call',
    hint: 'Set JITSI_APP_ID and JITSI_APP_SECRET as on the server.',
  };
}
