import { type BenchVisitor, openVisitor } from './visitor.ts';

/** What a crowd of customers saw. */
export interface CrowdResult {
  /** Times from POST to the answer in the stream, in milliseconds, ascending. */
  readonly tookMs: readonly number[];
  /** Times from POST to 202, ascending. */
  readonly acceptedMs: readonly number[];
  /** Messages answered with an article. */
  readonly answered: number;
  /** Messages that got another reaction: a question back, a hand-over. */
  readonly others: number;
  readonly seconds: number;
  /** How much of one core this process used meanwhile: the load generator's share. */
  readonly generatorCores: number;
}

/** When a crowd stops: after so many messages each, or after a time. */
export type Until = { readonly messagesEach: number } | { readonly ms: number };

/**
 * Customers who each send their next message when the answer to the last one came.
 * One who got anything else than an article leaves, and a new one comes: people work on such a case.
 * @param urls of the processes that answer; customers take them in turns
 * @param questions asked round and round, each customer beginning somewhere else
 */
export async function runCrowd(
  urls: readonly string[],
  questions: readonly string[],
  size: number,
  until: Until,
): Promise<CrowdResult> {
  const urlOf = (place: number): string => urls[place % urls.length] ?? '';
  const visitors = await Promise.all(Array.from({ length: size }, (_, place) => openVisitor(urlOf(place))));
  const tookMs: number[] = [];
  const acceptedMs: number[] = [];
  let others = 0;
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const over = (sent: number): boolean =>
    'ms' in until ? performance.now() - began >= until.ms : sent >= until.messagesEach;

  async function talk(first: BenchVisitor, place: number): Promise<BenchVisitor> {
    let visitor = first;
    for (let sent = 0; !over(sent); sent += 1) {
      const answer = await visitor.asks(questions[(place * 7 + sent) % questions.length] ?? '');
      if ('ms' in until && performance.now() - began > until.ms) break;
      tookMs.push(answer.tookMs);
      acceptedMs.push(answer.acceptedMs);
      if (answer.articles.length > 0) continue;
      others += 1;
      visitor.close();
      visitor = await openVisitor(urlOf(place));
    }
    return visitor;
  }

  const last = await Promise.all(visitors.map(talk));
  const seconds = 'ms' in until ? until.ms / 1_000 : (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  for (const visitor of last) visitor.close();
  return {
    tookMs: tookMs.sort((a, b) => a - b),
    acceptedMs: acceptedMs.sort((a, b) => a - b),
    answered: tookMs.length - others,
    others,
    seconds,
    generatorCores: (user + system) / 1e6 / ((performance.now() - began) / 1_000),
  };
}

/** The value below which a share of sorted values lies; NaN without values. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
