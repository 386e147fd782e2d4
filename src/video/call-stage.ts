import type { CallChecks } from '../core/call-checks.ts';
import type { VideoRole } from '../core/invitation.ts';
import type { Language } from '../core/language.ts';

/** What the waiting page shows of a call. */
export interface CallDescription {
  /** The case's number. */
  readonly number: number;
  readonly language: Language;
  /** The customer's first name; null: not known. */
  readonly customer: string | null;
  readonly agent: string | null;
  /** Where the customer's conversation is; null: it has no address that a page could lead to (e-mail). */
  readonly chatUrl: string | null;
  /** Where the case is in the web desk. */
  readonly deskUrl: string;
  /** Whom to ring instead, from relevo.yaml; null: nobody. */
  readonly phone: string | null;
  readonly recorded: boolean;
  /** When a scheduled call begins, in epoch milliseconds; null: now. */
  readonly startsAt: number | null;
  /** The customer's time zone; null: not known. */
  readonly timeZone: string | null;
}

/** Why somebody goes on without video. */
export type WithoutVideoReason = 'browser' | 'camera' | 'microphone' | 'connection' | 'wish';

/** The call as a stage of its case, as the door tells it. Nothing here is an error when the case has moved on. */
export interface CallStage {
  /** @returns null when there is no such case */
  describe(conversation: string): Promise<CallDescription | null>;
  /** Somebody is on the waiting page. @param checks null: nothing is known of their device yet */
  waiting(conversation: string, who: VideoRole, checks: CallChecks | null): Promise<void>;
  /** Somebody clicked and got their way in. */
  entered(conversation: string, who: VideoRole): Promise<void>;
  /** Somebody left the page or the call. @param who null: not known which of them */
  left(conversation: string, who: VideoRole | null): Promise<void>;
  /** Of the server's own: the first is in. @param at epoch milliseconds */
  started(conversation: string, at: number): Promise<void>;
  /** Of the server's own: the last has left. @param at epoch milliseconds */
  ended(conversation: string, at: number): Promise<void>;
  /** The appointment as an .ics file; null: there is none to keep. */
  calendar(conversation: string, who: VideoRole): Promise<string | null>;
  /** The customer goes on without video. */
  declined(conversation: string, wish: 'chat' | 'phone', why: WithoutVideoReason): Promise<void>;
}
