import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { inject } from 'vitest';
import type { ServerAddress } from './postgres-setup.ts';

/** A database of a test file's own. */
export interface TestDatabase {
  /** For the `pg` package; its user owns the database. */
  readonly url: string;
  /** Removes it, closing what connections are left. */
  drop(): Promise<void>;
}

/**
 * An empty database on the PostgreSQL of this test run: the server at `DATABASE_URL_TEST`, whose user must be allowed
 * to make databases, or else the one that comes with Relevo. Commits do not wait for the disk there.
 */
export async function openDatabase(): Promise<TestDatabase> {
  const address: ServerAddress = JSON.parse(await text(connect(inject('postgresPort'), '127.0.0.1')));
  if ('fault' in address) throw new Error(`no PostgreSQL for the tests: ${address.fault}`);
  const { admin, user } = address;
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = new URL(user);
  url.pathname = `/${name}`;
  await ask(admin, [
    `create database ${name} owner ${pg.escapeIdentifier(decodeURIComponent(url.username))} template template0`,
    `alter database ${name} set synchronous_commit = off`,
  ]);
  return { url: url.href, drop: () => ask(admin, [`drop database if exists ${name} with (force)`]) };
}

async function ask(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
