import { deadlineOf } from '../core/conversation.ts';
import type { Snapshot } from './conversation-log.ts';

/** Sorts open cases by deadline, soonest first; after them the closed ones, newest first. Pure. */
export function byUrgency(a: Snapshot, b: Snapshot): number {
  const [first, second] = [deadlineOf(a.state.stage)?.at, deadlineOf(b.state.stage)?.at];
  if (first !== undefined && second !== undefined) return first - second;
  if (first !== undefined) return -1;
  if (second !== undefined) return 1;
  return closedAt(b) - closedAt(a);
}

function closedAt({ state: { stage } }: Snapshot): number {
  return stage.kind === 'closed' ? stage.at : 0;
}
