import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { entry, secret, servers, tokenIn } from './video-world.ts';

const root = join(import.meta.dirname, '../..');

test('npm run video:token prints a token and its link', async () => {
  const words = ['src/cli/video-token.ts', '--room', entry.room, '--role', 'agent', '--name', '<b>Ana</b>'];
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...servers.HS256 };
  const { stdout } = await promisify(execFile)(join(root, 'node_modules/.bin/tsx'), words, {
    cwd: root,
    env,
  });
  const [token = '', link = '', until = ''] = stdout.split('\n').map((line) => line.slice(7));
  expect(link).toBe(`https://meet.example.com/${entry.room}?jwt=${token}`);
  expect(tokenIn(link)).toBe(token);
  const read = jwt.verify(token, secret, { algorithms: ['HS256'], audience: 'jitsi', issuer: 'relevo' });
  expect(read).toMatchObject({ room: entry.room, context: { user: { name: 'Ana', moderator: 'true' } } });
  expect(Date.parse(until) / 1_000).toBe(typeof read === 'string' ? 0 : read.exp);
}, 60_000);
