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

/** Each: what it is, where it stands, what is taken away, and the tests that must notice; of their files only these. */
const guards = [
  {
    name: 'PostgreSQL: the unique key of a commit',
    file: 'src/store/postgres/migrations.ts',
    from: 'create unique index commits_key',
    to: 'create index commits_key',
    only: 'stores a key once',
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: the version check, one commit for each sequence',
    file: 'src/store/postgres/migrations.ts',
    from: 'body jsonb not null,\n  primary key (conversation, seq)\n',
    to: 'body jsonb not null\n',
    only: 'refuses a sequence that is taken',
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: the sending mark',
    file: 'src/store/postgres/lease.ts',
    from: "set state = 'sending', attempts",
    to: "set state = 'pending', attempts",
    only: 'is not leased twice while a lease is alive',
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: what a dead worker left is unknown',
    file: 'src/store/postgres/lease.ts',
    from: 'unknown = unknown or (e.seq, e.index)',
    to: 'unknown = unknown and (e.seq, e.index)',
    only: 'hands an expired lease over as unknown',
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: a lease holds others off',
    file: 'src/store/postgres/lease.ts',
    from: "row.state === 'sending' && row.due_at > now",
    to: "row.state === 'sending' && row.due_at > now && false",
    only: 'is not leased twice even where its holder',
    tests: [postgres],
  },
  {
    name: 'PostgreSQL: the lease as the fence of late writes',
    file: 'src/store/postgres/outbox.ts',
    from: "and lease = $4 and state = 'sending'\nreturning index",
    to: 'and $4::text is not null\nreturning index',
    only: 'refuses what the former holder writes late',
    tests: [postgres],
  },
  {
    name: 'MongoDB: the unique key of a commit',
    file: 'src/store/mongo/collections.ts',
    from: '{ key: { key: 1 }, ...unique }',
    to: '{ key: { key: 1 } }',
    only: 'stores a key once',
    tests: [mongo],
  },
  {
    name: 'MongoDB: the version of an effect, of two who lease it',
    file: 'src/store/mongo/lease.ts',
    from: '{ _id, version },',
    to: '{ _id },',
    only: 'is not leased twice while a lease is alive',
    tests: [mongo],
  },
  {
    name: 'MongoDB: the lease as the fence of late writes',
    file: 'src/store/mongo/outbox.ts',
    from: "updateOne({ _id: name, lease, state: 'sending' }, update)",
    to: 'updateOne({ _id: name, ...(lease && {}) }, update)',
    only: 'refuses what the former holder writes late',
    tests: [mongo],
  },
  {
    name: 'MongoDB: an effect is there once, and what became of it stays',
    file: 'src/store/mongo/database.ts',
    from: 'await model.collection.insertMany([...documents] as never[], { ordered: false });',
    to: 'for (const one of documents as never[]) await model.collection.replaceOne({ _id: one["_id"] }, one, { upsert: true });',
    only: 'leaves what became of its effects',
    tests: ['test/store/mongo-crash.test.ts'],
  },
  {
    name: 'Outbox: a worker that was held up sends nothing more',
    file: 'src/outbox/send-parts.ts',
    from: 'if (!alive())',
    to: 'if (false)',
    only: 'held up until its lease was over',
    tests: ['test/outbox/held-up.test.ts'],
  },
  {
    name: 'Outbox: an unknown outcome is asked about',
    file: 'src/outbox/send-parts.ts',
    from: 'let unknown = effect.unknown && !by.can.repeatable;',
    to: 'let unknown = false;',
    only: 'is asked for again for a while',
    tests: ['test/outbox/deliver.test.ts'],
  },
  {
    name: 'Leader: a lease that is alive holds others off',
    file: 'src/store/leases.ts',
    from: 'held.until > now',
    to: 'held.until > now && false',
    only: 'of many who want one at the same moment',
    tests: [postgres],
  },
  {
    name: 'Leader: the number of each hold, higher with each holder',
    file: 'src/store/leases.ts',
    from: '(held?.fence ?? 0) + (mine ? 0 : 1)',
    to: '1',
    only: 'cannot set back what the next one wrote',
    tests: [postgres],
  },
  {
    name: 'Leader: the fence of a holder that was held up',
    file: 'src/store/fenced-cursors.ts',
    from: 'parse(text).fence > fence',
    to: 'parse(text).fence > fence + 1_000',
    only: 'cannot set back what the next one wrote',
    tests: [postgres],
  },
  {
    name: 'Queue: one installation on one Redis',
    file: 'src/queue/redis-keeping.ts',
    from: 'owner === null || owner === installation',
    to: 'true',
    only: 'another one is refused',
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

/** How the last tests ended, in their own words. */
let said = '';

const words = process.argv.slice(2);
const wanted = guards.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const copy = mkdtempSync(join(tmpdir(), 'relevo-guards-'));
try {
  const files = execFileSync(
    'git',
    [
      'ls-files',
      '--cached',
      '--others',
      '--exclude-standard',
      'src',
      'test',
      'samples',
      '*.json',
      '*.ts',
      '*.yaml',
    ],
    {
      cwd: root,
    },
  );
  for (const file of new Set(files.toString().split('\n').filter(Boolean))) {
    if (!existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  for (const test of new Set(wanted.flatMap(({ tests }) => tests))) {
    const names = wanted.filter(({ tests }) => tests.includes(test)).map(({ only = '' }) => only);
    if (!passes([test], names.includes('') ? '' : [...new Set(names)].join('|')))
      throw new Error(`${test} fails with every guard in place: nothing can be shown by it\n${said}`);
  }
  let unnoticed = 0;
  for (const { name, file, from, to, only = '', tests } of wanted) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from))
      throw new Error(`${name}: ${file} does not have ${JSON.stringify(from)} any more`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    const noticed = !passes(tests, only);
    writeFileSync(path, text);
    if (!noticed) unnoticed += 1;
    console.log(`${noticed ? 'red      ' : 'UNNOTICED'} ${name}`);
  }
  console.log(`${wanted.length} guards, ${unnoticed} taken away unnoticed`);
  if (unnoticed > 0) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/**
 * Whether these tests pass in the copy. Where none of them ran nothing is shown: their engine is missing, or they have
 * another name.
 * @param {readonly string[]} tests files
 * @param {string} only a pattern of names, or nothing for all of them
 */
function passes(tests, only) {
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--bail',
    '1',
    ...(only === '' ? [] : ['-t', only]),
    ...tests,
  ];
  const run = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, CI: '', NO_COLOR: '1' },
  });
  const counts = /^\s*Tests\s.*$/mu.exec(run.stdout)?.[0] ?? '';
  if (run.status === 0 && !/ [1-9]\d* passed/u.test(counts))
    throw new Error(`${tests.join(', ')}: no test ran (${counts.trim() || run.stderr.slice(-500)})`);
  said = run.stdout.slice(-3_000);
  return run.status === 0;
}
