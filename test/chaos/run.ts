import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { randomIds, secretHash } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { startAgents } from './agents.ts';
import { startBalancer } from './balancer.ts';
import { openSlack } from './crowds/slack.ts';
import { openTelegram } from './crowds/telegram.ts';
import { openWebchat } from './crowds/webchat.ts';
import { openWhatsApp } from './crowds/whatsapp.ts';
import { delaysOf, quantile, startCustomers } from './customers.ts';
import { startEngines } from './engines.ts';
import { gather } from './evidence.ts';
import { happen, killWorkers } from './happenings.ts';
import { startInstallation } from './installation.ts';
import { judge, type Verdict } from './judge.ts';
import type { Plan } from './plan.ts';
import { judgePoison, type PoisonVerdict } from './poison.ts';
import { until } from './process.ts';

/** What happened in a run, and what came of it. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly poison: PoisonVerdict;
  /** From the first message until the last was acknowledged, and until all was settled. */
  readonly secondsWriting: number;
  readonly seconds: number;
  /** How long customers waited for something of ours, in milliseconds; null where nothing is seen from here. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly ends: { readonly killed: number; readonly atPoints: number; readonly frozen: number };
  /** How the processes ended that were asked to. */
  readonly exitCodes: readonly (number | null)[];
  /** Processes that ended by themselves, with their last words. */
  readonly crashes: readonly string[];
  /** Late writes that were refused. */
  readonly refused: number;
  /** What the processes said. */
  readonly output: string;
}

const agentCount = 4;
const log = pino({ level: 'silent' });

/**
 * Runs an installation while its customers write and everything of the plan happens to it, waits until it is quiet, and
 * judges what came of it.
 * @param tell is told what happens, a line each
 * @throws Error when customers are not acknowledged in time
 */
export async function runChaos(plan: Plan, tell: (line: string) => void = () => undefined): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-chaos-'));
  await chmod(folder, 0o755);
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const engines = await startEngines(plan.pair);
    undo.push(() => engines.stop());
    const crowds = await Promise.all([openWebchat(), openTelegram(), openWhatsApp(), openSlack()]);
    for (const crowd of crowds) undo.push(() => crowd.stop());
    const balancer = await startBalancer();
    undo.push(() => balancer.stop());
    const variables = Object.assign(
      { ...engines.variables, PUBLIC_URL: balancer.url },
      ...crowds.map((crowd) => crowd.variables),
    );
    const deaths = Array.from({ length: plan.deathsAtEachPoint }, () => plan.points).flat();
    const { webs, workers, leaseMs } = plan;
    const installation = await startInstallation({
      variables,
      folder,
      balancer,
      webs,
      workers,
      leaseMs,
      deaths,
    });
    undo.push(() => installation.stop());
    await installation.ready();
    const store = await openStore({ url: engines.storeUrl, log });
    undo.push(() => store.stop());
    // A worker that is killed while it trains would leave it to the next, for ever.
    await until('the engine of answers', 120_000, async () => (await store.bases.trained(1)) !== null);
    const tokens = await makeAgents(store);
    for (const crowd of crowds) crowd.connect(balancer.url);
    tell(`${webs} web and ${workers} worker processes are ready on ${plan.pair}`);

    const began = Date.now();
    const agents = startAgents(balancer.url, tokens);
    undo.push(() => agents.stop());
    let happening = true;
    const customers = startCustomers(crowds, plan, () => happening);
    const all = happen(plan, { engines, installation, tell }).finally(() => {
      happening = false;
    });
    const killing = killWorkers(plan, installation, () => customers.left > 0);
    const late = new AbortController();
    await Promise.race([
      Promise.all([customers.done, all, killing]),
      pause(plan.withinMs, undefined, { signal: late.signal }).then(() => {
        throw new Error(
          `${customers.left} messages were not acknowledged in time${happening ? ', and not all has happened' : ''}`,
        );
      }),
    ]).finally(() => late.abort());
    const secondsWriting = secondsSince(began);
    tell(`all messages were acknowledged after ${secondsWriting} s`);

    const evidence = () => gather(store, crowds, { sent: customers.sent, answered: agents.answered });
    let settledAt = Date.now();
    let found = await settled();
    await until('quiet', plan.withinMs, async () => {
      if (judge(found).unfinished.length === 0) return true;
      await pause(500);
      found = await settled();
      return false;
    }).catch((error: unknown) => tell(`it did not become quiet: ${String(error)}`));
    const seconds = Math.round((settledAt - began) / 100) / 10;
    await agents.stop();
    const poison = await judgePoison(store, found, customers.poison);
    const exitCodes = await installation.stop();
    const output = installation.output();
    const delays = delaysOf(
      customers.writtenAt,
      found.platforms.flatMap(({ taken }) => taken),
    );
    return {
      verdict: judge(found),
      poison,
      secondsWriting,
      seconds,
      p50Ms: quantile(delays, 0.5),
      p95Ms: quantile(delays, 0.95),
      ends: { ...installation.ends },
      exitCodes,
      crashes: [...installation.crashes],
      refused: output.split('the lease was lost').length - 1,
      output,
    };

    /** Waits until the store knows of no more work, which costs little to ask, and reads everything then. */
    async function settled() {
      const { undone, cases } = store;
      await until('no more work', plan.withinMs, async () => {
        const later = Date.now() + 3_600_000;
        const [turns, effects, waiting] = await Promise.all([
          undone.turns(later, 1),
          undone.effects(Number.MAX_SAFE_INTEGER, later, 1),
          cases.list({ stages: ['queued'], limit: 1 }),
        ]).catch(() => [[], ['the store is away'], []]);
        return turns.length + effects.length + waiting.length === 0;
      }).catch((error: unknown) => tell(String(error)));
      settledAt = Date.now();
      return await evidence();
    }
  } finally {
    for (const one of undo.reverse()) await one().catch(() => undefined);
  }
}

/** @returns tokens of the API, one an agent */
async function makeAgents({ accounts }: Pick<Store, 'accounts'>): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let number = 1; number <= agentCount; number += 1) {
    const token = `rlv_${randomIds.id()}${randomIds.id()}`;
    const hash = secretHash(token);
    await accounts.addToken({ hash, name: `chaos ${number}`, role: 'agent', createdAt: Date.now() });
    tokens.push(token);
  }
  return tokens;
}

function secondsSince(began: number): number {
  return Math.round((Date.now() - began) / 100) / 10;
}
