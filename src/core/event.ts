import type { CallEvent } from './call-event.ts';
import type { Agent, Outcome, QueuedStage, VendorWait, WaitChoice, Waiting } from './conversation.ts';
import type { Json } from './json.ts';
import type { Language } from './language.ts';
import type { Assessment, Intake, Logbook } from './logbook.ts';
import type { Address, Content, Media, Option, Source } from './message.ts';

/** Why a case left the bot. */
export type HandOverReason = 'asked' | 'unknown' | 'disliked' | 'error' | 'timeout' | 'crash' | 'shutdown';

/** What the bot made of a turn, for whoever tunes it. */
export interface TurnOutcome {
  readonly kind:
    | 'answered'
    | 'clarified'
    | 'unknown'
    | 'asked-person'
    | 'small-talk'
    | 'intake'
    | 'feedback'
    | 'failed';
  /** The article answered with or thought of. */
  readonly article?: string;
  /** The gate's probability that it is right, 0 to 1. */
  readonly confidence?: number;
  /** The published base that was asked. */
  readonly version?: number;
  /** A model put the article into other words; the article stays the source. */
  readonly rewritten?: true;
}

/** Something that happened to a conversation. Times are epoch milliseconds; absolute deadlines are recorded with what sets them. */
export type Event =
  | {
      readonly type: 'started';
      readonly ordinal: number;
      readonly number: number;
      readonly address: Address;
      readonly language: Language;
      /** Absent: the only company. */
      readonly brand?: string;
      readonly idleAt: number;
    }
  | {
      readonly type: 'customer-wrote';
      readonly externalId: string;
      readonly content: Content;
      /** Where it was written, when that is another address of the same person: answers go there. */
      readonly via?: Address;
      readonly customerName?: string;
      readonly subject?: string;
      readonly replyTo?: string;
      readonly unverified?: true;
      /** Where the customer's browser is, IANA; only where it is news. */
      readonly timeZone?: string;
      /** Relevo itself answered it: nobody owes an answer. */
      readonly answered?: true;
    }
  /** `of`: the `externalId` of the message it is about. */
  | { readonly type: 'customer-edited'; readonly of: string; readonly content: Content }
  | { readonly type: 'customer-deleted'; readonly of: string }
  | { readonly type: 'customer-reacted'; readonly of: string; readonly emoji: string | null }
  /** Somebody in copy wrote: people see it, nobody acts on it. */
  | {
      readonly type: 'bystander-wrote';
      readonly externalId: string;
      readonly who: string;
      readonly content: Content;
      readonly unverified?: true;
    }
  | { readonly type: 'turn-due'; readonly attempt: number; readonly dueAt: number }
  | {
      readonly type: 'bot-took-turn';
      readonly throughSeq: number;
      readonly language: Language;
      readonly memory: Json;
      readonly outcome: TurnOutcome;
      readonly intake: Intake | null;
      readonly idleAt: number;
    }
  | {
      readonly type: 'said';
      readonly from: 'bot' | 'agent' | 'system';
      readonly agent?: Agent;
      readonly text: string;
      readonly options: readonly Option[];
      readonly sources: readonly Source[];
      readonly attachment?: Media;
    }
  | {
      readonly type: 'handed-over';
      readonly reason: HandOverReason;
      readonly tier: number;
      readonly acceptBy: number;
    }
  | {
      readonly type: 'escalated';
      readonly from: number;
      readonly tier: number;
      readonly by: Agent | 'accept-deadline' | 'solve-deadline';
      readonly reason: string;
      readonly acceptBy: number;
      /** As far as the tier before got. */
      readonly logbook?: Logbook;
    }
  | {
      readonly type: 'assessed';
      readonly agent: Agent;
      readonly tier: number;
      readonly assessment: Assessment;
    }
  /** The vendor was asked, or reminded, or is to be asked again sooner. */
  | { readonly type: 'vendor-awaited'; readonly vendor: VendorWait }
  | {
      readonly type: 'vendor-answered';
      readonly agent: Agent;
      readonly answer: string;
      readonly leaseUntil: number;
      readonly solveBy: number;
    }
  /** Again with the same number: the bot adds to what it asked. `by` null: the bot, which waits for it until `until`. */
  | {
      readonly type: 'question-asked';
      /** From 1 within its conversation. */
      readonly question: number;
      readonly tier: number;
      readonly by: Agent | null;
      readonly text: string;
      readonly until: number | null;
    }
  /** Private; what of it reaches the customer is a `said`. `idleAt`: where the bot had asked. */
  | {
      readonly type: 'question-answered';
      readonly question: number;
      readonly agent: Agent;
      readonly answer: string;
      readonly idleAt?: number;
    }
  /** Nobody answered the bot in time, or the conversation was no longer its own. */
  | { readonly type: 'question-expired'; readonly question: number; readonly tier: number }
  /** Null: it has been answered. */
  | { readonly type: 'waiting-offered'; readonly choice: WaitChoice | null }
  | {
      readonly type: 'callback-wished';
      readonly at: number | null;
      readonly words: string;
      readonly acceptBy: number;
    }
  /** The customer no longer wants a person: the bot goes on. */
  | { readonly type: 'left-queue'; readonly idleAt: number }
  | { readonly type: 'wait-told'; readonly told: NonNullable<QueuedStage['told']> }
  | { readonly type: 'claimed'; readonly agent: Agent; readonly leaseUntil: number; readonly solveBy: number }
  | { readonly type: 'lease-extended'; readonly leaseUntil: number }
  | { readonly type: 'customer-awaited'; readonly waiting: Waiting }
  | { readonly type: 'customer-answered'; readonly leaseUntil: number; readonly solveBy: number }
  /** `solveBy`: moved, because the vendor's time does not count. */
  | {
      readonly type: 'lease-expired';
      readonly agent: Agent;
      readonly acceptBy: number;
      readonly solveBy?: number;
    }
  | {
      readonly type: 'deadline-missed';
      readonly deadline: 'accept' | 'solve';
      readonly tier: number;
      readonly next: number;
    }
  /** Another address of the same person; by the customer's code (null) or by an agent. */
  | { readonly type: 'joined'; readonly address: Address; readonly agent: Agent | null }
  | { readonly type: 'parted'; readonly address: Address; readonly agent: Agent }
  /** From now on its deadlines are those of the plan; the ones that are set stay. */
  | { readonly type: 'plan-set'; readonly agent: Agent; readonly plan: string }
  | { readonly type: 'noted'; readonly agent: Agent; readonly text: string }
  | { readonly type: 'returned-to-bot'; readonly agent: Agent; readonly idleAt: number }
  | {
      readonly type: 'solved';
      readonly agent: Agent;
      readonly logbook: Logbook;
      readonly until: number;
      /** The agent thinks that it should become an article. */
      readonly propose?: true;
      /** So many days after the end the customer is asked whether all is well still. */
      readonly followUpDays?: number;
    }
  | { readonly type: 'solution-confirmed'; readonly until: number }
  | { readonly type: 'solution-refused'; readonly leaseUntil: number; readonly solveBy: number }
  | { readonly type: 'rated'; readonly stars: number }
  | CallEvent
  /** Nothing more is owed: the customer is asked at `at` whether all is well still. */
  | { readonly type: 'follow-up-set'; readonly at: number; readonly confirmed: boolean }
  | { readonly type: 'follow-up-asked'; readonly until: number }
  | { readonly type: 'closed'; readonly outcome: Outcome }
  | { readonly type: 'reopened'; readonly to: 'bot'; readonly idleAt: number }
  | { readonly type: 'reopened'; readonly to: 'tier'; readonly tier: number; readonly acceptBy: number };

/** Who caused a commit. */
export type Actor =
  | { readonly kind: 'customer' }
  | { readonly kind: 'bot' }
  | { readonly kind: 'clock' }
  | { readonly kind: 'agent'; readonly agent: Agent };

/**
 * Work that a commit leaves to be done outside the store, named by (conversation, sequence, index).
 * `send`: the commit's event at `event` goes to the customer. `offer`: the case is offered to a tier's people.
 * `fetch`: the file in the commit's event at `event` is brought here from its platform. `call`: what the commit's event at
 * `event` means for calls outside the conversation: times to offer, a booking, links, minutes.
 */
export type Effect =
  | { readonly kind: 'send'; readonly event: number }
  | { readonly kind: 'offer'; readonly tier: number }
  | { readonly kind: 'fetch'; readonly event: number }
  | { readonly kind: 'call'; readonly event: number };

/** One step of a conversation: what happened and what it leaves to do, stored in one atomic insert. */
export interface Commit {
  readonly conversation: string;
  /** From 1, without gaps. */
  readonly seq: number;
  readonly at: number;
  readonly by: Actor;
  /** Unique for ever among all commits: what makes a repeated delivery harmless. Null where nothing can be repeated. */
  readonly key: string | null;
  readonly events: readonly Event[];
  readonly effects: readonly Effect[];
}

/** The name of an effect: the same however often it is done. */
export function effectName(commit: Pick<Commit, 'conversation' | 'seq'>, index: number): string {
  return `${commit.conversation}.${commit.seq}.${index}`;
}

/** What a step leaves to do, in order. */
export function effectsOf(events: readonly Event[]): Effect[] {
  return events.flatMap((event, index): Effect[] => {
    switch (event.type) {
      case 'said':
        return [{ kind: 'send', event: index }];
      case 'customer-wrote':
      case 'customer-edited':
      case 'bystander-wrote':
        return remoteOf(event.content) === undefined ? [] : [{ kind: 'fetch', event: index }];
      case 'handed-over':
      case 'escalated':
        return [{ kind: 'offer', tier: event.tier }];
      case 'reopened':
        return event.to === 'tier' ? [{ kind: 'offer', tier: event.tier }] : [];
      case 'call-requested':
      case 'call-times-wanted':
      case 'call-time-chosen':
      case 'call-ended':
        return [{ kind: 'call', event: index }];
      default:
        return [];
    }
  });
}

/** A file that is still on its platform. */
export function remoteOf(content: Content): Media | undefined {
  return content.kind === 'media' && content.media.remote !== undefined ? content.media : undefined;
}
