import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { faultPoints } from '../../src/fault-settings.ts';
import { asData, faultsOf, longerBy, poisonGoal, printed } from './figures.ts';
import { calm, fullPlan, type Plan, pairs, quickPlan } from './plan.ts';
import { type Outcome, runChaos } from './run.ts';

const help = `npm run chaos -- [options]
  --engines <pair>      ${pairs.join(', ')}; postgres unless told
  --quick               a few customers and each mishap once
  --messages <n>        customers' messages in all, over four channels (10000)
  --customers <n>       customers on each channel (100)
  --web <n>             web processes (2)
  --workers <n>         worker processes (2)
  --kill-every <ms>     kill -9 of a worker this often; 0: never (2000)
  --store-stops <n>     the store is stopped at once so often (2)
  --redis-stops <n>     the same with Redis, and all of it deleted once (2)
  --points <n>          each of ${faultPoints.length} named points kills a process so often (0)
  --freezes <n>         a worker is stopped in the middle of a send for three leases so often (0)
  --rolling <n>         all processes are replaced in order so often (0)
  --poison <percent>    so many of a hundred messages are such that nobody can deal with them, and nothing else happens
                        unless it is asked for; the same is run without before, and the waiting of the others compared (0)
  --patience <ms>       how long a customer waits for an answer before they write on (2000)
  --lease <ms>          how long effects are held (10000)
  --json <file>         writes the figures there too
Exit code 1 when a figure that must be nothing is not.`;

const { values } = parseArgs({
  options: {
    engines: { type: 'string' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    messages: { type: 'string' },
    customers: { type: 'string' },
    web: { type: 'string' },
    workers: { type: 'string' },
    'kill-every': { type: 'string' },
    'store-stops': { type: 'string' },
    'redis-stops': { type: 'string' },
    points: { type: 'string' },
    freezes: { type: 'string' },
    rolling: { type: 'string' },
    lease: { type: 'string' },
    poison: { type: 'string' },
    patience: { type: 'string' },
    json: { type: 'string' },
  },
});

const base = values.quick ? quickPlan : fullPlan;

/** How long a process that died at a point may take until another is at that point, on a computer with a lot to do. */
const deathMs = 4_000;

const print = (line: string) => process.stdout.write(`${line}\n`);

if (values.help) print(help);
else await run(planOf(values.poison === undefined ? base : calm(base)));

function planOf(base: Plan): Plan {
  const pair = pairs.find((one) => one === (values.engines ?? base.pair));
  if (pair === undefined) throw new Error(`--engines is one of ${pairs.join(', ')}`);
  const redisStops = numberOf('redis-stops', base.redisStops);
  const killEveryMs = numberOf('kill-every', base.killEveryMs ?? 0);
  const deathsAtEachPoint = numberOf('points', base.deathsAtEachPoint);
  return {
    ...base,
    pair,
    messages: numberOf('messages', base.messages),
    customers: numberOf('customers', base.customers),
    webs: numberOf('web', base.webs),
    workers: numberOf('workers', base.workers),
    killEveryMs: killEveryMs === 0 ? null : killEveryMs,
    storeStops: numberOf('store-stops', base.storeStops),
    redisStops,
    flushes: redisStops > 0,
    deathsAtEachPoint,
    withinMs: base.withinMs + deathsAtEachPoint * base.points.length * deathMs,
    freezes: numberOf('freezes', base.freezes),
    rollingRestarts: numberOf('rolling', base.rollingRestarts),
    poisonPercent: numberOf('poison', base.poisonPercent),
    patienceMs: numberOf('patience', base.patienceMs),
    leaseMs: numberOf('lease', base.leaseMs),
  };
}

function numberOf(
  name: Exclude<keyof typeof values, 'engines' | 'quick' | 'help' | 'json'>,
  base: number,
): number {
  const text = values[name];
  if (text === undefined) return base;
  if (!/^\d{1,7}$/u.test(text)) throw new Error(`--${name}: expected a whole number, not ${text}`);
  return Number(text);
}

async function run(plan: Plan): Promise<void> {
  const tell = (line: string) => print(`  ${line}`);
  let without: Outcome | null = null;
  if (plan.poisonPercent > 0) {
    tell('first without poison');
    without = await runChaos({ ...plan, poisonPercent: 0 }, tell);
  }
  const outcome = await runChaos(plan, tell);
  for (const line of printed(plan, outcome, without)) print(line);
  if (values.json !== undefined)
    await writeFile(values.json, `${JSON.stringify(asData(plan, outcome, without), null, 2)}\n`);
  const longer = without === null ? null : longerBy(outcome, without);
  const faults = Object.values(faultsOf(plan, outcome)).flat();
  if (faults.length > 0 || (longer !== null && longer > poisonGoal)) process.exitCode = 1;
}
