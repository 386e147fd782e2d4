/**
 * Runs tasks of one key one after another, and tasks of different keys side by side.
 * It spares writers of one conversation in this process from meeting in the store; it is no lock between processes.
 */
export interface Lanes {
  /** Resolves or rejects as the task does, after all earlier tasks of the key. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** The same for a task of several keys. No two tasks wait for each other, whatever keys they have in common. */
  runOnAll<T>(keys: readonly string[], task: () => Promise<T>): Promise<T>;
}

/** Lanes that cost nothing while no task runs. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  const run: Lanes['run'] = (key, task) => {
    const before = tails.get(key);
    const mine = before === undefined ? task() : before.then(task, task);
    tails.set(key, mine);
    const leave = () => {
      if (tails.get(key) === mine) tails.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  };
  return {
    run,
    // Everybody takes them in one order.
    runOnAll: (keys, task) =>
      [...new Set(keys)].sort().reduceRight((inner, key) => () => run(key, inner), task)(),
  };
}
