import type { FaultPoint } from '../../src/fault-settings.ts';
import { faultPoints } from '../../src/fault-settings.ts';

/** The engines that hold the store and the queue. */
export const pairs = ['postgres', 'postgres+redis', 'mongo+redis'] as const;

/** A pair of engines. */
export type Pair = (typeof pairs)[number];

/** What is done to an installation while its customers write. Times in milliseconds. */
export interface Plan {
  readonly pair: Pair;
  /** Customers' messages in all, over four channels. */
  readonly messages: number;
  /** Customers on each channel. */
  readonly customers: number;
  readonly webs: number;
  readonly workers: number;
  /** How often a worker is killed; null: never. */
  readonly killEveryMs: number | null;
  /** How often the store is stopped at once while they write. */
  readonly storeStops: number;
  /** How often Redis is stopped at once; only where there is one. */
  readonly redisStops: number;
  /** Whether all of Redis is deleted once in the middle of work. */
  readonly flushes: boolean;
  /** The points at which processes kill themselves, each so often; workers and web processes at the points they pass. */
  readonly deathsAtEachPoint: number;
  readonly points: readonly FaultPoint[];
  /** How often a worker is stopped in the middle of a send for three leases, and goes on. */
  readonly freezes: number;
  /** How often all processes are stopped in order, one after another, and started again. */
  readonly rollingRestarts: number;
  /** How many of a hundred messages nobody can deal with. */
  readonly poisonPercent: number;
  /** How long a customer waits for an answer before they write on all the same. */
  readonly patienceMs: number;
  /** How long effects are held. */
  readonly leaseMs: number;
  /** When to give up. */
  readonly withinMs: number;
}

/** All of it, as `npm run chaos` does it. */
export const fullPlan: Plan = {
  pair: 'postgres',
  messages: 10_000,
  customers: 100,
  webs: 2,
  workers: 2,
  killEveryMs: 2_000,
  storeStops: 2,
  redisStops: 2,
  flushes: true,
  deathsAtEachPoint: 0,
  points: faultPoints,
  freezes: 0,
  rollingRestarts: 0,
  poisonPercent: 0,
  patienceMs: 2_000,
  leaseMs: 10_000,
  withinMs: 600_000,
};

/** What runs with every test: a few customers, and everything that may happen to them once. */
export const quickPlan: Plan = {
  ...fullPlan,
  messages: 64,
  customers: 2,
  webs: 1,
  workers: 2,
  killEveryMs: 3_000,
  patienceMs: 1_000,
  storeStops: 1,
  redisStops: 1,
  leaseMs: 3_000,
  withinMs: 240_000,
};

/** The same without anything that happens to it. */
export function calm(plan: Plan): Plan {
  return {
    ...plan,
    killEveryMs: null,
    storeStops: 0,
    redisStops: 0,
    flushes: false,
    deathsAtEachPoint: 0,
    freezes: 0,
    rollingRestarts: 0,
    poisonPercent: 0,
  };
}

/** Whether a plan only replaces processes in order: then nobody may lose sight of a send. */
export function isOrderly({
  killEveryMs,
  storeStops,
  redisStops,
  deathsAtEachPoint,
  freezes,
}: Plan): boolean {
  return killEveryMs === null && storeStops + redisStops + deathsAtEachPoint + freezes === 0;
}
