import { type CrowdResult, quantile, runCrowd } from './crowd.ts';
import type { Note } from './figure.ts';

/** How long an answer takes: for one conversation on a machine with nothing else to do, and for many at once. */
export async function measureLatency(
  url: string,
  questions: readonly string[],
  { quick }: { quick: boolean },
  noteFor: (part: string) => Note,
): Promise<void> {
  const one = await runCrowd([url], questions, 1, { messagesEach: quick ? 100 : 500 });
  told(one, noteFor('latency, 1 conversation'), 'p99 < 150 ms');
  const many = await runCrowd([url], questions, 200, { messagesEach: quick ? 3 : 15 });
  told(many, noteFor('latency, 200 conversations'));
}

function told(result: CrowdResult, note: Note, aim?: string): void {
  const { tookMs, acceptedMs } = result;
  note('messages', tookMs.length, '');
  note('POST to answer, p50', quantile(tookMs, 0.5), 'ms');
  note('POST to answer, p99', quantile(tookMs, 0.99), 'ms', aim);
  note('POST to 202, p50', quantile(acceptedMs, 0.5), 'ms');
  note('POST to 202, p99', quantile(acceptedMs, 0.99), 'ms');
}
