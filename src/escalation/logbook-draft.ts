import type { Conversation } from '../core/conversation.ts';
import type { Commit } from '../core/event.ts';
import type { Language } from '../core/language.ts';
import type { Logbook } from '../core/logbook.ts';
import type { Brief } from './case-view.ts';

const words: Readonly<
  Record<
    Language,
    Readonly<
      Record<
        'bot' | 'helped' | 'failed' | 'tried' | 'note' | 'best' | 'vendor' | 'vendorSaid' | 'asked',
        string
      >
    >
  >
> = {
  es: {
    bot: 'El asistente explicó',
    helped: 'sirvió',
    failed: 'no sirvió',
    tried: 'El cliente ya había probado',
    note: 'Nota',
    best: 'La mejor solución',
    vendor: 'Pasó al proveedor con la referencia',
    vendorSaid: 'El proveedor respondió',
    asked: 'Consultado',
  },
  en: {
    bot: 'The assistant explained',
    helped: 'it helped',
    failed: 'it did not help',
    tried: 'The customer had already tried',
    note: 'Note',
    best: 'The best solution',
    vendor: 'Given to the vendor with the reference',
    vendorSaid: 'The vendor answered',
    asked: 'Asked',
  },
  pt: {
    bot: 'O assistente explicou',
    helped: 'ajudou',
    failed: 'não ajudou',
    tried: 'O cliente já tinha tentado',
    note: 'Nota',
    best: 'A melhor solução',
    vendor: 'Passou ao fornecedor com a referência',
    vendorSaid: 'O fornecedor respondeu',
    asked: 'Consultado',
  },
};

/** Characters of one part: a draft is to be read, not scrolled. */
const maxPartLength = 1_500;

/** What one part may have with what was written before. */
const maxWholeLength = 3_000;

const empty: Logbook = { understanding: '', plan: '', execution: '', results: '' };

/**
 * The four parts as far as the log tells them: what the tier before wrote, and what happened since. The agent completes
 * and corrects. Pure. Results are only what somebody wrote.
 */
export function draftLogbook(state: Conversation, brief: Brief, commits: readonly Commit[]): Logbook {
  const say = words[state.language];
  let before: Logbook | null = null;
  let plans: string[] = [];
  let done: string[] = [];
  let reference = '';
  for (const event of commits.flatMap(({ events }) => events)) {
    if ((event.type === 'escalated' || event.type === 'solved') && event.logbook !== undefined) {
      // Whoever solved it was wrong where it goes on: the results are open again.
      before = event.type === 'solved' ? { ...event.logbook, results: '' } : event.logbook;
      plans = [];
      done = [];
    }
    if (event.type === 'said' && event.from === 'agent')
      done.push(`${event.agent?.name ?? ''}: ${event.text}`);
    if (event.type === 'noted') plans.push(`${say.note} (${event.agent.name}): ${event.text}`);
    if (event.type === 'assessed') plans.push(`${say.best}: ${event.assessment.best}`);
    if (event.type === 'question-answered') done.push(`${say.asked} (${event.agent.name}): ${event.answer}`);
    if (event.type === 'vendor-answered') done.push(`${say.vendorSaid}: ${event.answer}`);
    // It is awaited anew with each reminder.
    if (event.type === 'vendor-awaited' && event.vendor.reference !== reference) {
      reference = event.vendor.reference;
      done.push(`${say.vendor} ${reference}`);
    }
  }
  const first = before === null ? begun(brief, say) : empty;
  const { understanding, plan, execution, results } = before ?? empty;
  return {
    understanding: part(understanding, [first.understanding]),
    plan: part(plan, plans),
    execution: part(execution, [first.execution, ...done]),
    results,
  };
}

/** What was known when the first person got the case. */
function begun({ answered, intake, question }: Brief, say: (typeof words)[Language]): Logbook {
  const articles = answered.map(({ title, liked }) => {
    const verdict = liked === null ? '' : ` (${liked ? say.helped : say.failed})`;
    return `${say.bot}: ${title}${verdict}`;
  });
  const tried = intake?.tried ? [`${say.tried}: ${intake.tried}`] : [];
  return {
    ...empty,
    understanding: joined([intake?.problem ?? question ?? '', ...tried]),
    execution: joined(articles),
  };
}

/** What somebody wrote stays whole; what is added to it is shortened. */
function part(before: string, lines: readonly string[]): string {
  const added = shortened(joined(lines), maxPartLength);
  return shortened(joined([before, added]), Math.max(maxWholeLength, Array.from(before).length));
}

function joined(lines: readonly string[]): string {
  return lines.filter((line) => line.trim() !== '').join('\n');
}

function shortened(text: string, max: number): string {
  const points = Array.from(text);
  return points.length > max ? `${points.slice(0, max - 1).join('')}…` : text;
}
