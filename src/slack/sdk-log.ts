import type { Logger as SdkLogger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/**
 * The log that Slack's libraries write to. Their chatter holds messages and tokens and is dropped; of their warnings
 * only the first words are kept.
 */
export function sdkLog(log: Logger): SdkLogger {
  const drop = (): void => undefined;
  const keep = (...parts: unknown[]): void => {
    const [first] = parts;
    const note = first instanceof Error ? first.name : String(first).split(/[:("']/u)[0];
    log.warn({ note: note?.trim().slice(0, 120) }, 'a warning of Slack’s library');
  };
  return {
    debug: drop,
    info: drop,
    warn: keep,
    error: keep,
    setLevel: drop,
    setName: drop,
    getLevel: () => LogLevel.WARN,
  };
}
