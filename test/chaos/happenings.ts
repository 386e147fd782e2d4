import { setTimeout as pause } from 'node:timers/promises';
import type { Engines } from './engines.ts';
import type { Installation } from './installation.ts';
import type { Plan } from './plan.ts';
import { until } from './process.ts';

/** What things happen to. */
export interface HappeningDeps {
  readonly engines: Engines;
  readonly installation: Installation;
  readonly tell: (line: string) => void;
}

/** Everything of a plan but the killing of workers, one after another. Resolves when all has happened. */
export async function happen(plan: Plan, { engines, installation, tell }: HappeningDeps): Promise<void> {
  for (let n = 0; n < plan.storeStops; n += 1) {
    await pause(1_500);
    tell('the store is stopped at once');
    await engines.breakStore();
    tell('the store is back');
  }
  for (let n = 0; n < plan.redisStops && plan.pair !== 'postgres'; n += 1) {
    await pause(1_000);
    tell('Redis is stopped at once');
    await engines.breakRedis();
  }
  if (plan.flushes && plan.pair !== 'postgres') {
    await pause(500);
    tell('all of Redis is deleted');
    await engines.flushRedis();
  }
  for (let n = 0; n < plan.freezes; n += 1) {
    tell('a worker is held up in the middle of a send for three leases');
    await installation.freezeWorker(3 * plan.leaseMs);
  }
  for (let n = 0; n < plan.rollingRestarts; n += 1) {
    tell('all processes are replaced, one after another');
    const codes = await installation.rollOver();
    if (codes.some((code) => code !== 0))
      throw new Error(`processes ended with ${codes.join(', ')}:\n${installation.output().slice(-5_000)}`);
  }
  await until('all deaths', plan.withinMs, () => installation.deathsLeft() === 0);
}

/** Kills a worker again and again. @param isWriting whether customers still write what they were to: it ends with that */
export async function killWorkers(
  { killEveryMs }: Plan,
  installation: Installation,
  isWriting: () => boolean,
): Promise<void> {
  if (killEveryMs === null) return;
  while (isWriting()) {
    await pause(killEveryMs);
    if (isWriting()) installation.killWorker();
  }
}
