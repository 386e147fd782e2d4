import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addAudit } from '../../src/cli/audit.ts';
import type { Store } from '../../src/store/store.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';

test('lists who changed what, and tells when an entry was removed', async () => {
  const { audit, tamper } = createMemoryAudit();
  const printed: string[] = [];
  const run = (...words: string[]) => {
    const program = new Command('relevo').exitOverride();
    const store = { audit } as unknown as Store;
    addAudit(program, { withStore: (use) => use(store), print: (line) => printed.push(line) });
    return program.parseAsync(['audit', ...words], { from: 'user' });
  };
  const who = { id: 'eva', name: 'Eva' };
  const entry = { at: 0, who, subject: 'version/2', before: null, after: 2 };
  await run();
  await audit.add({ ...entry, action: 'base.publish', reason: 'It is urgent' });
  await audit.add({ ...entry, action: 'base.roll-back', reason: '' });
  await run('list');
  await run('check');
  expect(printed).toEqual([
    'Nothing has been changed yet.',
    '2  1970-01-01T00:00:00.000Z  Eva  base.roll-back version/2',
    '1  1970-01-01T00:00:00.000Z  Eva  base.publish version/2  It is urgent',
    'the audit log is whole: 2 entries',
  ]);
  tamper((entries) => entries.slice(1));
  await expect(run('check')).rejects.toMatchObject({
    code: 'audit_broken',
    message: expect.stringContaining('entry 1 is missing'),
  });
});
