import type { Logger } from 'pino';
import type { Bot } from './bot/bot.ts';
import type { Channel } from './channels/channel.ts';
import type { Clock } from './core/clock.ts';
import { botMayAsk } from './core/decide-question.ts';
import { addressKey } from './core/message.ts';
import { peopleAnswer } from './core/people-elsewhere.ts';
import type { Rules } from './core/rules.ts';
import { createTurns, type Turns } from './inbox/turn.ts';
import type { Conversations } from './store/conversations.ts';
import type { Store } from './store/store.ts';

/** What the bot's turns are made of. */
export interface AppTurnsDeps {
  readonly conversations: Conversations;
  readonly bot: () => Promise<Bot>;
  /** How long the bot may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly signals: Pick<Store['signals'], 'publish'>;
  readonly channel: (name: string) => Channel | undefined;
  readonly rules: () => Rules;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Makes what takes the bot's turns, by what channels can do and what relevo.yaml says now. */
export function openTurns({ signals, channel, rules, ...deps }: AppTurnsDeps): Turns {
  return createTurns({
    ...deps,
    typing: ({ address, reach }) => {
      signals.publish(`chat/${addressKey(address)}`);
      channel(reach.channel)?.typing?.(reach);
    },
    mayAsk: (conversation) => botMayAsk(conversation, rules(), deps.clock.now()),
    mayCall: () => rules().video === true,
    alone: (conversation) => !peopleAnswer(conversation, rules()),
    handheld: (name) => channel(name)?.can.handheld ?? false,
    pauseMs: (name) => channel(name)?.can.pauseMs ?? 0,
  });
}
