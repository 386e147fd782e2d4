import type { Call, CallOutcome, CallReport, CallRing, CallSetting, CallSide } from './call.ts';
import type { CallChecks } from './call-checks.ts';
import type { Agent } from './conversation.ts';

/** Something that happened to a video call. Times are epoch milliseconds. */
export type CallEvent =
  | { readonly type: 'call-requested'; readonly by: Call['by'] }
  /** The customer wants to be offered other times. */
  | { readonly type: 'call-times-wanted' }
  | {
      readonly type: 'call-times-offered';
      readonly agent: Agent;
      readonly times: readonly number[];
      readonly timeZone: string;
    }
  /** By the customer; whether it is still free is found out next. */
  | { readonly type: 'call-time-chosen'; readonly at: number }
  /** Also when it is moved. */
  | ({
      readonly type: 'call-scheduled';
      readonly agent: Agent;
      readonly ring: CallRing;
      readonly startsAt: number;
    } & Omit<CallSetting, 'startsAt'>)
  /** New links, to go in now; also while it is live, for somebody who fell out. */
  | ({
      readonly type: 'call-invited';
      readonly agent: Agent;
      readonly ring: CallRing;
      readonly startsAt: number;
    } & Omit<CallSetting, 'startsAt'>)
  /** The customer was reminded; `soon`: the links are open now. */
  | { readonly type: 'call-reminded'; readonly what: 'day' | 'soon'; readonly ring: CallRing }
  | { readonly type: 'call-waiting'; readonly who: CallSide; readonly checks: CallChecks | null }
  | { readonly type: 'call-entered'; readonly who: CallSide; readonly ring: CallRing }
  | { readonly type: 'call-left'; readonly who: CallSide; readonly ring: CallRing }
  /** The call as it was; `solveBy`: moved, because the time that the case waited for it does not count. */
  | {
      readonly type: 'call-ended';
      readonly call: Call;
      readonly agent: Agent;
      readonly outcome: CallOutcome;
      /** `server`: the place where it was held said so. */
      readonly by: 'customer' | 'agent' | 'clock' | 'server';
      readonly endedAt: number;
      /** Who had not come; only where it was missed. */
      readonly missing?: CallSide | 'both';
      /** What the customer wants instead, and why; only where they declined. */
      readonly wish?: 'chat' | 'phone';
      readonly why?: string;
      readonly leaseUntil?: number;
      readonly solveBy?: number;
    }
  /** The customer's plan has no call, or no minute left. */
  | { readonly type: 'call-refused' }
  /** Counted in the customer's plan, once; `left` null: the plan sets no limit. */
  | {
      readonly type: 'call-counted';
      readonly call: string;
      readonly minutes: number;
      readonly left: number | null;
    }
  | ({
      readonly type: 'call-reported';
      readonly agent: Agent;
      readonly followUpDays: number | null;
    } & CallReport);
