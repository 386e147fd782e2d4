import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureChannels } from './channels.ts';
import { createFigures } from './figure.ts';
import { measureLatency } from './latency.ts';
import { measureMemory } from './memory.ts';
import { measurePages } from './pages.ts';
import { answerableQuestions } from './questions.ts';
import { createRelevo, type Relevo } from './relevo.ts';
import { measureReplay } from './replay.ts';
import { pairs } from './scale/engines.ts';
import { processCounts } from './scale/processes.ts';
import { measureScale, scaleParts } from './scale.ts';
import { measureStartup } from './startup.ts';
import { measureThroughput } from './throughput.ts';
import { measureTimers } from './timers.ts';

/** Measures the built program. Usage: tsx bench/main.ts [--quick] [--only latency,throughput,channels,timers,memory,startup,replay,pages,scale] [--json FILE] */
const parts = [
  'startup',
  'latency',
  'throughput',
  'channels',
  'timers',
  'memory',
  'replay',
  'pages',
  'scale',
] as const;
type Part = (typeof parts)[number];

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string', default: 'build/bench.json' },
    /** Writes a CPU profile of the server under load to this folder. */
    profile: { type: 'string' },
    /** Of the scale: which parts, pairs of engines and counts of processes, and how many conversations are stored. */
    scale: { type: 'string', default: scaleParts.join(',') },
    pairs: { type: 'string', default: pairs.join(',') },
    processes: { type: 'string', default: processCounts.join(',') },
    conversations: { type: 'string' },
    memory: { type: 'string' },
  },
});

// The scale takes longer than all the others together: it is measured only where it is asked for.
const chosen: readonly Part[] =
  options.only === undefined
    ? parts.filter((part) => part !== 'scale')
    : oneOf('--only', options.only, parts);
const scale = {
  quick: options.quick,
  parts: oneOf('--scale', options.scale, scaleParts),
  pairs: oneOf('--pairs', options.pairs, pairs),
  processes: oneOf('--processes', options.processes, processCounts.map(String)).map(Number),
  conversations: Number(options.conversations ?? (options.quick ? 2_000 : 100_000)),
  memory: (options.memory ?? (options.quick ? '500,2000' : '10000,100000,1000000')).split(',').map(Number),
};

function oneOf<T extends string>(option: string, given: string, known: readonly T[]): T[] {
  const names = given.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined) {
    console.error(`${option}: there is no "${unknown}", only ${known.join(', ')}`);
    process.exit(2);
  }
  return known.filter((one) => names.includes(one));
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
if (chosen.includes('memory'))
  await withRelevo((relevo) =>
    measureMemory(relevo, options.quick ? [100, 2_000] : [1_000, 100_000], noteFor),
  );
if (chosen.includes('replay')) await withRelevo((relevo) => measureReplay(relevo, options, noteFor));
if (chosen.includes('pages')) await withRelevo((relevo) => measurePages(relevo, options, noteFor));
if (chosen.includes('scale')) await measureScale(scale, noteFor);

console.log(figures.table());
figures.write(options.json, {
  at: new Date().toISOString(),
  quick: options.quick,
  loadBefore,
  loadAfter: loadavg(),
});
console.log(`\nWritten to ${options.json}.`);
