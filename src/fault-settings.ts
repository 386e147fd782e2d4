/** Where a process can be made to break on purpose, in the order in which a message passes them. */
export const faultPoints = [
  'before-commit',
  'after-commit',
  'before-acknowledge',
  'before-queue',
  'after-queue',
  'before-turn',
  'after-turn',
  'after-lease',
  'before-send',
  'after-send',
  'before-settle',
  'after-settle',
] as const;

/** A named point of the path. */
export type FaultPoint = (typeof faultPoints)[number];

/** How a process is to break: only for tests of what then happens. */
export interface FaultSettings {
  /** At which points, at which pass of each (from 1), and whether it is killed or stopped there. */
  readonly breaks: readonly {
    readonly point: FaultPoint;
    readonly pass: number;
    readonly signal: 'SIGKILL' | 'SIGSTOP';
  }[];
  /** How long effects are held, in milliseconds; null: as always. */
  readonly leaseMs: number | null;
  /** Whether the bot throws in a turn in which a customer wrote `poisonSign`. */
  readonly poison: boolean;
}

/** What makes the bot throw in a process that is told so. */
export const poisonSign = '☠';

/**
 * Reads `after-send:3`, `before-commit:1:stop`, `lease:2000` and `poison:1`, with commas between them. Pure.
 * @returns what is wrong with it, in a line, when it is none of these
 */
export function parseFaults(text: string): FaultSettings | string {
  const breaks: FaultSettings['breaks'][number][] = [];
  let leaseMs: number | null = null;
  let poison = false;
  for (const part of text.split(',')) {
    const [name = '', count = '', how = 'kill', ...more] = part.trim().split(':');
    const number = Number(count);
    const point = faultPoints.find((one) => one === name);
    const known =
      (point !== undefined || name === 'lease' || name === 'poison') && (how === 'kill' || how === 'stop');
    if (!known || !/^[1-9]\d{0,6}$/u.test(count) || more.length > 0)
      return `expected a point and its pass, such as after-send:3 or after-send:3:stop; points are ${faultPoints.join(', ')}`;
    if (name === 'lease') leaseMs = number;
    else if (point === undefined) poison = true;
    else breaks.push({ point, pass: number, signal: how === 'kill' ? 'SIGKILL' : 'SIGSTOP' });
  }
  return { breaks, leaseMs, poison };
}
