import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { openLine } from './line.ts';

/** What the floor reached. */
export interface FloorResult {
  readonly perSecond: number;
  /** Processor time of its server for each message. */
  readonly cpuMsEach: number;
  /** How much of one core the load generator used. */
  readonly generatorCores: number;
}

const program = join(import.meta.dirname, 'floor-server.ts');

/**
 * Measures the floor: the same web framework doing nothing but one durable insert for each message.
 * @param size clients that each post their next message when the last one was answered
 */
export async function runFloor(
  databaseUrl: string,
  questions: readonly string[],
  size: number,
  ms: number,
): Promise<FloorResult> {
  const loader = import.meta.resolve('tsx');
  const server = await startChild(['--import', loader, program], { DATABASE_URL: databaseUrl }, '/');
  try {
    const lines = await Promise.all(Array.from({ length: size }, () => openLine(server.url)));
    // A second to warm up, as Relevo had.
    await post(lines, questions, 1_000);
    const useBefore = await server.use();
    const cpuBefore = process.cpuUsage();
    const stored = await post(lines, questions, ms);
    const { user, system } = process.cpuUsage(cpuBefore);
    const useAfter = await server.use();
    for (const line of lines) line.close();
    return {
      perSecond: stored / (ms / 1_000),
      cpuMsEach: (useAfter.cpuMs - useBefore.cpuMs) / stored,
      generatorCores: (user + system) / 1_000 / ms,
    };
  } finally {
    await server.stop();
  }
}

async function post(
  lines: readonly Awaited<ReturnType<typeof openLine>>[],
  questions: readonly string[],
  ms: number,
): Promise<number> {
  const until = performance.now() + ms;
  const headers = { 'X-Relevo-Visitor': randomBytes(24).toString('base64url') };
  let stored = 0;
  await Promise.all(
    lines.map(async (line, place) => {
      for (let sent = 0; performance.now() < until; sent += 1) {
        const text = questions[(place * 7 + sent) % questions.length];
        const body = JSON.stringify({ id: randomUUID(), text });
        const status = await line.post('/api/chat/messages', headers, body);
        if (status !== 202) throw new Error(`the floor answered with ${status}`);
        if (performance.now() < until) stored += 1;
      }
    }),
  );
  return stored;
}
