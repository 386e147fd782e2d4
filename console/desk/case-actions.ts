import {
  ArrowUpRight,
  Bot,
  Building2,
  CircleCheck,
  ClipboardCheck,
  Hand,
  type LucideIcon,
  MailCheck,
  MessageCircleQuestionMark,
  PhoneOff,
  Video,
} from 'lucide-react';
import type { MessageId } from '../parts/catalogue.tsx';
import type { CaseDetail } from './case.ts';

/** What asks before it is done. */
export type Ask =
  | 'escalate'
  | 'solve'
  | 'return'
  | 'assess'
  | 'vendor'
  | 'vendor-answer'
  | 'join'
  | 'ask'
  | 'call'
  | 'end-call';

/** One thing that can be done to a case. */
export interface CaseActionLine {
  readonly id: Exclude<Ask, 'join'> | 'claim';
  readonly words: MessageId;
  readonly Icon: LucideIcon;
  /** The key that does the same; none for what is done once in a while. */
  readonly shortcut?: string;
  /** Its words take the room of two. */
  readonly isLong?: true;
}

const lines = {
  claim: { id: 'claim', words: 'action.claim', Icon: Hand, shortcut: 'c' },
  solve: { id: 'solve', words: 'action.solve', Icon: CircleCheck, shortcut: 's' },
  escalate: { id: 'escalate', words: 'action.escalate', Icon: ArrowUpRight, shortcut: 'e' },
  ask: { id: 'ask', words: 'action.ask', Icon: MessageCircleQuestionMark, shortcut: 'q' },
  assess: { id: 'assess', words: 'action.assess', Icon: ClipboardCheck, shortcut: 'a' },
  vendor: { id: 'vendor', words: 'action.vendor', Icon: Building2, shortcut: 'v' },
  vendorAgain: { id: 'vendor', words: 'action.vendorAgain', Icon: Building2, shortcut: 'v' },
  vendorAnswer: {
    id: 'vendor-answer',
    words: 'action.vendorAnswered',
    Icon: MailCheck,
    shortcut: 'w',
    isLong: true,
  },
  call: { id: 'call', words: 'action.video', Icon: Video, shortcut: 'd' },
  endCall: { id: 'end-call', words: 'action.endCall', Icon: PhoneOff },
  return: { id: 'return', words: 'action.returnToBot', Icon: Bot, shortcut: 'b' },
} as const satisfies Record<string, CaseActionLine>;

/** What can be done to a case now, what comes next first: `main` is offered loudest. */
export function actionsOf({ can, call, assessFirst }: CaseDetail): {
  readonly main: CaseActionLine | null;
  readonly others: readonly CaseActionLine[];
} {
  const all = [
    can.claim && lines.claim,
    can.vendorAnswered && lines.vendorAnswer,
    can.assess && assessFirst && lines.assess,
    can.endCall && call !== null && lines.endCall,
    can.solve && lines.solve,
    can.escalate && lines.escalate,
    can.ask && lines.ask,
    can.video && call?.phase !== 'live' && lines.call,
    can.returnToBot && lines.return,
    can.assess && !assessFirst && lines.assess,
    can.toVendor && (can.vendorAnswered ? lines.vendorAgain : lines.vendor),
  ].filter((line): line is Exclude<typeof line, false> => line !== false);
  const [main = null, ...others] = all;
  return { main, others };
}
