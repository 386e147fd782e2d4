import { parseArgs } from 'node:util';
import { faultPoints } from '../../src/fault-settings.ts';
import { faultsOf, printed } from './figures.ts';
import { fullPlan, type Plan, pairs, quickPlan } from './plan.ts';
import { runChaos } from './run.ts';

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
  --lease <ms>          how long effects are held (10000)
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
  },
});

const print = (line: string) => process.stdout.write(`${line}\n`);

if (values.help) print(help);
else await run(planOf(values.quick ? quickPlan : fullPlan));

function planOf(base: Plan): Plan {
  const pair = pairs.find((one) => one === (values.engines ?? base.pair));
  if (pair === undefined) throw new Error(`--engines is one of ${pairs.join(', ')}`);
  const redisStops = numberOf('redis-stops', base.redisStops);
  const killEveryMs = numberOf('kill-every', base.killEveryMs ?? 0);
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
    deathsAtEachPoint: numberOf('points', base.deathsAtEachPoint),
    freezes: numberOf('freezes', base.freezes),
    rollingRestarts: numberOf('rolling', base.rollingRestarts),
    leaseMs: numberOf('lease', base.leaseMs),
  };
}

function numberOf(name: Exclude<keyof typeof values, 'engines' | 'quick' | 'help'>, base: number): number {
  const text = values[name];
  if (text === undefined) return base;
  if (!/^\d{1,7}$/u.test(text)) throw new Error(`--${name}: expected a whole number, not ${text}`);
  return Number(text);
}

async function run(plan: Plan): Promise<void> {
  const outcome = await runChaos(plan, (line) => print(`  ${line}`));
  for (const line of printed(plan, outcome)) print(line);
  if (Object.values(faultsOf(outcome)).some((cases) => cases.length > 0)) process.exitCode = 1;
}
