import { pino } from 'pino';
import type { Bot } from '../../src/bot/bot.ts';
import type { BotDecision } from '../../src/core/command.ts';
import type { Json } from '../../src/core/json.ts';
import type { Language } from '../../src/core/language.ts';
import type { Intake } from '../../src/core/logbook.ts';
import type { Content, Source } from '../../src/core/message.ts';

/** A log that writes nothing. */
export const silent = pino({ level: 'silent' });

/** What is said or pressed: a plain text, or a content of another kind. */
export type Said = string | Content;

/** A press of an option. */
export function press(option: string, label?: string): Content {
  return label === undefined ? { kind: 'choice', option } : { kind: 'choice', option, label };
}

/** A conversation with a bot, turn after turn; its memory goes through JSON as it does through the store. */
export interface Talk {
  say(...said: Said[]): Promise<BotDecision>;
  memory: Json;
}

/** Begins a conversation. */
export function talkWith(
  bot: Bot,
  start: {
    language?: Language;
    name?: string;
    intake?: Intake;
    conversation?: string;
    handheld?: boolean;
    mayAsk?: boolean;
    mayCall?: boolean;
    personAnswered?: boolean;
  } = {},
): Talk {
  let language = start.language ?? 'es';
  let intake = start.intake ?? null;
  const shown: Source[] = [];
  const talk: Talk = {
    memory: null,
    async say(...said) {
      const messages = said.map(
        (one): Content => (typeof one === 'string' ? { kind: 'text', text: one } : one),
      );
      const decision = await bot.take(
        {
          conversation: start.conversation ?? 'c1',
          language,
          customerName: start.name ?? null,
          messages,
          memory: talk.memory,
          shown: [...shown],
          intake,
          handheld: start.handheld ?? false,
          mayAsk: start.mayAsk ?? false,
          mayCall: start.mayCall ?? false,
          personAnswered: start.personAnswered ?? false,
        },
        new AbortController().signal,
      );
      language = decision.language;
      intake = decision.intake ?? intake;
      talk.memory = JSON.parse(JSON.stringify(decision.memory));
      shown.push(...decision.say.flatMap(({ sources }) => sources));
      return decision;
    },
  };
  return talk;
}

/** All that a decision says, as one text. */
export function words(decision: BotDecision): string {
  return decision.say.map(({ text }) => text).join('\n---\n');
}

/** The ids of the options offered last. */
export function offered(decision: BotDecision): string[] {
  return (decision.say.at(-1)?.options ?? []).map(({ id }) => id);
}
