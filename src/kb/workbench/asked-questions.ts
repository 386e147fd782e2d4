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

const hourMs = 3_600_000;
/** How far to look back, further each time, while there are not enough. */
const windowsMs = [hourMs, 24 * hourMs, 7 * 24 * hourMs];
const pageCommits = 1_000;
const maxLength = 300;
const questionKinds: ReadonlySet<string> = new Set(['answered', 'clarified', 'unknown']);

/** The newest questions that customers asked, oldest first: at most `limit`, of the last week. */
export async function askedQuestions(
  log: KnowledgeLog,
  now: number,
  limit: number,
): Promise<AskedQuestion[]> {
  let asked: AskedQuestion[] = [];
  for (const windowMs of windowsMs) {
    asked = await readFrom(log, now - windowMs, now + 1, limit);
    if (asked.length >= limit) break;
  }
  return asked;
}

async function readFrom(
  log: KnowledgeLog,
  from: number,
  until: number,
  limit: number,
): Promise<AskedQuestion[]> {
  const brands = new Map<string, string | null>();
  const words = new Map<string, string[]>();
  let asked: AskedQuestion[] = [];
  let place: Pick<Commit, 'at' | 'conversation' | 'seq'> = { at: from, conversation: '', seq: 0 };
  for (;;) {
    const page = await log.since(place, until, pageCommits);
    for (const { conversation, at, events } of page) {
      for (const event of events) {
        if (event.type === 'started') brands.set(conversation, event.brand ?? null);
        if (event.type === 'customer-wrote' && event.content.kind === 'text')
          words.set(conversation, [...(words.get(conversation) ?? []), event.content.text]);
        if (event.type === 'handed-over' || event.type === 'closed') words.delete(conversation);
        if (event.type !== 'bot-took-turn') continue;
        const text = withoutPersonalData((words.get(conversation) ?? []).join('\n')).slice(0, maxLength);
        words.delete(conversation);
        if (text === '' || event.outcome.confidence === undefined) continue;
        if (!questionKinds.has(event.outcome.kind)) continue;
        const brand = brands.get(conversation) ?? null;
        asked.push({ at, language: event.language, brand, question: text });
      }
    }
    // Half as many more than are wanted are let grow before the oldest go.
    if (asked.length > limit * 2) asked = asked.slice(-limit);
    const last = page.at(-1);
    if (last === undefined || page.length < pageCommits) return asked.slice(-limit);
    place = last;
  }
}
