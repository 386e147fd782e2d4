// Takes away each guard against loss and repetition, one at a time, in a copy of the project, and shows that a test goes red.
// node scripts/prove-guards.mjs [part of a guard's name …]   Exit code 1 when a guard can be taken away unnoticed.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const postgres = 'test/store/postgres.test.ts';
const mongo = 'test/store/mongo.test.ts';

/** Each: what it is, where it stands, what is taken away, and the tests that must notice. */
const guards = [
  {
    name: 'PostgreSQL: the unique key of a commit',
    file: 'src/store/postgres/migrations.ts',
    from: 'create unique index commits_key',
    to: 'create index commits_key',
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: the version check, one commit for each sequence',
    file: 'src/store/postgres/migrations.ts',
    from: 'body jsonb not null,\n  primary key (conversation, seq)\n',
    to: 'body jsonb not null\n',
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: the sending mark',
    file: 'src/store/postgres/lease.ts',
    from: "set state = 'sending', attempts",
    to: "set state = 'pending', attempts",
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: what a dead worker left is unknown',
    file: 'src/store/postgres/lease.ts',
    from: 'unknown = unknown or (e.seq, e.index)',
    to: 'unknown = unknown and (e.seq, e.index)',
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: a lease holds others off',
    file: 'src/store/postgres/lease.ts',
    from: "row.state === 'sending' && row.due_at > now",
    to: "row.state === 'sending' && row.due_at > now && false",
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: the lease as the fence of late writes',
    file: 'src/store/postgres/outbox.ts',
    from: "and lease = $4 and state = 'sending'\nreturning index",
    to: 'and $4::text is not null\nreturning index',
    tests: [postgres],
  },
  {
    name: 'MongoDB: the unique key of a commit',
    file: 'src/store/mongo/collections.ts',
    from: '{ key: { key: 1 }, ...unique }',
    to: '{ key: { key: 1 } }',
    tests: [mongo],
  },
  {
    name: 'MongoDB: the version of an effect, of two who lease it',
    file: 'src/store/mongo/lease.ts',
    from: '{ _id, version },',
    to: '{ _id },',
    tests: [mongo],
  },
  {
    name: 'Outbox: a worker that was held up sends nothing more',
    file: 'src/outbox/send-parts.ts',
    from: 'if (!alive())',
    to: 'if (false)',
    tests: ['test/outbox/held-up.test.ts'],
  },
  {
    name: 'Outbox: an unknown outcome is asked about',
    file: 'src/outbox/send-parts.ts',
    from: 'let unknown = effect.unknown && !by.can.repeatable;',
    to: 'let unknown = false;',
    tests: ['test/outbox/deliver.test.ts'],
  },
  {
    name: 'Leader: a lease that is alive holds others off',
    file: 'src/store/leases.ts',
    from: 'held.until > now',
    to: 'held.until > now && false',
    tests: [postgres],
  },
  {
    name: 'Leader: the fence of a holder that was held up',
    file: 'src/store/fenced-cursors.ts',
    from: 'parse(text).fence > fence',
    to: 'parse(text).fence > fence + 1_000',
    tests: [postgres],
  },
  {
    name: 'Queue: one installation on one Redis',
    file: 'src/queue/redis-keeping.ts',
    from: 'owner === null || owner === installation',
    to: 'true',
    tests: ['test/queue/redis-keeping.test.ts'],
  },
  {
    name: 'Queue: a Redis that forgets is refused',
    file: 'src/queue/redis-keeping.ts',
    from: 'if (!accepted) {',
    to: 'if (false) {',
    tests: ['test/queue/redis-keeping.test.ts'],
  },
];

const words = process.argv.slice(2);
const wanted = guards.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const copy = mkdtempSync(join(tmpdir(), 'relevo-guards-'));
try {
  const files = execFileSync('git', ['ls-files', 'src', 'test', 'samples', '*.json', '*.ts', '*.yaml'], {
    cwd: root,
  });
  for (const file of new Set(files.toString().split('\n').filter(Boolean))) {
    if (!existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  const all = [...new Set(wanted.flatMap(({ tests }) => tests))];
  for (const test of all) {
    if (!passes([test]))
      throw new Error(`${test} fails with every guard in place: nothing can be shown by it`);
  }
  let unnoticed = 0;
  for (const { name, file, from, to, tests } of wanted) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from))
      throw new Error(`${name}: ${file} does not have ${JSON.stringify(from)} any more`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    const noticed = !passes(tests);
    writeFileSync(path, text);
    if (!noticed) unnoticed += 1;
    console.log(`${noticed ? 'red      ' : 'UNNOTICED'} ${name}`);
  }
  console.log(`${wanted.length} guards, ${unnoticed} taken away unnoticed`);
  if (unnoticed > 0) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** Whether these tests pass in the copy; what was left out because an engine is missing shows nothing. */
function passes(tests) {
  const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...tests], {
    cwd: copy,
    encoding: 'utf8',
  });
  if (/ [1-9]\d* skipped/u.test(run.stdout) && !/ [1-9]\d* passed/u.test(run.stdout) && run.status === 0)
    throw new Error(`${tests.join(', ')} was left out: its engine is not here`);
  return run.status === 0;
}
