import { type Command, Option } from 'commander';
import { RelevoError } from '../core/errors.ts';
import type { AuditLog } from '../store/audit.ts';
import type { WithStore } from './context.ts';
import { wholeNumber } from './share.ts';

/** Adds `relevo audit [list|check]`: who changed what. */
export function addAudit(program: Command, { withStore, print }: WithStore): void {
  const audit = program
    .command('audit')
    .description('Who changed what, with a reason where one was asked for.');

  audit
    .command('list', { isDefault: true })
    .description('List it, newest first.')
    .addOption(new Option('--limit <n>', 'how many entries').default(50).argParser(wholeNumber))
    .action(async ({ limit }: { limit: number }) => {
      const entries = await withStore((store) => store.audit.list({ limit }));
      if (entries.length === 0) print('Nothing has been changed yet.');
      for (const { number, at, who, action, subject, reason } of entries) {
        const when = new Date(at).toISOString();
        print(`${number}  ${when}  ${who.name}  ${action} ${subject}${reason === '' ? '' : `  ${reason}`}`);
      }
    });

  audit
    .command('check')
    .description('Look whether every entry is as it was written and none is missing; exit code 1 otherwise.')
    .action(async () => print(await withStore((store) => checkedAudit(store.audit))));
}

/** Looks at every link. @returns what was found, for people. @throws RelevoError `audit_broken` */
export async function checkedAudit(audit: AuditLog): Promise<string> {
  const { entries, faults } = await audit.check();
  if (faults.length === 0) return `the audit log is whole: ${entries} entries`;
  throw new RelevoError('audit_broken', `the audit log is not as it was written: ${faults.join('; ')}`, {
    hint: 'Somebody wrote to the database beside Relevo. Compare it with a backup, and change its password.',
  });
}
