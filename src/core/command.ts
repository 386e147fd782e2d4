import type { CallCommand } from './call-command.ts';
import type { Agent, Deadline } from './conversation.ts';
import type { Event, HandOverReason, TurnOutcome } from './event.ts';
import type { Json } from './json.ts';
import type { Language } from './language.ts';
import type { Assessment, Intake, Logbook } from './logbook.ts';
import type { Address, InboundMessage, Media, Option, Source } from './message.ts';
import type { Wait } from './wait.ts';

/** What a customer's words mean where only a few answers make sense. */
export type Meaning =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'thanks' }
  | { readonly kind: 'rating'; readonly stars: number }
  /** They want to be seen, or to show something: a video call. */
  | { readonly kind: 'call' };

/** One thing the bot says. */
export interface Saying {
  readonly text: string;
  readonly options: readonly Option[];
  readonly sources: readonly Source[];
}

/** What the bot decided: its words and its action are separate (law 4). */
export interface BotDecision {
  /** The customer's language, as far as the bot can tell. */
  readonly language: Language;
  readonly say: readonly Saying[];
  readonly action:
    | { readonly kind: 'wait' }
    /** The bot does not know, and asks the people of `Rules.botAsks` before it hands over. */
    | { readonly kind: 'ask'; readonly text: string }
    /** `call`: who wished that it be a video call; absent: nobody. */
    | {
        readonly kind: 'hand-over';
        readonly reason: HandOverReason;
        readonly call?: 'customer' | 'bot';
      }
    | { readonly kind: 'resolve' };
  /** Kept with the conversation and given back at the next turn. */
  readonly memory: Json;
  readonly outcome: TurnOutcome;
  readonly intake: Intake | null;
}

/** Something that somebody wants to happen to a conversation. */
export type Command =
  | {
      readonly type: 'receive';
      readonly message: InboundMessage;
      readonly meaning: Meaning | null;
      /** What a new conversation gets; read only when the message starts one. */
      readonly start: {
        readonly ordinal: number;
        readonly number: number;
        readonly language: Language;
      } | null;
    }
  | { readonly type: 'bot-turn'; readonly throughSeq: number; readonly decision: BotDecision }
  | {
      readonly type: 'bot-failed';
      readonly throughSeq: number;
      readonly reason: 'error' | 'timeout' | 'shutdown';
    }
  /** `tier`: in whose queue it was when it was decided that the agent may take it. */
  | { readonly type: 'claim'; readonly agent: Agent; readonly tier?: number }
  /** `text` is empty only where there is an attachment; each goes out as a message of its own. */
  | {
      readonly type: 'reply';
      readonly agent: Agent;
      readonly text: string;
      readonly attachments?: readonly Media[];
    }
  | { readonly type: 'note'; readonly agent: Agent; readonly text: string }
  | { readonly type: 'set-plan'; readonly agent: Agent; readonly plan: string }
  /** Takes down that an address is the same person's, or no longer; what was decided is decided elsewhere. */
  | {
      readonly type: 'record-joining';
      readonly address: Address;
      readonly agent: Agent;
      readonly joined: boolean;
    }
  /** Without a tier the case goes to the next one up. */
  | {
      readonly type: 'escalate';
      readonly agent: Agent;
      readonly reason: string;
      readonly tier: number | null;
      /** As far as this tier got: the next one's brief. */
      readonly logbook?: Logbook;
    }
  /** A private question to a tier's people; the case stays with whoever asks. */
  | { readonly type: 'ask'; readonly agent: Agent; readonly tier: number; readonly text: string }
  | {
      readonly type: 'answer-question';
      readonly agent: Agent;
      readonly question: number;
      readonly answer: string;
    }
  | { readonly type: 'assess'; readonly agent: Agent; readonly assessment: Assessment }
  /** `remindAt`: when the agent is reminded of the vendor, and the pause between reminders from then on. */
  | {
      readonly type: 'to-vendor';
      readonly agent: Agent;
      readonly reference: string;
      readonly remindAt: number;
    }
  | { readonly type: 'vendor-answered'; readonly agent: Agent; readonly answer: string }
  | { readonly type: 'return-to-bot'; readonly agent: Agent }
  /** `propose`: what was done should become an article. */
  | {
      readonly type: 'solve';
      readonly agent: Agent;
      readonly logbook: Logbook;
      readonly propose?: boolean;
      /** So many days after the end the customer is asked whether all is well still. */
      readonly followUpDays?: number | null;
    }
  | CallCommand
  /** Where a case stands in the queue it entered at `since`: the customer hears of it when it is news. */
  | { readonly type: 'tell-wait'; readonly since: number; readonly wait: Wait }
  /** The deadline as it was when the timer was set: a case that has moved on ignores it. */
  | { readonly type: 'timer'; readonly deadline: Deadline };

/** Why a command was not carried out. */
export interface Refusal {
  readonly code:
    | 'not_found'
    | 'already_claimed'
    | 'not_claimed'
    | 'not_yours'
    | 'closed'
    | 'no_such_tier'
    | 'no_such_plan'
    | 'no_higher_tier'
    | 'not_open_to_people'
    | 'assessment_missing'
    | 'not_with_vendor'
    | 'no_video'
    | 'no_call'
    | 'no_call_minutes'
    | 'call_under_way'
    | 'call_in_the_past'
    | 'call_overlaps'
    | 'no_such_question'
    | 'too_many_questions'
    | 'not_in_tier'
    | 'not_a_member'
    | 'at_capacity'
    | 'away'
    | 'nothing_waits'
    | 'superseded';
  /** Who has the case, where that is the reason. */
  readonly holder?: Agent;
  /** The names of who may, where it is not for everybody. */
  readonly members?: readonly string[];
}

/** What a command leads to: events in order (none: nothing to do), or the reason why not. */
export type Decided = { readonly events: readonly Event[] } | { readonly refused: Refusal };
