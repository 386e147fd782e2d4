import { describe, expect, test } from 'vitest';
import { createWaitEvidence } from '../../src/escalation/wait-evidence.ts';

const minute = 60_000;

/** Waits of 5 to 14 minutes for the first in line, twice that for the third. */
function lately() {
  const evidence = createWaitEvidence();
  for (let n = 0; n < 100; n += 1) {
    evidence.add(1, { position: 1, waitMs: (5 + (n % 10)) * minute });
    evidence.add(1, { position: 3, waitMs: 2 * (5 + (n % 10)) * minute });
  }
  return evidence;
}

describe('what waits have been lately', () => {
  test('is the range for the next one, by where they stand', () => {
    expect(lately().remaining(1, 1, 0)).toEqual({ lowMs: 5 * minute, highMs: 30 * minute });
    expect(lately().remaining(1, 6, 0)).toMatchObject({ highMs: 30 * minute });
  });

  test('counts only those that waited as long', () => {
    expect(lately().remaining(1, 3, 20 * minute)).toEqual({ lowMs: 2 * minute, highMs: 10 * minute });
  });

  test('promises nothing of a tier, or a wait, of which it knows little', () => {
    expect(lately().remaining(2, 1, 0)).toBeNull();
    expect(lately().remaining(1, 1, 60 * minute)).toBeNull();
    const few = createWaitEvidence();
    for (let n = 0; n < 7; n += 1) few.add(1, { position: 1, waitMs: minute });
    expect(few.remaining(1, 1, 0)).toBeNull();
  });

  test('what is new counts more than what is old', () => {
    const evidence = lately();
    for (let n = 0; n < 300; n += 1) evidence.add(1, { position: 1, waitMs: minute });
    expect(evidence.remaining(1, 1, 0)).toEqual({ lowMs: 0, highMs: minute });
  });
});
