import type { Refusal } from '../../../../core/command.ts';
import type { Language } from '../../../../core/language.ts';
import type { Logbook } from '../../../../core/logbook.ts';
import { english } from './words-en.ts';
import { spanish } from './words-es.ts';
import { portuguese } from './words-pt.ts';

/** What the desk says to agents. Names and reasons come in escaped where the text is mrkdwn. */
export interface Words {
  readonly buttons: {
    readonly take: string;
    readonly answer: string;
    readonly note: string;
    readonly ask: string;
    readonly escalate: string;
    readonly returnToBot: string;
    readonly solve: string;
    readonly assess: string;
    readonly vendor: string;
    readonly vendorAgain: string;
    readonly vendorAnswered: string;
    readonly plan: string;
    readonly video: string;
    readonly endCall: string;
    readonly close: string;
    readonly webDesk: string;
    readonly see: string;
    readonly next: string;
    readonly goAway: string;
    readonly comeBack: string;
    readonly undo: string;
    readonly sendNow: string;
    readonly send: string;
    readonly save: string;
    readonly cancel: string;
  };
  readonly card: {
    readonly caseNumber: (number: number) => string;
    readonly unnamed: string;
    readonly inQueue: (tier: string) => string;
    readonly heldBy: (agent: string) => string;
    readonly waitsForCustomer: (agent: string) => string;
    readonly withVendor: (agent: string, reference: string) => string;
    readonly callback: string;
    readonly solvedBy: (agent: string) => string;
    readonly withBot: string;
    readonly closed: string;
    readonly movedTo: (tier: string, channel: string | null) => string;
    /** By the kind of deadline. */
    readonly deadlines: Readonly<Record<string, string>>;
    /** The same kinds once their time is over. */
    readonly overdue: string;
    /** Little time is left. */
    readonly near: string;
    /** By their codes. */
    readonly languages: Readonly<Record<Language, string>>;
    readonly plan: (name: string) => string;
    readonly assessment: string;
    readonly assessFirst: string;
    readonly logbook: string;
    readonly openQuestion: (tier: string) => string;
    /** By the reason of the hand-over. */
    readonly reasons: Readonly<Record<string, string>>;
    readonly offeredTo: (agents: string) => string;
    readonly problem: string;
    readonly tried: string;
    readonly botShowed: string;
    readonly liked: string;
    readonly disliked: string;
    readonly lastMessages: string;
    readonly alarms: (times: number) => string;
    readonly reopened: (times: number) => string;
    readonly replyUntil: string;
    readonly deletedByHand: string;
  };
  readonly thread: {
    readonly opened: (agent: string, mark: string | null) => string;
    readonly before: string;
    readonly bot: string;
    readonly system: string;
    readonly note: string;
    readonly customer: string;
    readonly changed: string;
    readonly deleted: string;
    readonly reacted: string;
    readonly unverified: string;
    readonly inCopy: string;
    readonly sent: string;
    readonly failed: string;
    readonly fileComing: string;
    readonly fileLost: string;
    readonly fileTooBig: string;
    readonly location: string;
    readonly events: Readonly<Record<string, string>>;
  };
  readonly sending: {
    readonly soon: (agent: string) => string;
    readonly undone: (agent: string) => string;
    readonly tooLate: string;
    readonly refused: (reason: string) => string;
    readonly hint: string;
    readonly mayNot: string;
  };
  readonly modal: {
    readonly answer: string;
    readonly draftFrom: string;
    readonly canned: string;
    readonly choose: string;
    readonly text: string;
    readonly files: string;
    readonly escalate: string;
    readonly tier: string;
    readonly reason: string;
    readonly logbook: string;
    readonly assess: string;
    readonly assessWords: string;
    readonly assessFirst: string;
    readonly solvable: string;
    readonly yes: string;
    readonly no: string;
    readonly missing: string;
    readonly howLong: string;
    readonly best: string;
    readonly vendor: string;
    readonly vendorWords: string;
    readonly reference: string;
    readonly remindAt: string;
    readonly remindAhead: string;
    readonly vendorAnswered: string;
    readonly vendorAnsweredWords: (reference: string) => string;
    readonly vendorAnswer: string;
    readonly plan: string;
    readonly solve: string;
    readonly parts: Readonly<Record<keyof Logbook, string>>;
    readonly propose: string;
    readonly note: string;
    readonly ask: string;
    readonly question: string;
    readonly reply: string;
    readonly replyToCustomer: string;
    readonly empty: string;
    readonly tooLong: (max: number) => string;
    readonly internal: string;
    readonly returnTitle: string;
    readonly returnText: string;
  };
  readonly asked: {
    readonly question: (agent: string, theCase: string) => string;
    readonly byBot: (theCase: string) => string;
    readonly useButton: string;
    readonly botWaits: string;
    readonly answered: (agent: string) => string;
    readonly over: string;
  };
  readonly call: {
    readonly title: string;
    readonly words: string;
    readonly what: string;
    readonly now: string;
    readonly at: string;
    readonly offer: string;
    readonly cancel: string;
    readonly atLabel: string;
    readonly open: string;
    readonly join: string;
    readonly reportTitle: string;
    readonly reportWords: string;
    readonly summary: string;
    readonly advice: string;
    readonly followUp: string;
    readonly noFollowUp: string;
    readonly followUpIn: (days: number) => string;
    /** By the call's phase. */
    readonly phases: Readonly<Record<string, string>>;
    /** By how it ended. */
    readonly outcomes: Readonly<Record<string, string>>;
  };
  readonly noteChanged: (text: string) => string;
  readonly noteFiles: (names: string) => string;
  readonly refusals: Readonly<Record<Refusal['code'], string>>;
  readonly holder: (agent: string) => string;
  readonly moved: string;
  readonly broken: string;
  readonly stranger: (user: string) => string;
  readonly command: {
    readonly help: string;
    readonly queue: string;
    readonly mine: string;
    readonly none: string;
    readonly available: string;
    readonly away: string;
    readonly notFound: (ref: string) => string;
    readonly taken: (title: string) => string;
    readonly channelFault: (channel: string, fault: string) => string;
    readonly faults: Readonly<Record<string, string>>;
  };
}

const all: Readonly<Record<Language, Words>> = { es: spanish, en: english, pt: portuguese };

/** The desk's words in a language. Pure. */
export function wordsOf(language: Language): Words {
  return all[language];
}
