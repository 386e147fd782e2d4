import type { Outcome } from '../core/conversation.ts';
import type { Figures } from '../core/figures.ts';
import { quantileOf, spreadSize } from './spread.ts';

/** One figure as people see it. */
export interface Figure {
  /** Names it in catalogues: `bot.confirmed`, `deadline.accept`. */
  readonly id: string;
  /** What it is of where there are several: a tier's level, a reason. */
  readonly of?: string;
  readonly unit: 'count' | 'share' | 'milliseconds' | 'stars';
  /** Null: nothing to tell it by. A share is 0 to 1. */
  readonly value: number | null;
  /** How many it is taken from. */
  readonly from: number;
}

const owners: readonly Outcome['by'][] = ['bot', 'person'];

/** Every figure of a period, in the order in which they are shown. Pure. */
export function figureList(figures: Figures): Figure[] {
  const { conversations, ends, durable, promises, stars } = figures;
  const count = (id: string, value: number, of?: string): Figure => ({
    id,
    ...(of === undefined ? {} : { of }),
    unit: 'count',
    value,
    from: conversations,
  });
  const share = (id: string, part: number, from: number, of?: string): Figure => ({
    id,
    ...(of === undefined ? {} : { of }),
    unit: 'share',
    value: from === 0 ? null : part / from,
    from,
  });
  const time = (id: string, spread: Figures['firstAnswer'], part: number): Figure => ({
    id,
    unit: 'milliseconds',
    value: quantileOf(spread, part),
    from: spreadSize(spread),
  });
  const rated = stars.reduce((all, given) => all + given, 0);
  const starSum = stars.reduce((all, given, index) => all + given * (index + 1), 0);
  return [
    count('conversations', conversations),
    count('messages.customer', figures.wrote.customer),
    ...owners.flatMap((by) => [
      share(`${by}.confirmed`, ends[by].confirmed, conversations),
      share(`${by}.assumed`, ends[by].assumed, conversations),
      share(`${by}.durable`, durable[by], conversations),
      share(`${by}.abandoned`, ends[by].abandoned, conversations),
    ]),
    count('open', figures.open),
    count('tooFresh', figures.tooFresh),
    share('handedOver', figures.handedOver, conversations),
    ...Object.entries(figures.handOvers)
      .sort(([, a], [, b]) => b - a)
      .map(([reason, times]) => count('handOver', times, reason)),
    time('firstAnswer.median', figures.firstAnswer, 0.5),
    time('firstAnswer.p90', figures.firstAnswer, 0.9),
    time('firstHuman.median', figures.firstHuman, 0.5),
    time('firstHuman.p90', figures.firstHuman, 0.9),
    ...figures.deadlines.map(({ tier, deadline, kept, missed }) =>
      share(`deadline.${deadline}`, kept, kept + missed, String(tier)),
    ),
    share('promise.held', promises.held, promises.judged),
    { id: 'stars.mean', unit: 'stars', value: rated === 0 ? null : starSum / rated, from: rated },
    share('reopened.once', figures.reopened.once, conversations),
    share('reopened.often', figures.reopened.often, conversations),
  ];
}
