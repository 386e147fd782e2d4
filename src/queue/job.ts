import type { DefaultJobOptions, JobsOptions } from 'bullmq';
import { randomIds } from '../core/ids.ts';
import type { Work } from './queue.ts';

const maxBackoffMs = 60_000;
const keptFailures = 1_000;
const keptFailureSeconds = 7 * 24 * 3600;

/** How every job is retried and what stays of it: nothing of those done, a bounded number of those given up. */
export function jobDefaults(attempts: number): DefaultJobOptions {
  return {
    attempts,
    backoff: { type: 'capped' },
    removeOnComplete: true,
    removeOnFail: { count: keptFailures, age: keptFailureSeconds },
  };
}

/**
 * What makes work a job. Its name keeps twins out while it waits. The name is a deduplication key and not the job's
 * id because an id stays taken as long as a failed job is kept; and what is added while its twin runs is run once
 * more afterwards, never lost.
 */
export function jobOptions(work: Work, delayMs: number): JobsOptions {
  // BullMQ forbids colons in ids.
  const name = [work.kind, encodeURIComponent(work.conversation), work.seq].join('.');
  return {
    jobId: `${name}.${randomIds.id()}`,
    delay: Math.max(0, Math.ceil(delayMs)),
    deduplication: { id: name, keepLastIfActive: true },
  };
}

/**
 * The pause before the next attempt in milliseconds: doubling, at most a minute, and spread over its upper half, so
 * that what failed together does not come back together.
 * @param attempt how often it has failed, from 1
 * @param random 0 to 1
 */
export function backoffMs(firstMs: number, attempt: number, random = Math.random()): number {
  const fullMs = Math.min(firstMs * 2 ** Math.min(attempt - 1, 20), maxBackoffMs);
  return Math.round(fullMs * (0.5 + random / 2));
}
