import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { secretHash } from '../core/ids.ts';
import { type Role, roles } from '../store/accounts.ts';
import type { WithStore } from './context.ts';

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
      await withStore(({ accounts }) =>
        accounts.addToken({ hash: secretHash(secret), name, role, createdAt: Date.now() }),
      );
      print(secret);
    });
}
