import { countedMinutes } from '../core/call.ts';
import type { Commit } from '../core/event.ts';
import type { Language } from '../core/language.ts';
import type { Logbook } from '../core/logbook.ts';

const words: Readonly<Record<Language, { call: string; advice: string }>> = {
  es: { call: 'Videollamada con {agent}, {minutes} min', advice: 'Recomendado' },
  en: { call: 'Video call with {agent}, {minutes} min', advice: 'Advised' },
  pt: { call: 'Videochamada com {agent}, {minutes} min', advice: 'Recomendado' },
};

/** A drafted logbook with what was done in calls since the last hand-over, and what came of them. Pure. */
export function withCalls(draft: Logbook, commits: readonly Commit[], language: Language): Logbook {
  const say = words[language];
  const done: string[] = [];
  const results: string[] = [];
  for (const { events } of commits) {
    for (const event of events) {
      if (event.type === 'call-ended' && event.outcome === 'held' && event.call.liveAt !== null) {
        const minutes = countedMinutes(event.endedAt - event.call.liveAt);
        done.push(say.call.replace('{agent}', event.agent.name).replace('{minutes}', String(minutes)));
      }
      if (event.type !== 'call-reported') continue;
      if (event.summary !== '') results.push(event.summary);
      if (event.advice !== '') results.push(`${say.advice}: ${event.advice}`);
    }
  }
  if (done.length === 0) return draft;
  return {
    ...draft,
    execution: joined(draft.execution, done),
    results: joined(draft.results, results),
  };
}

function joined(before: string, lines: readonly string[]): string {
  return [before, ...lines].filter((line) => line !== '' && line !== undefined).join('\n');
}
