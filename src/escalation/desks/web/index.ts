import type { Signals } from '../../../store/signals.ts';
import type { Desk } from '../desk.ts';

/** The topic on which open desk pages hear that a case changed. */
export function caseTopic(conversation: string): string {
  return `case/${conversation}`;
}

/** The desk in the browser: its pages read the store themselves, so that offering a case is a nudge. */
export function createWebDesk(signals: Signals): Desk {
  return {
    name: 'web',
    async offer({ state }) {
      signals.publish(caseTopic(state.id));
    },
  };
}
