import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import { RelevoError } from '../core/errors.ts';
import type { Dispatch } from './dispatch.ts';
import { isObject } from './payload.ts';
import { sdkLog } from './sdk-log.ts';
import { slackError } from './slack-error.ts';
import { clientOptions } from './web-api.ts';

const helloWithinMs = 20_000;
const longestPauseMs = 30_000;

/** What Socket Mode is made of. */
export interface SocketDeps {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly dispatch: Dispatch;
  /** Said after every connection. */
  readonly connected: () => void;
  readonly log: Logger;
  /** The wait after the first failure, doubled with each further one up to half a minute. */
  readonly firstPauseMs?: number;
}

/**
 * Slack's events over a socket that we open, for those without a public address. The library's own reconnection ends
 * the process when Slack is away at the wrong moment, so it is done here.
 */
export function createSocket({
  appToken,
  apiUrl,
  dispatch,
  connected,
  log,
  firstPauseMs = 1_000,
}: SocketDeps) {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: sdkLog(log),
    installerOptions: { clientOptions: clientOptions(apiUrl, log) },
  });
  const { client } = receiver;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  client.on('slack_event', ({ ack, body, retry_num: retryNum, retry_reason: retryReason }) => {
    if (!isObject(body) || stopping.signal.aborted) return;
    const handled = dispatch({ payload: body, retryNum, retryReason }).then(async (outcome) => {
      await ack(outcome.kind === 'done' ? outcome.acknowledgement : undefined);
    });
    handled.catch((error: unknown) => {
      const code = error instanceof RelevoError ? error.code : 'unknown';
      log.warn({ code }, 'a Slack event was not acknowledged; Slack will deliver it again');
    });
  });

  /** Resolves once connected, with what resolves when that connection is over. */
  const connect = async (): Promise<{ readonly ended: Promise<void> }> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no hello')), helloWithinMs);
    });
    const opening = client.start();
    // It may still fail after the wait is over.
    opening.catch(() => undefined);
    try {
      await Promise.race([opening, late]);
    } catch (error) {
      throw slackError('apps.connections.open', error);
    } finally {
      clearTimeout(timer);
    }
    return { ended: new Promise((resolve) => client.once('disconnected', () => resolve())) };
  };

  const keepOpen = async (first: { readonly ended: Promise<void> } | null): Promise<void> => {
    const { signal } = stopping;
    let connection = first;
    let failures = first === null ? 1 : 0;
    while (!signal.aborted) {
      await connection?.ended;
      const pauseMs = failures === 0 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
      // Cut short by `stop`, which the loop's condition sees.
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        connection = await connect();
        failures = 0;
        connected();
      } catch (error) {
        connection = null;
        failures += 1;
        log.warn({ code: slackError('', error).code, failures }, 'Slack cannot be connected; trying again');
      }
    }
  };

  return {
    /** Connects, and again whenever the connection is lost. @throws SendError permanent, when Slack refuses the token */
    async start(): Promise<void> {
      let first: { readonly ended: Promise<void> } | null = null;
      try {
        first = await connect();
        connected();
      } catch (error) {
        const fault = slackError('apps.connections.open', error);
        if (fault.permanent) throw fault;
        log.warn({ code: fault.code }, 'Slack cannot be connected yet; trying again');
      }
      running = keepOpen(first);
    },
    /** Disconnects for good. */
    async stop(): Promise<void> {
      stopping.abort();
      await client.disconnect().catch(() => undefined);
      await running;
    },
  };
}
