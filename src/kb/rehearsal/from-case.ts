import type { Commit } from '../../core/event.ts';
import type { Language } from '../../core/language.ts';
import type { Rehearsal, RehearsalExpectation, RehearsalTurn } from '../../core/rehearsal.ts';
import { redact } from '../redact.ts';

const maxTurns = 30;
const maxText = 2_000;

/**
 * What a past conversation with the bot looks like as a rehearsal, up to its first hand-over: what the customer wrote, without
 * personal data, and what the bot made of it then. Whoever keeps it corrects what it should have done.
 * @param commits of the conversation, in order
 * @returns null where the customer wrote nothing to the bot
 */
export function rehearsalOf(name: string, commits: readonly Commit[]): Rehearsal | null {
  const turns: RehearsalTurn[] = [];
  let language: Language = 'es';
  let brand: string | undefined;
  let words: string[] = [];
  let choice: string | null = null;
  const take = (expect: RehearsalExpectation): void => {
    const said = redact(words.join('\n')).slice(0, maxText).trim();
    if (choice !== null) turns.push({ choose: choice, expect });
    else if (said !== '') turns.push({ say: said, expect });
    words = [];
    choice = null;
  };
  for (const { events } of commits) {
    const over = events.find((event) => event.type === 'handed-over');
    for (const event of events) {
      if (event.type === 'started') ({ language, brand } = event);
      if (event.type === 'customer-wrote' && event.content.kind === 'text') words.push(event.content.text);
      if (event.type === 'customer-wrote' && event.content.kind === 'choice')
        choice = event.content.label ?? event.content.option;
      if (event.type !== 'bot-took-turn') continue;
      const { kind, article } = event.outcome;
      if (over !== undefined) take({ handsOver: over.reason });
      else if (kind === 'answered' && article !== undefined) take({ answers: article });
      else if (kind === 'clarified') take({ asks: true });
      else take({});
    }
    if (over !== undefined || turns.length >= maxTurns) break;
  }
  if (turns.length === 0) return null;
  return { name, language, ...(brand === undefined ? {} : { brand }), turns: turns.slice(0, maxTurns) };
}
