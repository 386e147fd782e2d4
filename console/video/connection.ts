import type { Connection, Door } from './door.ts';

const trips = 5;
const smallBytes = 32 * 1024;
const downBytes = 384 * 1024;
const upBytes = 192 * 1024;
/** A connection that takes longer for its part is a bad one, and waiting on would tell no more. */
const partMs = 8_000;
/** Quicker than this says little of how much goes through: then more is sent. */
const quickMs = 400;

/** What a call with a picture wants, and what a voice alone gets by with. */
const fair = { roundTripMs: 400, kbps: 500 };
const poor = { roundTripMs: 1_200, kbps: 120 };

/**
 * Measures the way to our own server: there and back, and how much goes through either way, with less than a megabyte.
 * @param now in milliseconds, of a clock that only goes forward
 */
export async function measure(door: Pick<Door, 'down' | 'up'>, now: () => number): Promise<Connection> {
  const timed = async (what: (signal: AbortSignal) => Promise<void>): Promise<number> => {
    const from = now();
    await what(AbortSignal.timeout(partMs));
    return now() - from;
  };
  /** A small part first: on a slow connection it is enough. */
  const kbps = async (move: Door['down'], bytes: number, roundTripMs: number): Promise<number> => {
    const rate = (moved: number, ms: number) => Math.round((moved * 8) / Math.max(1, ms - roundTripMs / 2));
    const first = await timed((signal) => move(smallBytes, signal));
    if (first - roundTripMs > quickMs) return rate(smallBytes, first);
    return rate(bytes, await timed((signal) => move(bytes, signal)));
  };
  let roundTripMs: number | null = null;
  let downKbps: number | null = null;
  try {
    const times: number[] = [];
    // The first one also opens the connection.
    for (let trip = 0; trip <= trips; trip += 1) times.push(await timed((signal) => door.down(0, signal)));
    roundTripMs = Math.round(times.slice(1).toSorted((a, b) => a - b)[Math.floor(trips / 2)] ?? 0);
    downKbps = await kbps(door.down, downBytes, roundTripMs);
    const upKbps = await kbps(door.up, upBytes, roundTripMs);
    return { outcome: worth(roundTripMs, Math.min(downKbps, upKbps)), roundTripMs, downKbps, upKbps };
  } catch {
    // Nothing came back in time: that is what was measured.
    return { outcome: 'bad', roundTripMs, downKbps, upKbps: null };
  }
}

function worth(roundTripMs: number, kbps: number): Connection['outcome'] {
  if (roundTripMs > poor.roundTripMs || kbps < poor.kbps) return 'bad';
  return roundTripMs > fair.roundTripMs || kbps < fair.kbps ? 'weak' : 'good';
}
