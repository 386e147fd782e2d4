import type { Bot } from './bot/bot.ts';
import type { Channel, Inlet } from './channels/channel.ts';
import { type FaultPoint, type FaultSettings, poisonSign } from './fault-settings.ts';
import type { Turns } from './inbox/turn.ts';
import type { Queue } from './queue/queue.ts';
import type { Store } from './store/store.ts';

/** Puts the points at which a process may break on purpose around its parts; without settings each part stays as it is. */
export interface Faults {
  store(store: Store): Store;
  queue(queue: Queue): Queue;
  channel(channel: Channel | undefined): Channel | undefined;
  inlet(inlet: Inlet): Inlet;
  turns(turns: Turns): Turns;
  bot(load: () => Promise<Bot>): () => Promise<Bot>;
}

const none: Faults = {
  store: (store) => store,
  queue: (queue) => queue,
  channel: (channel) => channel,
  inlet: (inlet) => inlet,
  turns: (turns) => turns,
  bot: (load) => load,
};

/**
 * Makes them.
 * @param settings null: none
 * @param end ends or stops this process at once, without a word
 */
export function createFaults(
  settings: FaultSettings | null,
  end: (signal: 'SIGKILL' | 'SIGSTOP') => void = (signal) => void process.kill(process.pid, signal),
): Faults {
  if (settings === null) return none;
  const passed = new Map<FaultPoint, number>();

  function pass(point: FaultPoint): void {
    const count = (passed.get(point) ?? 0) + 1;
    passed.set(point, count);
    const found = settings?.breaks.find((one) => one.point === point && one.pass === count);
    if (found !== undefined) end(found.signal);
  }

  async function around<T>(
    before: FaultPoint | null,
    after: FaultPoint | null,
    work: () => Promise<T>,
  ): Promise<T> {
    if (before !== null) pass(before);
    const result = await work();
    if (after !== null) pass(after);
    return result;
  }

  return {
    store: (store) => ({
      ...store,
      log: {
        ...store.log,
        append: (...given) => around('before-commit', 'after-commit', () => store.log.append(...given)),
      },
      outbox: {
        ...store.outbox,
        lease: (...given) => around(null, 'after-lease', () => store.outbox.lease(...given)),
        settle: (...given) => around('before-settle', 'after-settle', () => store.outbox.settle(...given)),
      },
    }),
    queue: (queue) => ({
      ...queue,
      add: (...given) => around('before-queue', 'after-queue', () => queue.add(...given)),
    }),
    channel: (channel) =>
      channel && {
        ...channel,
        send: (part) => around('before-send', 'after-send', () => channel.send(part)),
      },
    inlet: (inlet) => ({
      ...inlet,
      receive: (message) => around(null, 'before-acknowledge', () => inlet.receive(message)),
    }),
    turns: (turns) => ({
      ...turns,
      take: (...given) => around('before-turn', 'after-turn', () => turns.take(...given)),
    }),
    bot: (load) => (settings.poison ? async () => poisoned(await load()) : load),
  };
}

/** The same, but for what is poison to it. */
function poisoned(bot: Bot): Bot {
  return {
    take(turn, signal) {
      const texts = turn.messages.flatMap((content) => (content.kind === 'text' ? [content.text] : []));
      if (texts.some((text) => text.includes(poisonSign))) throw new Error('a turn that was told to fail');
      return bot.take(turn, signal);
    },
  };
}
