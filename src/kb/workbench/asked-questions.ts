import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.ts';
import type { Commit } from '../../core/event.ts';
import type { Language } from '../../core/language.ts';
import type { KnowledgeLog } from '../read-log.ts';
import { withoutPersonalData } from '../redact.ts';

/** What a customer really asked the bot, without personal data. */
export interface AskedQuestion {
  readonly at: number;
  readonly language: Language;
  /** The company that was asked; null: the only one. */
  readonly brand: string | null;
  readonly question: string;
}

/** What finding them is made of. */
export interface AskedQuestionsDeps {
  readonly log: KnowledgeLog & {
    /** A conversation's own commits in order. @param afterSeq 0 for all */
    commits(conversation: string, afterSeq: number, limit: number): Promise<readonly Commit[]>;
  };
  readonly clock: Clock;
}

/** Knows what customers asked lately: what was read once is kept, and only what was written since is read. */
export interface AskedQuestions {
  /** The newest, oldest first: at most `limit`, of the last week. The same objects each time. */
  newest(limit: number): Promise<readonly AskedQuestion[]>;
}

interface Kept {
  /** Of the commit with the bot's turn: no turn is counted twice. */
  readonly key: string;
  readonly asked: AskedQuestion;
}

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
/** How far it looks back at first; each further stretch is twice as long. */
const firstStretchMs = hourMs;
/** Commits carry the clock of the process that wrote them: so much is read again each time. */
const overlapMs = 5_000;
/** The words of a turn were written before it: so much earlier is read for them alone. */
const wordsMs = 300_000;
const pageCommits = 1_000;
const maxLength = 300;
/** As many as anybody may ask for. */
const maxKept = 5_000;
const maxBrands = 20_000;
const questionKinds: ReadonlySet<string> = new Set(['answered', 'clarified', 'unknown']);

/** Reads what customers asked from the log, newest stretches first. */
export function createAskedQuestions({ log, clock }: AskedQuestionsDeps): AskedQuestions {
  const brands = new LRUCache<string, { readonly brand: string | null }>({ max: maxBrands });
  let kept: readonly Kept[] = [];
  /** What is kept are all questions from one moment to another. */
  let [from, until] = [0, 0];
  let before: Promise<unknown> = Promise.resolve();

  async function brandOf(conversation: string): Promise<string | null> {
    const known = brands.get(conversation);
    if (known !== undefined) return known.brand;
    const [first] = await log.commits(conversation, 0, 1);
    const started = first?.events.find((event) => event.type === 'started');
    const brand = started?.brand ?? null;
    brands.set(conversation, { brand });
    return brand;
  }

  /** The questions whose turn was from one moment until before another, oldest first. */
  async function read(begin: number, end: number): Promise<Kept[]> {
    const words = new Map<string, string[]>();
    let found: Kept[] = [];
    let place: Pick<Commit, 'at' | 'conversation' | 'seq'> = {
      at: begin - wordsMs,
      conversation: '',
      seq: 0,
    };
    for (;;) {
      const page = await log.since(place, end, pageCommits);
      for (const commit of page) {
        const turn = turnIn(commit, words);
        if (turn === null || commit.at < begin) continue;
        const { at, conversation, seq } = commit;
        const asked = { ...turn, at, brand: await brandOf(conversation) };
        found.push({ key: `${conversation}/${seq}`, asked });
      }
      // Half as many more than are kept are let grow before the oldest go.
      if (found.length > maxKept * 2) found = found.slice(-maxKept);
      const last = page.at(-1);
      if (last === undefined || page.length < pageCommits) return found.slice(-maxKept);
      place = last;
    }
  }

  async function follow(limit: number): Promise<readonly AskedQuestion[]> {
    const now = clock.now();
    if (until === 0 || until < now - weekMs) [kept, from, until] = [[], now + 1, now + 1];
    else {
      const fresh = await read(until - overlapMs, now + 1);
      const known = new Set(kept.slice(-maxKept).map(({ key }) => key));
      const added = fresh.filter(({ key }) => !known.has(key));
      if (added.length > 0) kept = [...kept, ...added];
      until = now + 1;
    }
    const oldest = now - weekMs;
    for (let span = firstStretchMs; kept.length < limit && from > oldest; span *= 2) {
      const begin = Math.max(oldest, from - span);
      kept = [...(await read(begin, from)), ...kept];
      from = begin;
    }
    const [first] = kept;
    if (kept.length > maxKept || (first !== undefined && first.asked.at < oldest)) {
      kept = kept.filter(({ asked }) => asked.at >= oldest).slice(-maxKept);
      from = Math.max(from, kept[0]?.asked.at ?? oldest);
    }
    return kept.slice(-limit).map(({ asked }) => asked);
  }

  return {
    async newest(limit) {
      if (limit <= 0) return [];
      // One at a time: each begins where the one before it ended.
      const mine = before.then(() => follow(Math.min(limit, maxKept)));
      before = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** The question that the bot's turn in a commit was about, if it was one. @param words what each conversation's customer said since their last turn */
function turnIn(
  { conversation, events }: Commit,
  words: Map<string, string[]>,
): Pick<AskedQuestion, 'language' | 'question'> | null {
  let found: Pick<AskedQuestion, 'language' | 'question'> | null = null;
  for (const event of events) {
    if (event.type === 'customer-wrote' && event.content.kind === 'text')
      words.set(conversation, [...(words.get(conversation) ?? []), event.content.text]);
    if (event.type === 'handed-over' || event.type === 'closed') words.delete(conversation);
    if (event.type !== 'bot-took-turn') continue;
    const question = withoutPersonalData((words.get(conversation) ?? []).join('\n')).slice(0, maxLength);
    words.delete(conversation);
    if (question === '' || event.outcome.confidence === undefined) continue;
    if (questionKinds.has(event.outcome.kind)) found = { language: event.language, question };
  }
  return found;
}
