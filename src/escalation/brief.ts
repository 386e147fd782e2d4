import type { Conversation } from '../core/conversation.ts';
import type { Commit, Event } from '../core/event.ts';
import { choices } from '../core/message.ts';
import { caseEventOf } from './case-event.ts';
import type { Brief, Transition } from './case-view.ts';

/** The brief of a case, read off its log: what was asked, what was tried, by whom, and how it moved. Pure. */
export function briefOf(state: Conversation, commits: readonly Commit[]): Brief {
  const answered: Brief['answered'][number][] = [];
  const transitions: Transition[] = [];
  let reason: Brief['reason'] = null;
  for (const { at, events } of commits) {
    for (const event of events) {
      if (event.type === 'handed-over') reason = event.reason;
      if (event.type === 'said' && event.from === 'bot') {
        const shown = event.sources.map(({ article, title, passage }) => ({
          article,
          title,
          ...(passage === undefined ? {} : { passage }),
          liked: null,
        }));
        answered.push(...shown);
      }
      const liked = opinionOf(event);
      const last = answered.at(-1);
      if (liked !== null && last !== undefined) answered[answered.length - 1] = { ...last, liked };
      const transition = caseEventOf(event);
      if (transition !== null) transitions.push({ ...transition, at });
    }
  }
  return { question: state.subject, intake: state.intake, reason, answered, transitions };
}

function opinionOf(event: Event): boolean | null {
  if (event.type !== 'customer-wrote' || event.content.kind !== 'choice') return null;
  if (event.content.option === choices.helped) return true;
  return event.content.option === choices.notHelped ? false : null;
}
