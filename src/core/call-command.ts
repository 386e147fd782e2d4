import type { CallReport, CallSetting, CallSide } from './call.ts';
import type { CallChecks } from './call-checks.ts';
import type { Agent } from './conversation.ts';
import type { Media } from './message.ts';

/** What somebody wants of a video call. Times are epoch milliseconds. */
export type CallCommand =
  /** Now, at a time, or at another time than before. `again`: new links to the one that is under way. */
  | { readonly type: 'set-call'; readonly agent: Agent; readonly setting: CallSetting }
  /** `taken`: the time that the customer chose is no longer free. `guessed`: their time zone is not known. */
  | {
      readonly type: 'offer-call';
      readonly agent: Agent;
      readonly times: readonly number[];
      readonly timeZone: string;
      readonly guessed: boolean;
      readonly taken: boolean;
    }
  | { readonly type: 'cancel-call'; readonly agent: Agent }
  /** Ends the one that is under way, or adds to the one that ended. */
  | {
      readonly type: 'end-call';
      readonly agent: Agent;
      readonly report: CallReport;
      readonly followUpDays: number | null;
    }
  /** The customer's plan does not have it. */
  | { readonly type: 'refuse-call' }
  /** An appointment that is off goes out to be taken out of a calendar. */
  | { readonly type: 'send-calendar'; readonly calendar: Media }
  | {
      readonly type: 'count-call';
      readonly call: string;
      readonly minutes: number;
      readonly left: number | null;
    }
  /** Somebody was seen at the door. `who` null: not known which of them. */
  | {
      readonly type: 'call-seen';
      readonly who: CallSide | null;
      readonly what: 'waiting' | 'entered' | 'left';
      readonly checks: CallChecks | null;
    }
  /** The place where it is held says that the last one has left. */
  | { readonly type: 'call-over' }
  | { readonly type: 'decline-call'; readonly wish: 'chat' | 'phone'; readonly why: string };
