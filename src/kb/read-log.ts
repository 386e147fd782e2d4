import type { Commit } from '../core/event.ts';
import { createLogReading, type LogReading } from './missed-question.ts';

/** What the knowledge base needs of the conversations' logs: what happened, by time. */
export interface KnowledgeLog {
  /** Commits of all conversations after a place and before a moment (epoch milliseconds), by time. */
  since(
    after: Pick<Commit, 'at' | 'conversation' | 'seq'>,
    until: number,
    limit: number,
  ): Promise<readonly Commit[]>;
}

const pageCommits = 1_000;

/** Reads all logs between two moments (epoch milliseconds), a thousand commits at a time. */
export async function readLog(log: KnowledgeLog, from: number, until: number): Promise<LogReading> {
  const reading = createLogReading();
  let place: Pick<Commit, 'at' | 'conversation' | 'seq'> = { at: from, conversation: '', seq: 0 };
  for (;;) {
    const page = await log.since(place, until, pageCommits);
    for (const commit of page) reading.add(commit);
    const last = page.at(-1);
    if (last === undefined || page.length < pageCommits) return reading;
    place = last;
  }
}
