import { expect, test } from 'vitest';
import { parseRedisAddress, placeOfRedis } from '../../src/queue/redis-address.ts';

const plain = { master: '', username: null, password: null, database: 0, tls: false };

test.each([
  ['redis://h', { ...plain, kind: 'single', nodes: [{ host: 'h', port: 6379 }] }, 'h:6379'],
  [
    'rediss://me:p%40ss@h:7000/3',
    {
      ...plain,
      kind: 'single',
      nodes: [{ host: 'h', port: 7000 }],
      username: 'me',
      password: 'p@ss',
      database: 3,
      tls: true,
    },
    'h:7000/3',
  ],
  [
    'redis://:secret@[::1]:6380',
    { ...plain, kind: 'single', nodes: [{ host: '::1', port: 6380 }], password: 'secret' },
    '::1:6380',
  ],
  [
    'redis+sentinel://a:26379,b/relevo/2',
    {
      ...plain,
      kind: 'sentinel',
      nodes: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 26379 },
      ],
      master: 'relevo',
      database: 2,
    },
    'relevo/2 by the Sentinels a:26379, b:26379',
  ],
  [
    'rediss+cluster://u:p@a:1,b:2,c',
    {
      ...plain,
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
        { host: 'c', port: 6379 },
      ],
      username: 'u',
      password: 'p',
      tls: true,
    },
    'the cluster of a:1, b:2, c:6379',
  ],
])('%s', (address, parsed, place) => {
  const read = parseRedisAddress(address);
  expect(read).toEqual(parsed);
  expect(read && placeOfRedis(read)).toBe(place);
});

test.each([
  'http://h',
  'redis://',
  'redis://h:70000',
  'redis://a,b',
  'redis://h/x',
  'redis://h/1/2',
  'redis+sentinel://a',
  'redis+sentinel://a/',
  'redis+sentinel://a/name/x',
  'redis+cluster://a,b/2',
  'redis+other://a',
  'redis://u:%@h',
])('%s is none', (address) => {
  expect(parseRedisAddress(address)).toBeNull();
});
