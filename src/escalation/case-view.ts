import type { Refusal } from '../core/command.ts';
import type { Agent, Deadline, Outcome, Owner, Stage } from '../core/conversation.ts';
import type { HandOverReason } from '../core/event.ts';
import type { Json } from '../core/json.ts';
import type { Language } from '../core/language.ts';
import type { Assessment, Intake, Logbook } from '../core/logbook.ts';
import type { Media, Option, Source } from '../core/message.ts';
import type { Named } from '../core/rules.ts';
import type { Wait } from '../core/wait.ts';
import type { CallView, CallWork } from './case-call.ts';

/** One line of a list of cases. Times are epoch milliseconds. */
export interface CaseView {
  readonly id: string;
  /** What people call it. */
  readonly number: number;
  readonly subject: string | null;
  readonly customerName: string | null;
  readonly language: Language;
  /** The company it is with; null: the only one. */
  readonly brand: Named | null;
  /** What the customer has, also where nobody said; null: there are no plans. */
  readonly plan: Named | null;
  readonly channel: string;
  readonly stage: Stage['kind'];
  readonly tier: number | null;
  readonly tierName: string | null;
  readonly owner: Owner | null;
  readonly deadline: Deadline | null;
  readonly alarms: number;
  readonly startedAt: number;
  readonly reopenings: number;
  readonly stars: number | null;
  readonly outcome: Outcome | null;
  /** When a customer in the queue wants to be called back: a moment where it is known, and in words. */
  readonly callback: { readonly at: number | null; readonly words: string } | null;
  /** Whom it is for first while it waits: of those who are there and may take it, whoever has least to do. Nobody else is refused it. */
  readonly offeredTo: readonly Agent[];
  /** Until when free text may be sent, epoch milliseconds; null where the channel sets no limit. */
  readonly replyUntil: number | null;
  /** Questions to tiers that wait for an answer, oldest first. */
  readonly questions: readonly OpenQuestion[];
  /** A call that is wished, agreed on or under way; null: none. */
  readonly call: CallView | null;
  /** The sequence of the newest commit. */
  readonly version: number;
}

/** A question to a tier's people that nobody has answered. Times are epoch milliseconds. */
export interface OpenQuestion {
  /** From 1 within its case. */
  readonly number: number;
  readonly tier: number;
  readonly tierName: string;
  /** Who asks; null: the bot. */
  readonly by: string | null;
  readonly text: string;
  readonly at: number;
  /** Until when the bot waits for it; null: it is no question of the bot's. */
  readonly until: number | null;
}

/** An open question and the conversation that it is about. */
export interface TierQuestion extends OpenQuestion {
  /** Asked by whoever looks at it. */
  readonly mine: boolean;
  readonly case: Pick<CaseView, 'id' | 'number' | 'subject' | 'language' | 'channel'>;
}

/** A file in a case's story. */
export interface CaseFile extends Pick<Media, 'id' | 'kind' | 'name' | 'bytes'> {
  /** As the bytes tell; null while they are not here. */
  readonly type: string | null;
  readonly state: 'remote' | 'kept' | 'failed';
}

/** An event in plain values, for people to read. Times among the values are epoch milliseconds. */
export interface CaseEvent {
  readonly type: string;
  readonly [value: string]: Json;
}

/** An event that moved the case, and when: epoch milliseconds. */
export type Transition = CaseEvent & { readonly at: number };

/** One line of a case's story: words, a note that only agents see, or something that happened. */
export interface CaseMessage {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly from: 'customer' | 'bot' | 'agent' | 'system' | 'note' | 'event';
  readonly text: string;
  /** The agent's name. */
  readonly author?: string;
  readonly options?: readonly Option[];
  readonly sources?: readonly Source[];
  /** How far the words are on their way to the customer. */
  readonly effect?: 'pending' | 'sending' | 'done' | 'failed';
  /** Why it failed, or what else there is to know about its way. */
  readonly error?: string;
  /** What the platform said became of it. */
  readonly receipt?: 'sent' | 'delivered' | 'read';
  readonly file?: CaseFile;
  /** Degrees. */
  readonly location?: { readonly latitude: number; readonly longitude: number };
  /** The whole as it was written, where the text is a part of it. */
  readonly whole?: string;
  /** What the customer wrote before they changed it, oldest first. */
  readonly before?: readonly string[];
  /** The customer took it back: still readable here. */
  readonly deleted?: true;
  /** What the customer reacted with last. */
  readonly reaction?: string;
  /** Somebody in copy, not the customer. */
  readonly bystander?: true;
  readonly unverified?: true;
  readonly event?: CaseEvent;
}

/** What an agent reads before taking a case over. */
export interface Brief {
  /** The customer's first words. */
  readonly question: string | null;
  readonly intake: Intake | null;
  /** Why the bot handed over; null while it never did. */
  readonly reason: HandOverReason | null;
  /** What the bot showed, and whether it helped; null where the customer did not say. */
  readonly answered: readonly {
    readonly article: string;
    readonly title: string;
    /** The part of the article that answered. */
    readonly passage?: string;
    readonly liked: boolean | null;
  }[];
  readonly transitions: readonly Transition[];
}

/** What is known of the work on a case. Times are epoch milliseconds. */
export interface CaseWork {
  /** By when its tier has to have solved it; null before the first claim. */
  readonly solveBy: number | null;
  /** The tier records its four answers before it solves the case or gives it on, and has not done so yet. */
  readonly assessFirst: boolean;
  /** As recorded last. */
  readonly assessment: (Assessment & { readonly agent: Agent; readonly tier: number }) | null;
  /** The place and the range that a customer in the queue was told last, and when. */
  readonly told: (Wait & { readonly at: number }) | null;
}

/** A case with its whole story, as one agent sees it. */
export interface CaseDetail extends CaseView, CaseWork {
  readonly brief: Brief;
  readonly callWork: CallWork;
  /** As an agent saved it. */
  readonly logbook: Logbook | null;
  /** As drafted from the log. */
  readonly draft: Logbook;
  /** Oldest first, with notes and transitions. */
  readonly messages: readonly CaseMessage[];
  /** Other addresses of the same person, which write in this case too. */
  readonly people: readonly {
    readonly key: string;
    readonly channel: string;
    readonly at: number;
    readonly by: string;
  }[];
  /** Where it can be escalated to. */
  readonly tiers: readonly { readonly level: number; readonly name: string }[];
  /** The plans that the customer can be said to have. */
  readonly plans: readonly Named[];
  /** Whose people can be asked something. */
  readonly askable: readonly { readonly level: number; readonly name: string }[];
  /** What the asking agent may do now. */
  readonly can: {
    readonly claim: boolean;
    readonly reply: boolean;
    readonly note: boolean;
    readonly escalate: boolean;
    readonly assess: boolean;
    readonly toVendor: boolean;
    readonly vendorAnswered: boolean;
    readonly returnToBot: boolean;
    readonly solve: boolean;
    readonly ask: boolean;
    readonly video: boolean;
    readonly cancelCall: boolean;
    readonly endCall: boolean;
  };
}

/** Which cases an agent wants to see. `open` and `queue`: nearest deadline first. */
export interface CaseQuery {
  readonly view: 'open' | 'mine' | 'queue' | 'closed';
  readonly tier?: number;
  readonly agent: Agent;
  readonly limit: number;
}

/** How many conversations stand at a stage and tier. */
export interface CaseCount {
  readonly stage: Stage['kind'];
  readonly tier: number | null;
  readonly count: number;
}

/** What an agent does to a case. `id` is made by the client: a resend with the same one changes nothing. */
export type CaseAction =
  | { readonly type: 'claim' }
  /** `files`: ids of files uploaded for this case. */
  | { readonly type: 'reply'; readonly id: string; readonly text: string; readonly files: readonly string[] }
  | { readonly type: 'note'; readonly id: string; readonly text: string }
  /** A null tier is the next one up. */
  | {
      readonly type: 'escalate';
      readonly reason: string;
      readonly tier: number | null;
      /** As far as this tier got. */
      readonly logbook?: Logbook;
    }
  /** A private question to a tier's people; the case stays the agent's. */
  | { readonly type: 'ask'; readonly id: string; readonly tier: number; readonly text: string }
  | {
      readonly type: 'answer-question';
      readonly id: string;
      readonly question: number;
      readonly answer: string;
    }
  | { readonly type: 'assess'; readonly assessment: Assessment }
  /** `remindAt`: epoch milliseconds. */
  | { readonly type: 'to-vendor'; readonly reference: string; readonly remindAt: number }
  | { readonly type: 'vendor-answered'; readonly answer: string }
  | { readonly type: 'set-plan'; readonly plan: string }
  | { readonly type: 'return-to-bot' }
  /** `propose`: it should become an article. */
  | {
      readonly type: 'solve';
      readonly logbook: Logbook;
      readonly propose?: boolean;
      /** So many days after the end the customer is asked whether all is well still. */
      readonly followUpDays?: number;
    }
  | CallAction;

/** What an agent does about a call. */
export type CallAction =
  /** Now (null), or at a moment, epoch milliseconds; new links when it is under way. */
  | { readonly type: 'call'; readonly at: number | null }
  /** The customer chooses among times that are free. */
  | { readonly type: 'offer-call-times' }
  | { readonly type: 'cancel-call' }
  /** What the customer is to keep of it, either part empty where there is nothing. */
  | {
      readonly type: 'end-call';
      readonly summary: string;
      readonly advice: string;
      readonly followUpDays: number | null;
    };

/** The cases as agents work on them. `ref` is a case's id or its number in digits. */
export interface CaseDesk {
  list(
    query: CaseQuery,
  ): Promise<{ readonly cases: readonly CaseView[]; readonly counts: readonly CaseCount[] }>;
  /** @returns null when there is no such case */
  open(ref: string, agent: Agent): Promise<CaseDetail | null>;
  act(
    ref: string,
    agent: Agent,
    action: CaseAction,
  ): Promise<{ readonly case: CaseView } | { readonly refused: Refusal }>;
  /** Questions that wait for an answer of this agent's tiers: those that the bot waits for first, then the oldest. */
  questions(agent: Agent): Promise<readonly TierQuestion[]>;
  /**
   * Keeps a file for a reply to a case.
   * @returns null when there is no such case
   * @throws RelevoError `media_too_large`
   */
  upload(ref: string, agent: Agent, file: Upload): Promise<CaseFile | null>;
  /**
   * A file of a conversation's story, to be read; null when there is none or its bytes are not here.
   * @param agent null: a desk itself, for those who see the case there
   */
  file(id: string, agent: Agent | null): Promise<OpenFile | null>;
  /** Sends a failed message of a case again. @returns false when there is none that failed */
  sendAgain(ref: string, agent: Agent, message: string): Promise<boolean>;
  /**
   * Says that another case's customer is this one's: what they write from now on belongs here.
   * @returns why not: `not_found`, `same_person` when they were already, `other_brand` when they are two companies' customers
   */
  join(
    ref: string,
    agent: Agent,
    other: string,
  ): Promise<'done' | 'not_found' | 'same_person' | 'other_brand'>;
  /** Undoes it. @param key of one of the case's `people`. @returns false when there is none such */
  part(ref: string, agent: Agent, key: string): Promise<boolean>;
  /** Whether somebody may hear of a brand's cases at all. */
  mayHear(agent: Agent, brand: string | null): Promise<boolean>;
  /** Shows the customer that this agent is writing. Losing it harms nobody. */
  typing(ref: string, agent: Agent): Promise<void>;
}

/** A file on its way in. */
export interface Upload {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file to be read. */
export interface OpenFile {
  readonly name: string | null;
  /** As the bytes tell. */
  readonly type: string;
  readonly bytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}
