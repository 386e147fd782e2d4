import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { clockWords, serverClock } from './look-at-server.ts';
import type { VideoSettings } from './settings.ts';

/**
 * Compares the clock of the server that judges our tokens with ours, once, and warns when they differ. It never fails: a
 * server that does not answer now may do so when there is a call.
 * @param signal ends it early
 */
export async function watchClock(deps: {
  readonly settings: VideoSettings;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { settings, clock, log, signal } = deps;
  if (settings.kind !== 'jitsi' || settings.signing === null) return;
  const cut: typeof fetch = (input, init) =>
    deps.fetch(input, { ...init, signal: AbortSignal.any([signal, ...(init?.signal ? [init.signal] : [])]) });
  try {
    const notice = await serverClock({ settings, clock, fetch: cut });
    if (notice !== null) log.warn({ ...notice }, `${clockWords(notice)}; set both by NTP`);
  } catch {
    if (signal.aborted) return;
    log.info({ server: settings.domain }, 'the video server does not answer now: its clock is not known');
  }
}
