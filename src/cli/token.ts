import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { systemClock } from '../core/clock.ts';
import { secretHash } from '../core/ids.ts';
import { type Role, roles } from '../store/accounts.ts';
import type { WithStore } from './context.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

/** Adds `relevo token create`: a key for programs. It is shown once and stored as a hash. */
export function addToken(program: Command, { withStore, print }: WithStore): void {
  const token = program.command('token').description('Keys for programs that use the web interface.');
  token
    .command('create')
    .description('Make a key, to be sent as "Authorization: Bearer <key>". It is shown this once.')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).default('agent'))
    .option('--name <name>', 'what it is for', 'token')
    .action(async ({ role, name }: { role: Role; name: string }) => {
      const secret = `rlv_${randomBytes(32).toString('base64url')}`;
      await withStore(async ({ accounts, audit }) => {
        await accounts.addToken({ hash: secretHash(secret), name, role, createdAt: systemClock.now() });
        const after = { name, role, expiresAt: null };
        await writeDownIn(audit)(commandWriter(), 'token.add', `token/${name}`, null, after);
      });
      print(secret);
    });
}
