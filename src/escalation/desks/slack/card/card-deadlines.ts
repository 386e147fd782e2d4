import type { Deadline } from '../../../../core/conversation.ts';
import type { CaseDetail } from '../../../case-view.ts';
import { countdown } from '../mrkdwn.ts';
import type { Words } from '../words/words.ts';

/** Deadlines that somebody of ours has to meet. The others only say what happens by itself. */
const ours: ReadonlySet<Deadline['kind']> = new Set(['accept', 'lease', 'solve', 'vendor']);

/** With this much left a deadline is near, and with that much it is nearly over; milliseconds. */
const nearMs = 15 * 60_000;
const nearlyOverMs = 5 * 60_000;

/** The deadlines of a case as lines, each with a sign of how near it is. Slack counts them down. Pure. */
export function deadlineLines(detail: CaseDetail, { card }: Words, now: number): string[] {
  const { deadline, solveBy, replyUntil, stage, owner } = detail;
  const waits = owner?.kind === 'customer' || owner?.kind === 'vendor';
  const next = deadline === null ? undefined : card.deadlines[deadline.kind];
  const solve = card.deadlines.solve;
  return [
    ...(deadline === null || next === undefined
      ? []
      : [`${signOf(deadline, card, now)} ${next} ${countdown(deadline.at)}`]),
    // The whole tier's time, beside the agent's own.
    ...(solveBy === null || waits || deadline?.kind === 'solve' || solve === undefined
      ? []
      : [`${signOf({ kind: 'solve', at: solveBy }, card, now)} ${solve} ${countdown(solveBy)}`]),
    ...(replyUntil === null || stage === 'closed' || replyUntil <= now
      ? []
      : [`${card.replyUntil} ${countdown(replyUntil)}`]),
  ];
}

/** When a card looks different although nothing happened, epoch milliseconds; null: never. Pure. */
export function redrawAt({ deadline, solveBy, replyUntil, stage }: CaseDetail, now: number): number | null {
  if (stage === 'closed' || stage === 'bot') return null;
  const ends = [
    ...(deadline !== null && ours.has(deadline.kind) ? [deadline.at] : []),
    ...(solveBy === null ? [] : [solveBy]),
  ];
  const moments = [
    ...ends.flatMap((at) => [at - nearMs, at - nearlyOverMs, at]),
    ...(replyUntil === null ? [] : [replyUntil]),
  ].filter((at) => at > now);
  return moments.length === 0 ? null : Math.min(...moments);
}

function signOf({ kind, at }: Deadline, card: Words['card'], now: number): string {
  if (!ours.has(kind)) return ':hourglass:';
  const leftMs = at - now;
  if (leftMs <= 0) return `:red_circle: *${card.overdue}*`;
  if (leftMs <= nearlyOverMs) return `:rotating_light: *${card.near}*`;
  return leftMs <= nearMs ? ':warning:' : ':hourglass_flowing_sand:';
}
