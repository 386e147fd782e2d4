import type { Call, EndedCall } from './call.ts';
import { pendingCall } from './call.ts';
import type { Json } from './json.ts';
import type { Language } from './language.ts';
import type { Assessment, Intake, Logbook } from './logbook.ts';
import type { Address, Content, Source } from './message.ts';
import type { Wait } from './wait.ts';

/** Somebody who answers customers. */
export interface Agent {
  readonly id: string;
  readonly name: string;
}

/** How a conversation ended: a fact (`confirmed`), a guess (`assumed`) or a customer who never came back. */
export interface Outcome {
  readonly how: 'confirmed' | 'assumed' | 'abandoned';
  readonly by: 'bot' | 'person';
}

/** The bot's work that is still to do. */
export interface Turn {
  /** The sequence of the newest customer message it must take into account. */
  readonly throughSeq: number;
  /** From 1; above 1 after a crash. */
  readonly attempt: number;
  readonly dueAt: number;
}

/** The bot talks. With a turn it owes an answer; without, the customer is to speak. */
export interface BotStage {
  readonly kind: 'bot';
  readonly turn: Turn | null;
  readonly idleAt: number;
  /** The question to a tier that the bot waits for, and until when; null: it waits for nobody. */
  readonly asking: { readonly question: number; readonly until: number } | null;
}

/** A case waits for somebody of a tier. */
export interface QueuedStage {
  readonly kind: 'queued';
  readonly tier: number;
  readonly since: number;
  readonly acceptBy: number;
  /** The tier's deadline to solve when somebody had already begun; null before the first claim. */
  readonly solveBy: number | null;
  /** How often nobody came in time at the top of the ladder. */
  readonly alarms: number;
  /** Agents who let the case go since it was handed over or reopened, in whatever tier. */
  readonly letGoBy: readonly string[];
  /** What the customer can answer with: what to do until somebody is back, or when to be called back. */
  readonly choice: WaitChoice | null;
  /** When the customer wants to be called back: a moment where it is known, and in words. */
  readonly callback: { readonly at: number | null; readonly words: string } | null;
  /** The place and the range that the customer was told last, and when. */
  readonly told: (Wait & { readonly at: number }) | null;
}

/** A choice that a customer in the queue was given, its options in order. */
export interface WaitChoice {
  readonly kind: 'outside' | 'callback';
  readonly options: readonly string[];
}

/** The customer owes an agent an answer. */
export interface Waiting {
  readonly since: number;
  readonly remindAt: number;
  readonly reminded: number;
}

/** The vendor owes us an answer. */
export interface VendorWait {
  /** The vendor's own number for the case. */
  readonly reference: string;
  readonly since: number;
  readonly remindAt: number;
  /** The pause between reminders, in milliseconds. */
  readonly everyMs: number;
  /** Reminders since the agent last did something about it. */
  readonly reminded: number;
}

/** An agent holds a case: by a lease while they owe an answer, without one while the customer does. */
export interface ClaimedStage {
  readonly kind: 'claimed';
  readonly tier: number;
  readonly agent: Agent;
  readonly leaseUntil: number;
  readonly solveBy: number;
  readonly waiting: Waiting | null;
  /** Never together with `waiting`. */
  readonly vendor: VendorWait | null;
  /** Wished, agreed on or under way; while the case waits for it, never together with `waiting`. */
  readonly call: Call | null;
  /** What the customer was given to choose from last and has not answered yet, in order. */
  readonly options: readonly string[];
  readonly alarms: number;
  readonly letGoBy: readonly string[];
}

/**
 * An agent says it is solved; the customer is asked to confirm, then to rate; and where somebody wished it, after some
 * days (`later`) whether all is well still (`followed`).
 */
export interface SolvedStage {
  readonly kind: 'solved';
  readonly tier: number;
  readonly agent: Agent;
  readonly step: 'confirm' | 'rate' | 'later' | 'followed';
  readonly until: number;
  /** Whether the customer has said so, or it is only assumed. */
  readonly confirmed: boolean;
  /** Agents who let the case go before; absent: nobody. */
  readonly letGoBy?: readonly string[];
}

/** Nobody owes anybody anything. */
export interface ClosedStage {
  readonly kind: 'closed';
  readonly at: number;
  readonly outcome: Outcome;
}

/** What somebody asked a tier's people, privately: whoever asked keeps the conversation. */
export interface Question {
  /** From 1 within its conversation. */
  readonly number: number;
  readonly tier: number;
  /** Null: the bot. */
  readonly by: Agent | null;
  readonly text: string;
  readonly at: number;
}

/** Where a conversation stands. */
export type Stage = BotStage | QueuedStage | ClaimedStage | SolvedStage | ClosedStage;

/** A customer's message that the bot has not answered yet. */
export interface Pending {
  readonly seq: number;
  /** When it was stored, epoch milliseconds. */
  readonly at: number;
  readonly externalId: string;
  readonly content: Content;
}

/** A conversation as folded from its log. Times are epoch milliseconds. */
export interface Conversation {
  readonly id: string;
  /** 1 for the address's first conversation. */
  readonly ordinal: number;
  /** What people call it: the case's number. */
  readonly number: number;
  /** Whose it is. */
  readonly address: Address;
  /** Where the customer wrote last: another address of theirs when they changed channels. Answers go there. */
  readonly reach: Address;
  readonly language: Language;
  /** The company the customer wrote to, by its name in `relevo.yaml`: fixed when it began; null: the only one. */
  readonly brand: string | null;
  /** Of `Rules.plans`; null: nobody said. */
  readonly plan: string | null;
  readonly customerName: string | null;
  readonly startedAt: number;
  readonly stage: Stage;
  /** The customer's newest message: what an answer answers, and when a platform's reply window began. */
  readonly lastWrote: { readonly externalId: string; readonly at: number } | null;
  /** Newest last; at most `maxPending`. */
  readonly pending: readonly Pending[];
  /** The bot's own notes, which only the bot reads. */
  readonly memory: Json;
  /** What the conversation is about: the customer's first words, shortened. */
  readonly subject: string | null;
  readonly intake: Intake | null;
  /** Articles the bot has shown, oldest first; at most `maxShown`. */
  readonly shown: readonly Source[];
  /** The tier that had the case last; null when no person ever did. */
  readonly lastTier: number | null;
  /** Who had the case last; null when nobody ever did. */
  readonly lastAgent: Agent | null;
  readonly logbook: Logbook | null;
  /** As recorded last, by whom and in which tier; begun anew when the case is reopened. */
  readonly assessment: (Assessment & { readonly agent: Agent; readonly tier: number }) | null;
  /** The vendor's number for the case, and whether they have answered; null when no vendor was ever asked. */
  readonly vendor: { readonly reference: string; readonly answered: boolean } | null;
  readonly reopenings: number;
  /** Of the newest solution; null until the customer rates it. */
  readonly stars: number | null;
  /** A video call that was wished and that nobody has taken up: whoever takes the case sees it. */
  readonly callWish: { readonly by: Call['by']; readonly at: number } | null;
  /** The newest call that is over; begun anew when the case is reopened. */
  readonly lastCall: EndedCall | null;
  /** So many days after the end the customer is asked whether all is well still; null: they are not. */
  readonly followUpDays: number | null;
  /** The customer's time zone, IANA, as their browser told it; null: not known. */
  readonly timeZone: string | null;
  /** Questions to tiers that nobody has answered yet, oldest first; at most `maxQuestions`. */
  readonly questions: readonly Question[];
  /** How many questions to tiers there ever were. */
  readonly asked: number;
  /** What became of the bot's own question; null: it may ask one. */
  readonly botAsked: 'waiting' | 'answered' | 'unanswered' | null;
}

/** Customer messages kept for one bot turn: a flood beyond this is in the log, not in the turn. */
export const maxPending = 20;

/** Articles remembered as shown. */
export const maxShown = 10;

/** Questions of one conversation that may be open at a time. */
export const maxQuestions = 5;

/** Whose move it is (law 3). */
export type Owner =
  | { readonly kind: 'bot' }
  | { readonly kind: 'tier'; readonly tier: number }
  | { readonly kind: 'agent'; readonly agent: Agent }
  /** With the agent who reminds them. */
  | { readonly kind: 'vendor'; readonly agent: Agent; readonly reference: string }
  /** With an agent when one holds the case and waits for the customer's answer. */
  | { readonly kind: 'customer'; readonly agent?: Agent };

/** What happens next if nobody moves (law 3). */
export interface Deadline {
  readonly kind:
    | 'turn'
    | 'idle'
    | 'question'
    | 'accept'
    | 'lease'
    | 'solve'
    | 'remind'
    | 'vendor'
    | 'call'
    | 'confirm'
    | 'rate'
    | 'follow-up';
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The owner of a conversation; null only when it is closed. */
export function ownerOf(stage: Stage): Owner | null {
  switch (stage.kind) {
    case 'bot':
      return stage.turn === null && stage.asking === null ? { kind: 'customer' } : { kind: 'bot' };
    case 'queued':
      return { kind: 'tier', tier: stage.tier };
    case 'claimed':
      if (stage.vendor !== null) {
        return { kind: 'vendor', agent: stage.agent, reference: stage.vendor.reference };
      }
      return { kind: waitsForCustomer(stage) ? 'customer' : 'agent', agent: stage.agent };
    case 'solved':
      return { kind: 'customer', agent: stage.agent };
    case 'closed':
      return null;
  }
}

/** The one next deadline of a conversation; null only when it is closed. */
export function deadlineOf(stage: Stage): Deadline | null {
  switch (stage.kind) {
    case 'bot':
      if (waitsForTier(stage)) return { kind: 'question', at: stage.asking.until };
      return stage.turn === null
        ? { kind: 'idle', at: stage.idleAt }
        : { kind: 'turn', at: stage.turn.dueAt };
    case 'queued':
      return stage.solveBy !== null && stage.solveBy <= stage.acceptBy
        ? { kind: 'solve', at: stage.solveBy }
        : { kind: 'accept', at: stage.acceptBy };
    case 'claimed':
      return deadlineOfClaimed(stage);
    case 'solved': {
      const kinds = { confirm: 'confirm', rate: 'rate', later: 'follow-up', followed: 'confirm' } as const;
      return { kind: kinds[stage.step], at: stage.until };
    }
    case 'closed':
      return null;
  }
}

/** Whether what happens next to the bot's conversation is that a tier has not answered in time. */
export function waitsForTier(
  stage: BotStage,
): stage is BotStage & { readonly asking: NonNullable<BotStage['asking']> } {
  const { asking, turn } = stage;
  return asking !== null && (turn === null || asking.until < turn.dueAt);
}

/** Whether the next move is the customer's: they owe an answer, or have a call before them. */
function waitsForCustomer({ waiting, call }: ClaimedStage): boolean {
  const pending = pendingCall(call);
  if (pending === null) return waiting !== null;
  // Who is in already waits for the agent.
  return pending.liveAt === null && pending.answerBy === null && pending.customer !== 'in';
}

/** While a call is before them, or under way, nobody's time runs but what they owe each other in words. */
function deadlineOfClaimed({ vendor, waiting, call, solveBy, leaseUntil }: ClaimedStage): Deadline {
  const pending = pendingCall(call);
  if (pending !== null) {
    const { ring, answerBy } = pending;
    if (vendor !== null && vendor.remindAt < ring.at) return { kind: 'vendor', at: vendor.remindAt };
    if (vendor === null && answerBy !== null && answerBy < ring.at) return { kind: 'lease', at: answerBy };
    return { kind: 'call', at: ring.at };
  }
  if (vendor !== null) return { kind: 'vendor', at: vendor.remindAt };
  if (waiting !== null) return { kind: 'remind', at: waiting.remindAt };
  return solveBy <= leaseUntil ? { kind: 'solve', at: solveBy } : { kind: 'lease', at: leaseUntil };
}
