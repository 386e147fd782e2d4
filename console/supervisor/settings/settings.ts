/** Minutes since midnight. */
export interface Shift {
  readonly from: number;
  readonly until: number;
}

/** What relevo.yaml says; times in milliseconds. */
export interface Said {
  readonly timeZone: string;
  readonly tiers: readonly {
    readonly level: number;
    readonly name: string;
    readonly calendar?: string;
    readonly acceptWithin: number;
    readonly solveWithin: number;
    readonly members?: readonly string[];
    readonly skills?: readonly string[];
    readonly capacity?: number;
  }[];
  readonly calendars: Readonly<
    Record<
      string,
      {
        readonly timeZone?: string;
        readonly shifts: Readonly<Record<string, readonly Shift[]>>;
        readonly holidays: readonly string[];
      }
    >
  >;
  readonly plans: readonly {
    readonly name: string;
    readonly title?: string;
    readonly calendar?: string;
    readonly tiers?: readonly number[];
    readonly channels?: readonly string[];
    readonly videoMinutes?: number;
  }[];
  readonly brands: readonly {
    readonly name: string;
    readonly title?: string;
    readonly knowledge?: string;
    readonly channels: readonly string[];
    readonly tiers?: readonly number[];
    readonly calendar?: string;
  }[];
  readonly limits: Readonly<Record<string, number>>;
}

/** What the server tells of the settings. */
export interface Settings {
  readonly file: string;
  /** ISO 8601. */
  readonly since: string | null;
  readonly said: Said;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** A span as the file writes it: `15m`, `1h 30m`. Pure. @param ms milliseconds */
export function spanOf(ms: number): string {
  let rest = ms;
  const words: string[] = [];
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length);
    if (count > 0) words.push(`${count}${unit}`);
    rest -= count * length;
  }
  return words.length === 0 ? `${ms}ms` : words.join(' ');
}

/** A shift as the file writes it: `9:00-14:00`. Pure. */
export function shiftWords({ from, until }: Shift): string {
  const clock = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return `${clock(from)}-${clock(until)}`;
}
