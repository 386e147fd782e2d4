import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/store/audit.ts';
import { createMemoryAudit } from './memory-audit.ts';

/** A log of four entries that a test may tamper with. */
async function written() {
  const { audit: log, tamper } = createMemoryAudit();
  for (const n of [1, 2, 3, 4]) {
    const who = { id: 'eva', name: 'Eva' };
    await log.add({ at: n, who, action: 'a', subject: 's', reason: '', before: null, after: n });
  }
  return { log, tamper };
}

describe('the audit log shows', () => {
  test('nothing where nothing was done to it', async () => {
    expect(await (await written()).log.check()).toEqual({ entries: 4, faults: [] });
  });

  test.each<[string, (entries: AuditEntry[]) => AuditEntry[], string]>([
    ['a removed entry', (all) => all.filter(({ number }) => number !== 2), 'entry 2 is missing'],
    ['a removed beginning', (all) => all.slice(2), 'entries 1 to 2 are missing'],
    ['a removed end', (all) => all.slice(0, 2), 'entries 3 to 4 are missing'],
    ['an emptied log', () => [], 'entries 1 to 4 are missing'],
    [
      'an altered value',
      (all) => all.map((one) => (one.number === 3 ? { ...one, after: 7 } : one)),
      'entry 3 is not as it was written, or follows another one',
    ],
    [
      'another author',
      (all) => all.map((one) => (one.number === 1 ? { ...one, who: { id: 'x', name: 'X' } } : one)),
      'entry 1 is not as it was written, or follows another one',
    ],
    [
      'a removed entry whose place the others took',
      (all) => all.slice(1).map((one) => ({ ...one, number: one.number - 1 })),
      'entry 1 is not as it was written, or follows another one',
    ],
  ])('%s', async (_, change, fault) => {
    const { log, tamper } = await written();
    tamper(change);
    expect((await log.check()).faults).toContain(fault);
  });
});
