import type { Conversation } from '../core/conversation.ts';
import type { Commit } from '../core/event.ts';
import type { Language } from '../core/language.ts';
import type { Logbook } from '../core/logbook.ts';
import type { Brief } from './case-view.ts';

const words: Readonly<
  Record<Language, { bot: string; helped: string; failed: string; tried: string; note: string }>
> = {
  es: {
    bot: 'El asistente explicó',
    helped: 'sirvió',
    failed: 'no sirvió',
    tried: 'El cliente ya había probado',
    note: 'Nota',
  },
  en: {
    bot: 'The assistant explained',
    helped: 'it helped',
    failed: 'it did not help',
    tried: 'The customer had already tried',
    note: 'Note',
  },
  pt: {
    bot: 'O assistente explicou',
    helped: 'ajudou',
    failed: 'não ajudou',
    tried: 'O cliente já tinha tentado',
    note: 'Nota',
  },
};

/** Characters of one part: a draft is to be read, not scrolled. */
const maxPartLength = 1_500;

/**
 * The four parts as far as the log tells them; the agent completes and corrects. Pure.
 * Results are left empty: only a person knows them.
 */
export function draftLogbook(state: Conversation, brief: Brief, commits: readonly Commit[]): Logbook {
  const say = words[state.language];
  const articles = brief.answered.map(({ title, liked }) => {
    const verdict = liked === null ? '' : ` (${liked ? say.helped : say.failed})`;
    return `${say.bot}: ${title}${verdict}`;
  });
  const tried = brief.intake?.tried ? [`${say.tried}: ${brief.intake.tried}`] : [];
  const done: string[] = [];
  const plans: string[] = [];
  for (const { events } of commits) {
    for (const event of events) {
      if (event.type === 'said' && event.from === 'agent')
        done.push(`${event.agent?.name ?? ''}: ${event.text}`);
      if (event.type === 'noted') plans.push(`${say.note} (${event.agent.name}): ${event.text}`);
    }
  }
  return {
    understanding: part([brief.intake?.problem ?? brief.question ?? '', ...tried]),
    plan: part(plans),
    execution: part([...articles, ...done]),
    results: '',
  };
}

function part(lines: readonly string[]): string {
  const text = lines.filter((line) => line.trim() !== '').join('\n');
  const points = Array.from(text);
  return points.length > maxPartLength ? `${points.slice(0, maxPartLength - 1).join('')}…` : text;
}
