import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureChannels } from './channels.ts';
import { createFigures } from './figure.ts';
import { measureLatency } from './latency.ts';
import { measureMemory } from './memory.ts';
import { answerableQuestions } from './questions.ts';
import { createRelevo, type Relevo } from './relevo.ts';
import { measureStartup } from './startup.ts';
import { measureThroughput } from './throughput.ts';
import { measureTimers } from './timers.ts';

/** Measures the built program. Usage: tsx bench/main.ts [--quick] [--only latency,throughput,channels,timers,memory,startup] [--json FILE] */
const parts = ['startup', 'latency', 'throughput', 'channels', 'timers', 'memory'] as const;
type Part = (typeof parts)[number];

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string', default: 'build/bench.json' },
    /** Writes a CPU profile of the server under load to this folder. */
    profile: { type: 'string' },
  },
});

const chosen: readonly Part[] =
  options.only === undefined ? parts : options.only.split(',').map((name) => partNamed(name.trim()));

function partNamed(name: string): Part {
  const part = parts.find((one) => one === name);
  if (part !== undefined) return part;
  console.error(`--only: there is no part "${name}", only ${parts.join(', ')}`);
  process.exit(2);
}

const figures = createFigures((line) => console.error(line));
const { noteFor } = figures;
const loadBefore = loadavg();

async function withRelevo(measure: (relevo: Relevo) => Promise<void>): Promise<void> {
  const { profile } = options;
  const relevo = await createRelevo(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]);
  try {
    await measure(relevo);
  } finally {
    await relevo.discard();
  }
}

if (chosen.includes('startup')) await withRelevo((relevo) => measureStartup(relevo, noteFor));
if (chosen.includes('latency') || chosen.includes('throughput')) {
  await withRelevo(async (relevo) => {
    const { url } = await relevo.start();
    const questions = await answerableQuestions(url);
    console.error(`  ${questions.length} questions that are answered, one for each article`);
    if (chosen.includes('latency')) await measureLatency(url, questions, options, noteFor);
    if (chosen.includes('throughput')) await measureThroughput(relevo, questions, options, noteFor);
  });
}
if (chosen.includes('channels')) await measureChannels(options, noteFor);
if (chosen.includes('timers')) await withRelevo((relevo) => measureTimers(relevo, options, noteFor));
if (chosen.includes('memory')) await withRelevo((relevo) => measureMemory(relevo, options, noteFor));

console.log(figures.table());
figures.write(options.json, {
  at: new Date().toISOString(),
  quick: options.quick,
  loadBefore,
  loadAfter: loadavg(),
});
console.log(`\nWritten to ${options.json}.`);
