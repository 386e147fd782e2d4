import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createBullQueue } from '../../src/queue/bullmq.ts';
import type { Work } from '../../src/queue/queue.ts';
import { hearLog, silentLog } from '../log.ts';
import { freePort, type RedisServer, redisMissing, startRedis } from '../redis-server.ts';

const left = redisMissing === undefined ? '' : ` (left out: ${redisMissing})`;

describe.skipIf(redisMissing !== undefined)(`a Redis that holds a queue${left}`, () => {
  const servers: (RedisServer | null)[] = [];
  const start = async (settings: Readonly<Record<string, string>> = {}) => {
    const server = await startRedis(settings);
    servers.push(server);
    return server?.url ?? '';
  };
  afterAll(async () => {
    for (const server of servers) await server?.stop();
  });

  test.each([
    ['keeps no append-only file', { appendonly: 'no' }, 'appendonly yes'],
    ['throws away', { 'maxmemory-policy': 'allkeys-lru' }, 'maxmemory-policy noeviction'],
  ])('is refused where it %s, and taken when that is accepted', async (_what, settings, says) => {
    const url = await start(settings);
    const refused = createBullQueue({ url, log: silentLog });
    await expect(refused).rejects.toMatchObject({
      code: 'redis_forgets',
      message: expect.stringContaining(says),
      hint: expect.stringContaining('REDIS_VOLATILE=accept'),
    });
    const heard = hearLog();
    const queue = await createBullQueue({ url, log: heard.log, volatile: true });
    await queue.stop(0);
    expect(heard.messages(40)).toEqual([expect.stringContaining(says)]);
  });

  test('is one installation’s: another one is refused, and what it holds is left alone', async () => {
    const url = await start();
    for (const installation of ['one', 'one']) {
      const queue = await createBullQueue({ url, log: silentLog, installation });
      await queue.stop(0);
    }
    await expect(createBullQueue({ url, log: silentLog, installation: 'two' })).rejects.toMatchObject({
      code: 'queue_of_another',
      hint: expect.stringContaining("redis-cli DEL 'relevo_queue:installation'"),
    });
  });
});

describe.skipIf(redisMissing !== undefined)(`a queue behind Sentinels${left}`, () => {
  test('finds its server by asking them', async () => {
    const server = await startRedis();
    const port = await freePort();
    const master = new URL(server?.url ?? 'redis://none');
    const folder = `/tmp/relevo-sentinel-${port}.conf`;
    const { writeFile, rm } = await import('node:fs/promises');
    await writeFile(
      folder,
      `port ${port}\nbind 127.0.0.1\nsentinel monitor relevo 127.0.0.1 ${master.port} 1\n`,
    );
    const sentinel = spawn('redis-server', [folder, '--sentinel'], { stdio: 'ignore' });
    try {
      const queue = await vi.waitFor(
        () => createBullQueue({ url: `redis+sentinel://127.0.0.1:${port}/relevo`, log: silentLog }),
        { timeout: 10_000, interval: 100 },
      );
      await queue.add({ kind: 'turn', conversation: 'c', seq: 1 });
      expect(await queue.counts()).toMatchObject({ waiting: 1 });
      expect(queue.description).toContain(`relevo by the Sentinels 127.0.0.1:${port}`);
      await queue.stop(0);
    } finally {
      const ended = once(sentinel, 'exit');
      sentinel.kill('SIGKILL');
      await ended;
      await rm(folder, { force: true });
      await server?.stop();
    }
  });
});

describe.skipIf(redisMissing !== undefined)(`a queue in a cluster of three${left}`, () => {
  const nodes: (RedisServer | null)[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 3; n += 1) nodes.push(await startRedis({ 'cluster-enabled': 'yes' }));
    const clients = nodes.map((node) => new Redis(node?.url ?? ''));
    const [first] = clients;
    for (const [index, client] of clients.entries()) {
      const from = Math.floor((16_384 / 3) * index);
      const to = Math.floor((16_384 / 3) * (index + 1)) - 1;
      await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
      if (index > 0) await client.call('CLUSTER', 'MEET', '127.0.0.1', first?.options.port ?? 0);
    }
    for (const client of clients) {
      await vi.waitFor(
        async () => expect(await client.call('CLUSTER', 'INFO')).toContain('cluster_state:ok'),
        { timeout: 20_000, interval: 100 },
      );
      client.disconnect();
    }
  });
  afterAll(async () => {
    for (const node of nodes) await node?.stop();
  });

  test('holds all its keys together and does what is added', async () => {
    const hosts = nodes.map((node) => new URL(node?.url ?? '').host).join(',');
    const queue = await createBullQueue({
      url: `redis+cluster://${hosts}`,
      log: silentLog,
      installation: 'one',
    });
    const done: Work[] = [];
    const handler = async (work: Work) => void done.push(work);
    await queue.work(
      { turn: handler, deliver: handler, deadline: handler, offer: handler, fetch: handler },
      4,
    );
    for (const kind of ['turn', 'deliver', 'deadline', 'offer', 'fetch'] as const) {
      await queue.add({ kind, conversation: 'c', seq: 1 }, kind === 'deadline' ? 50 : 0);
    }
    await vi.waitFor(() => expect(done).toHaveLength(5), 10_000);
    await queue.stop(1_000);
  });
});
