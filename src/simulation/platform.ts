import type { Channel } from '../channels/channel.ts';
import { unlimited } from '../channels/send-limits.ts';
import { SendError } from '../core/errors.ts';
import type { OutboundMessage } from '../core/message.ts';
import type { Random } from './random.ts';

/** A messaging platform that keeps its own log of what it accepted, in order, which the judge believes over anything of ours. */
export interface Platform {
  readonly channel: Channel;
  /** What each customer was shown, oldest first. */
  readonly shown: ReadonlyMap<string, readonly OutboundMessage[]>;
  /** How many sends it refused. */
  refusals(): number;
}

const refusesSend = 0.02;

/**
 * @param repeatable whether the platform knows a message by its name and shows a repeated one once
 * @param onShown called when a customer sees a message for the first time
 */
export function createPlatform(
  name: string,
  repeatable: boolean,
  random: Random,
  onShown: (message: OutboundMessage) => void,
): Platform {
  const shown = new Map<string, OutboundMessage[]>();
  const names = new Set<string>();
  let refused = 0;

  return {
    shown,
    refusals: () => refused,
    channel: {
      name,
      title: name,
      can: {
        maxTextLength: 4096,
        maxButtons: 3,
        maxButtonLength: 20,
        maxListRows: 10,
        maxListRowLength: 24,
        maxMediaBytes: {},
        typing: false,
        repeatable,
        reports: false,
        readsLog: false,
        handheld: true,
        pauseMs: 0,
        replyWindowMs: null,
        oneProcess: false,
      },
      limits: unlimited,
      async start() {
        return undefined;
      },
      async stop() {
        return undefined;
      },
      async send(message) {
        if (random.chance(refusesSend)) {
          refused += 1;
          throw new SendError('rate_limited', 'too fast', { retryAfterMs: random.int(500, 5_000) });
        }
        if (!names.has(message.name) || !repeatable) {
          names.add(message.name);
          shown.set(message.to.user, [...(shown.get(message.to.user) ?? []), message]);
          onShown(message);
        }
        return { externalId: message.name };
      },
    },
  };
}
