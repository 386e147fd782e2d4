import type { Holder } from '../live/api-error.ts';
import type { FileRef, Option, Source } from '../live/message.ts';
import type { OpenQuestion } from './question.ts';

/** Where a case stands. */
export type Stage = 'bot' | 'queued' | 'claimed' | 'solved' | 'closed';
/** Which cases a list shows. */
export type View = 'queue' | 'mine' | 'open' | 'closed';

/** Whose move it is. */
export interface Owner {
  readonly kind: 'bot' | 'tier' | 'agent' | 'vendor' | 'customer';
  readonly tier?: number;
  readonly agent?: Holder;
  /** The vendor's number for the case. */
  readonly reference?: string;
}

/** What happens next if nobody moves. */
export interface Deadline {
  readonly kind:
    | 'turn'
    | 'idle'
    | 'accept'
    | 'lease'
    | 'solve'
    | 'remind'
    | 'confirm'
    | 'rate'
    | 'vendor'
    | 'call'
    | 'follow-up';
  /** ISO 8601. */
  readonly at: string;
}

/** When a customer wants to be called back: a moment (ISO 8601) where it is known, and in words. */
export interface Callback {
  readonly at: string | null;
  readonly words: string;
}

/** A brand or a plan: its name in relevo.yaml, and what people call it. */
export interface Named {
  readonly name: string;
  readonly title: string;
}

/** A case as a list shows it. */
export interface Case {
  readonly id: string;
  readonly number: number;
  readonly subject: string | null;
  readonly customerName: string | null;
  readonly language: string;
  readonly channel: string;
  readonly stage: Stage;
  /** The company that it is with; null: the only one. */
  readonly brand: Named | null;
  /** What the customer has; null: there are no plans. */
  readonly plan: Named | null;
  readonly tier: number | null;
  readonly tierName: string | null;
  readonly owner: Owner | null;
  /** Whom it is for first while it waits; nobody else of the tier is refused it. */
  readonly offeredTo: readonly Holder[];
  readonly deadline: Deadline | null;
  readonly alarms: number;
  readonly startedAt: string;
  readonly reopenings: number;
  readonly stars: number | null;
  readonly outcome: unknown;
  /** When a customer in the queue wants to be called back. */
  readonly callback: Callback | null;
  /** Until when free text may be sent, ISO 8601; null where the channel sets no limit. */
  readonly replyUntil: string | null;
  /** Oldest first. */
  readonly questions: readonly OpenQuestion[];
  /** A video call that is wished, agreed on or under way; times are ISO 8601. */
  readonly call: {
    readonly phase: 'requested' | 'scheduled' | 'invited' | 'waiting' | 'live';
    readonly by: 'customer' | 'bot' | 'agent';
    readonly startsAt: string | null;
    readonly agent: 'away' | 'waiting' | 'in';
    readonly customer: 'away' | 'waiting' | 'in';
    readonly liveAt: string | null;
  } | null;
  readonly version: number;
}

/** Cases of one view, and how many there are of each stage and tier. */
export interface CaseList {
  readonly cases: readonly Case[];
  readonly counts: readonly { readonly stage: Stage; readonly tier: number | null; readonly count: number }[];
}

/** The four parts of a logbook entry. */
export interface Logbook {
  readonly understanding: string;
  readonly plan: string;
  readonly execution: string;
  readonly results: string;
}

/** The four answers of an expert. */
export interface Assessment {
  readonly solvable: boolean;
  readonly missing: string;
  readonly howLong: string;
  readonly best: string;
}

/** A transition with its plain values, as the log has them. */
export interface CaseEvent {
  readonly type: string;
  readonly [value: string]: unknown;
}

/** A file of a case: its bytes may still be on their way from the channel. */
export interface CaseFile extends FileRef {
  readonly state: 'remote' | 'kept' | 'failed';
}

/** One entry of a case's story. */
export interface Entry {
  readonly id: string;
  readonly at: string;
  readonly from: 'customer' | 'bot' | 'agent' | 'system' | 'note' | 'event';
  readonly text: string;
  readonly author?: string;
  readonly options?: readonly Option[];
  readonly sources?: readonly Source[];
  /** How far it has come on its way to the customer. */
  readonly effect?: 'pending' | 'sending' | 'done' | 'failed';
  /** Why it failed, or what else there is to know about its way. */
  readonly error?: string;
  /** What the channel said became of it. */
  readonly receipt?: 'sent' | 'delivered' | 'read';
  readonly file?: CaseFile;
  /** Degrees. */
  readonly location?: { readonly latitude: number; readonly longitude: number };
  /** The whole as it was written, where `text` is a part of it. */
  readonly whole?: string;
  /** What it said before it was changed, oldest first. */
  readonly before?: readonly string[];
  readonly deleted?: true;
  readonly reaction?: string;
  /** Somebody in copy wrote it, not the customer. */
  readonly bystander?: true;
  readonly unverified?: true;
  readonly event?: CaseEvent;
}

/** Everything about one case. */
export interface CaseDetail extends Case {
  readonly brief: {
    readonly question: string | null;
    readonly intake: { readonly problem: string; readonly tried: string | null } | null;
    readonly reason: string | null;
    readonly answered: readonly {
      readonly article: string;
      readonly title: string;
      /** The part of the article that answered. */
      readonly passage?: string;
      readonly liked: boolean | null;
    }[];
    /** Oldest first; `at` is ISO 8601, other times among the values are epoch milliseconds. */
    readonly transitions: readonly (CaseEvent & { readonly at: string })[];
  };
  readonly callWork: {
    /** The agent's own way in; null: none, or not yet. */
    readonly link: string | null;
    readonly chosen: string | null;
    readonly timeZone: string | null;
    /** What is known of the customer's device. */
    readonly checks: {
      readonly browser: string;
      readonly system: string;
      readonly canShare: boolean;
      readonly camera: string;
      readonly microphone: string;
      readonly connection: { readonly outcome: string };
    } | null;
    readonly last: { readonly outcome: string; readonly at: string; readonly minutes: number } | null;
  };
  readonly logbook: Logbook | null;
  readonly draft: Logbook;
  readonly messages: readonly Entry[];
  /** Other addresses of the same customer. */
  readonly people: readonly {
    readonly key: string;
    readonly channel: string;
    readonly at: string;
    readonly by: string;
  }[];
  readonly tiers: readonly { readonly level: number; readonly name: string }[];
  /** Whose people can be asked something. */
  readonly askable: readonly { readonly level: number; readonly name: string }[];
  /** What the customer can be said to have. */
  readonly plans: readonly Named[];
  /** By when its tier has to have solved it, ISO 8601. */
  readonly solveBy: string | null;
  /** The four answers are recorded before it is solved or given on. */
  readonly assessFirst: boolean;
  readonly assessment: (Assessment & { readonly agent: Holder; readonly tier: number }) | null;
  /** What a customer in the queue was told last. */
  readonly told: {
    readonly position: number;
    readonly range: { readonly lowMs: number; readonly highMs: number } | null;
    readonly at: string;
  } | null;
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

/** Who is signed in; `demo` means that nobody needs to. */
export interface Session {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    readonly role: string;
  } | null;
  readonly demo: boolean;
  readonly needsSetup: boolean;
  /** Whom they work for; null or missing: all. */
  readonly brands?: readonly string[] | null;
  /** Where else one signs in, while nobody is signed in: what people call it, and the address that leads there. */
  readonly provider?: { readonly name: string; readonly url: string };
}
