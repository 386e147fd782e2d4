import type { Clock } from '../core/clock.ts';
import type { Commit } from '../core/event.ts';
import type { MissedConversation } from '../core/missed.ts';
import { createLogReading, type MissedQuestion } from './missed-question.ts';
import type { KnowledgeLog } from './read-log.ts';

/** A place in the logs of all conversations, by time. */
type Place = Pick<Commit, 'at' | 'conversation' | 'seq'>;

/** What keeping missed questions is made of. */
export interface MissedKeeperDeps {
  readonly log: KnowledgeLog & {
    /** A conversation's own commits in order. @param afterSeq 0 for all */
    commits(conversation: string, afterSeq: number, limit: number): Promise<readonly Commit[]>;
  };
  readonly missed: {
    place(): Promise<{ readonly place: Place | null; readonly revision: number; readonly changes: number }>;
    of(conversations: readonly string[]): Promise<readonly MissedConversation[]>;
    /** @returns false when somebody saved since that revision */
    save(found: readonly MissedConversation[], place: Place, revision: number): Promise<boolean>;
    since(from: number, limit: number): Promise<readonly MissedConversation[]>;
  };
  readonly clock: Clock;
}

/** Knows which questions the bot did not settle, however long the log is. */
export interface MissedKeeper {
  /**
   * Reads what happened since last time. Any process may, and several at once: what has happened when it is called is in.
   * @returns a number that rises whenever something was missed, or is missed no more
   */
  refresh(): Promise<number>;
  /**
   * The questions asked since a moment (epoch milliseconds) with their words, oldest first: those of the newest conversations.
   * @param conversations at most
   */
  read(from: number, conversations: number): Promise<MissedQuestion[]>;
  /** Reads no further than it has to: the rest is read another time. */
  close(): void;
}

const pageCommits = 1_000;

/** Commits carry the clock of the process that wrote them: so much is read again each time. */
const overlapMs = 5_000;

/** Others may save at the same moment: then what they did not read is read from their place on. */
const attempts = 5;

/** Logs that are asked for at once. */
const inARow = 8;

/** Follows the log into what was missed. */
export function createMissedKeeper({ log, missed, clock }: MissedKeeperDeps): MissedKeeper {
  let running: Promise<number> | null = null;
  let next: Promise<number> | null = null;
  let closed = false;

  async function begin(): Promise<number> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) if (await follow()) break;
    return (await missed.place()).changes;
  }

  /** @returns false when somebody else saved meanwhile */
  async function follow(): Promise<boolean> {
    const until = clock.now() + 1;
    const known = await missed.place();
    let { revision } = known;
    let place = known.place;
    let from: Place = { at: (place?.at ?? 0) - overlapMs, conversation: '', seq: 0 };
    for (;;) {
      const commits = await log.since(from, until, pageCommits);
      const last = commits.at(-1);
      if (last === undefined) return true;
      from = { at: last.at, conversation: last.conversation, seq: last.seq };
      const changed = await changedBy(commits);
      if (changed.length > 0 || !isSame(place, from)) {
        if (!(await missed.save(changed, from, revision))) return false;
        revision += 1;
        place = from;
      }
      if (closed || commits.length < pageCommits) return true;
    }
  }

  async function changedBy(commits: readonly Commit[]): Promise<MissedConversation[]> {
    const found = new Map<string, { newest: number; mayMiss: boolean }>();
    for (const commit of commits) {
      const known = found.get(commit.conversation) ?? { newest: 0, mayMiss: false };
      found.set(commit.conversation, {
        newest: Math.max(known.newest, commit.seq),
        mayMiss: known.mayMiss || mayMiss(commit),
      });
    }
    const kept = new Map((await missed.of([...found.keys()])).map((one) => [one.conversation, one]));
    const due = [...found].filter(([conversation, { newest, mayMiss: may }]) => {
      const before = kept.get(conversation);
      return before === undefined ? may : before.seq < newest;
    });
    const read = await inRows(due, ([conversation]) => conversationNow(conversation));
    return read.filter(({ conversation, marks }) => marks.length > 0 || kept.has(conversation));
  }

  async function conversationNow(conversation: string): Promise<MissedConversation> {
    const { seq, questions } = await readOne(conversation);
    const marks = questions.map(({ name, at, language, brand = null, happened, agentMs }) => {
      return { name, at, language, brand, happened, agentMs };
    });
    return { conversation, seq, marks };
  }

  async function readOne(conversation: string): Promise<{ seq: number; questions: MissedQuestion[] }> {
    const reading = createLogReading();
    let seq = 0;
    for (;;) {
      const page = await log.commits(conversation, seq, pageCommits);
      for (const commit of page) reading.add(commit);
      seq = page.at(-1)?.seq ?? seq;
      if (page.length < pageCommits) return { seq, questions: reading.missed() };
    }
  }

  return {
    refresh() {
      // What is under way may have read past what happened just now.
      next ??= (running ?? Promise.resolve(0))
        .catch(() => 0)
        .then(() => {
          next = null;
          running = begin();
          return running;
        });
      return next;
    },
    async read(from, conversations) {
      const found = await missed.since(from, conversations);
      const read = await inRows(found, ({ conversation }) => readOne(conversation));
      return read
        .flatMap(({ questions }) => questions)
        .filter(({ at }) => at >= from)
        .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
    },
    close() {
      closed = true;
    },
  };
}

/** Whether a conversation of which nothing was missed so far may have missed something with this commit. */
function mayMiss({ events }: Commit): boolean {
  const over = events.some(({ type }) => type === 'closed');
  return events.some((event) => {
    switch (event.type) {
      case 'started':
      case 'customer-wrote':
      case 'closed':
      case 'turn-due':
        return false;
      case 'said':
        return event.from === 'agent';
      case 'bot-took-turn': {
        const { kind } = event.outcome;
        if (event.intake !== null) return true;
        return !(kind === 'answered' || kind === 'small-talk' || (kind === 'feedback' && over));
      }
      default:
        return true;
    }
  });
}

function isSame(one: Place | null, other: Place): boolean {
  return (
    one !== null && one.at === other.at && one.conversation === other.conversation && one.seq === other.seq
  );
}

async function inRows<One, Made>(all: readonly One[], make: (one: One) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let from = 0; from < all.length; from += inARow)
    made.push(...(await Promise.all(all.slice(from, from + inARow).map(make))));
  return made;
}
