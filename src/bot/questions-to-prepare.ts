import type { Draft } from './draft.ts';
import { combinedReadings } from './follow-up.ts';
import { questionsIn } from './read-turn.ts';
import { readSmallTalk } from './small-talk.ts';

/** What the knowledge base is likely to be asked in a turn; nothing where nothing is looked up. */
export function questionsToPrepare({ text, notes, asksPerson }: Draft): string[] {
  if (asksPerson || text === '' || readSmallTalk(text) !== null) return [];
  const { question } = notes;
  const combined = question === null ? [] : [`${question}\n${text}`, ...combinedReadings(question, text)];
  return [text, ...questionsIn(text), ...combined];
}
