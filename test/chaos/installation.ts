import { setTimeout as pause } from 'node:timers/promises';
import type { FaultPoint } from '../../src/fault-settings.ts';
import type { Role } from '../../src/role.ts';
import type { Balancer } from './balancer.ts';
import { type RelevoChild, startChild, until } from './process.ts';

/** The points that only a web process is sure to pass: platforms reach it alone, and it does no work itself. */
const webPoints: ReadonlySet<FaultPoint> = new Set(['before-acknowledge', 'before-queue', 'after-queue']);

/** The points that both pass; only workers pass the others. */
const commonPoints: ReadonlySet<FaultPoint> = new Set(['before-commit', 'after-commit']);

function passes(role: Role, point: FaultPoint): boolean {
  return commonPoints.has(point) || webPoints.has(point) === (role === 'web');
}

/** What an installation is made of. */
export interface InstallationDeps {
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly balancer: Balancer;
  readonly webs: number;
  readonly workers: number;
  readonly leaseMs: number;
  /** Points at which processes kill themselves; each start of a process takes one away that it passes. */
  readonly deaths: FaultPoint[];
}

/** Several processes of one Relevo: whoever ends is started again. */
export interface Installation {
  /** Ends so far: by our signals, and by points. */
  readonly ends: { readonly killed: number; readonly atPoints: number; readonly frozen: number };
  /** Processes that were at work and ended though nobody ended them, with their last words. */
  readonly crashes: readonly string[];
  /** Resolves once all are ready. */
  ready(): Promise<void>;
  /** `kill -9` of a worker that is ready; the one that has run longest. Nothing when none is. */
  killWorker(): void;
  /** Deaths at points that are still to come. */
  deathsLeft(): number;
  /** Stops a worker in the middle of a send for so long, and lets it go on. @throws Error when none came to send */
  freezeWorker(forMs: number): Promise<void>;
  /** Stops each process in order, one after another, and starts it again. @returns their exit codes */
  rollOver(): Promise<readonly (number | null)[]>;
  /** Ends them all in order. @returns their exit codes */
  stop(): Promise<readonly (number | null)[]>;
  /** What they said. */
  output(): string;
}

/** Starts them. */
export async function startInstallation(deps: InstallationDeps): Promise<Installation> {
  const roles: Role[] = [...Array<Role>(deps.webs).fill('web'), ...Array<Role>(deps.workers).fill('worker')];
  const slots: { role: Role; child: RelevoChild; freezes: boolean }[] = [];
  const children = new Set<RelevoChild>();
  const working = new Set<RelevoChild>();
  const told = new Set<RelevoChild>();
  const crashes: string[] = [];
  const said: string[] = [];
  const ends = { killed: 0, atPoints: 0, frozen: 0 };
  let over = false;
  let dying = 0;

  async function begin(slot: number, role: Role, freezes = false): Promise<RelevoChild> {
    const at = freezes ? -1 : deps.deaths.findIndex((point) => passes(role, point));
    const [point] = at === -1 ? [] : deps.deaths.splice(at, 1);
    if (point !== undefined) dying += 1;
    const faults = [
      `lease:${deps.leaseMs}`,
      'poison:1',
      ...(point === undefined ? [] : [`${point}:${1 + Math.floor(Math.random() * 5)}`]),
      ...(freezes ? ['after-send:1:stop'] : []),
    ];
    const child = await startChild(role, { ...deps.variables, RELEVO_FAULTS: faults.join(',') }, deps.folder);
    slots[slot] = { role, child, freezes };
    children.add(child);
    child.ready().then(
      () => {
        working.add(child);
        aim();
      },
      () => undefined,
    );
    void child.ended.then(async (code) => {
      children.delete(child);
      aim();
      // One that could not begin is another matter: the store may be away.
      if (code !== null && working.has(child) && !told.has(child))
        crashes.push(`a ${role} ended by itself with ${code}: ${child.output.slice(-1_500)}`);
      said.push(child.output);
      if (point !== undefined) dying -= 1;
      if (over) return;
      if (point !== undefined && code === null) ends.atPoints += 1;
      else if (point !== undefined) deps.deaths.push(point);
      if (slots[slot]?.child !== child) return;
      // The store may be away for a moment: whoever runs it starts it again and again.
      if (code !== null) await pause(2_000);
      if (!over) await begin(slot, role);
    });
    return child;
  }

  function aim(): void {
    const webs = [...children].filter(({ role }) => role === 'web').map(({ url }) => url);
    deps.balancer.aim(webs.filter((url) => url !== null));
  }

  for (const [slot, role] of roles.entries()) {
    await begin(slot, role);
    // The first makes the schema and the sample base before the others come.
    if (slot === 0) await isReady(slot);
  }

  /** Whoever is started there; on a slow computer not the first who tries. */
  async function isReady(slot: number): Promise<void> {
    await until('a process', 200_000, () => (slots[slot]?.child.url ?? null) !== null);
  }

  async function end(child: RelevoChild): Promise<number | null> {
    told.add(child);
    child.signal('SIGTERM');
    const late = setTimeout(() => child.signal('SIGKILL'), 30_000);
    const code = await child.ended;
    clearTimeout(late);
    return code;
  }

  return {
    ends,
    crashes,
    async ready() {
      await until('all processes ready', 400_000, () => slots.every(({ child }) => child.url !== null));
    },
    deathsLeft: () => deps.deaths.length + dying,
    killWorker() {
      const [oldest] = slots
        .filter(({ role, child }) => role === 'worker' && child.readyAt !== null)
        .sort((a, b) => (a.child.readyAt ?? 0) - (b.child.readyAt ?? 0));
      if (oldest === undefined) return;
      ends.killed += 1;
      oldest.child.signal('SIGKILL');
    },
    async freezeWorker(forMs) {
      const slot = slots.findIndex(({ role }) => role === 'worker');
      const before = slots[slot]?.child;
      if (before === undefined) throw new Error('there is no worker');
      const child = await begin(slot, 'worker', true);
      await end(before);
      await until('a worker in the middle of a send', 240_000, () => child.isStopped()).catch((cause) => {
        throw new Error(`no worker came to a send:\n${child.output.slice(-3_000)}`, { cause });
      });
      ends.frozen += 1;
      await pause(forMs);
      child.signal('SIGCONT');
    },
    async rollOver() {
      const codes: (number | null)[] = [];
      for (const [slot, { role, child }] of slots.entries()) {
        await begin(slot, role);
        await isReady(slot);
        codes.push(await end(child));
      }
      return codes;
    },
    async stop() {
      over = true;
      return await Promise.all([...children].map((child) => (child.url === null ? kill(child) : end(child))));
    },
    output: () => [...said, ...[...children].map((child) => child.output)].join('\n'),
  };

  async function kill(child: RelevoChild): Promise<number | null> {
    child.signal('SIGKILL');
    return await child.ended;
  }
}
