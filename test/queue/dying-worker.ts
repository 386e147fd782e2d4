import { createBullQueue } from '../../src/queue/bullmq.ts';
import { silentLog } from '../log.ts';

// A worker process that begins a piece of work, says so, and never ends it: a test kills it.
const address = JSON.parse(process.argv[2] ?? '') as {
  url: string;
  prefix: string;
  lockMs: number;
  stalledMs: number;
};
const queue = await createBullQueue({ ...address, log: silentLog });
const hang = () => {
  process.stdout.write('begun\n');
  return new Promise<void>(() => undefined);
};
await queue.work({ turn: hang, deliver: hang, deadline: hang, offer: hang, fetch: hang }, 1);
