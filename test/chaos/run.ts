import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { randomIds, secretHash } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startAgents } from './agents.ts';
import { startBalancer } from './balancer.ts';
import { type Crowd, openCrowds } from './crowds.ts';
import { startEngines } from './engines.ts';
import { startInstallation } from './installation.ts';
import { judge, type Verdict } from './judge.ts';
import type { Plan } from './plan.ts';
import { until } from './process.ts';
import { tokenOf } from './tokens.ts';

/** What happened in a run, and what came of it. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly seconds: number;
  readonly ends: { readonly killed: number; readonly atPoints: number; readonly frozen: number };
  /** How the processes ended that were asked to. */
  readonly exitCodes: readonly (number | null)[];
  /** Late writes that were refused. */
  readonly refused: number;
  /** What the processes said. */
  readonly output: string;
}

const questions = [
  'no me funciona el internet',
  'quiero hablar con una persona',
  '¿cómo cambio mi contraseña?',
  '¿dónde veo mi factura?',
];

const log = pino({ level: 'silent' });

/**
 * Runs an installation while its customers write and everything of the plan happens to it, waits until it is quiet, and
 * judges what came of it.
 * @param tell is told what happens, a line each
 * @throws Error when it does not become quiet in time
 */
export async function runChaos(plan: Plan, tell: (line: string) => void = () => undefined): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-chaos-'));
  await chmod(folder, 0o755);
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const engines = await startEngines(plan.pair);
    undo.push(() => engines.stop());
    const crowds = await openCrowds();
    for (const crowd of crowds) undo.push(() => crowd.stop());
    const balancer = await startBalancer();
    undo.push(() => balancer.stop());
    const variables = Object.assign(
      { ...engines.variables, PUBLIC_URL: balancer.url },
      ...crowds.map((crowd) => crowd.variables),
    );
    const deaths = Array.from({ length: plan.deathsAtEachPoint }, () => plan.points).flat();
    const { webs, workers, leaseMs } = plan;
    // One process makes the schema and the sample base before the others come.
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
    for (const crowd of crowds) crowd.connect(balancer.url);
    tell(`${webs} web and ${workers} worker processes are ready on ${plan.pair}`);

    const began = Date.now();
    const store = await openStore({ url: engines.storeUrl, log });
    undo.push(() => store.stop());
    const token = `rlv_${randomIds.id()}${randomIds.id()}`;
    const hash = secretHash(token);
    await store.accounts.addToken({ hash, name: 'chaos', role: 'agent', createdAt: Date.now() });
    const agents = startAgents(balancer.url, token);
    undo.push(() => agents.stop());
    const sent = new Map<string, string[]>();
    const each = Math.ceil(plan.messages / crowds.length / plan.customers);
    let writing = plan.messages;
    const write = async (crowd: Crowd, number: number): Promise<void> => {
      const customer = `${crowd.channel}-${number}`;
      const texts: string[] = [];
      sent.set(customer, texts);
      for (let message = 0; message < each; message += 1) {
        const question = questions[(number + message) % questions.length];
        const text = `${question} #${tokenOf(customer, message)}#`;
        texts.push(text);
        await crowd.writes(customer, text);
        writing -= 1;
      }
    };
    const written = Promise.all(
      crowds.flatMap((crowd) => Array.from({ length: plan.customers }, (_, number) => write(crowd, number))),
    );
    let done = false;
    const happening = happenings(() => done);
    await Promise.race([
      written,
      pause(plan.withinMs).then(() =>
        Promise.reject(new Error(`${writing} messages were never acknowledged`)),
      ),
    ]);
    await happening;
    done = true;
    tell(`${plan.messages} messages were acknowledged after ${secondsSince(began)} s`);

    let verdict = await judge(store, crowds, sent, agents.answered);
    await until('quiet', plan.withinMs, async () => {
      await pause(1_000);
      const before = verdict;
      verdict = await judge(store, crowds, sent, agents.answered);
      return verdict.unfinished.length === 0 && verdict.answers === before.answers;
    }).catch((error: unknown) => tell(`it did not become quiet: ${String(error)}`));
    await agents.stop();
    const exitCodes = await installation.stop();
    const output = installation.output();
    return {
      verdict,
      seconds: secondsSince(began),
      ends: { ...installation.ends },
      exitCodes,
      refused: output.split('the lease was lost').length - 1,
      output,
    };

    /** Everything of the plan, one after another, while customers write. */
    async function happenings(isOver: () => boolean): Promise<void> {
      const killing = killWorkers(isOver);
      for (let n = 0; n < plan.storeStops; n += 1) {
        await pause(1_500);
        tell('the store is stopped at once');
        await engines.breakStore();
      }
      for (let n = 0; n < plan.redisStops && plan.pair !== 'postgres'; n += 1) {
        await pause(1_000);
        tell('Redis is stopped at once');
        await engines.breakRedis();
      }
      if (plan.flushes && plan.pair !== 'postgres') {
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
        if (codes.some((code) => code !== 0)) throw new Error(`a process ended with ${codes.join(', ')}`);
      }
      await until('all deaths', plan.withinMs, () => deaths.length === 0);
      void killing;
    }

    async function killWorkers(isOver: () => boolean): Promise<void> {
      if (plan.killEveryMs === null) return;
      while (!isOver() && writing > 0) {
        await pause(plan.killEveryMs);
        if (writing > 0) installation.killWorker();
      }
    }
  } finally {
    for (const one of undo.reverse()) await one().catch(() => undefined);
  }
}

function secondsSince(began: number): number {
  return Math.round((Date.now() - began) / 100) / 10;
}
