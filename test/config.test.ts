import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { RelevoError } from '../src/core/errors.ts';
import { parseLadder } from '../src/ladder-file.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'relevo-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(env: Record<string, string>): string {
  try {
    readConfig(env, folder);
  } catch (error) {
    if (error instanceof RelevoError && error.code === 'bad_settings') return error.message;
    throw error;
  }
  return '';
}

describe('the settings', () => {
  test('nothing has to be set, and what is empty is not set', () => {
    for (const env of [{}, { PORT: '', DATABASE_URL: '', RELEVO_CONFIG: '' }]) {
      expect(readConfig(env, folder)).toMatchObject({
        host: '127.0.0.1',
        port: 3000,
        publicUrl: null,
        dataFolder: join(folder, 'data'),
        databaseUrl: null,
        redisUrl: null,
        metricsPublic: false,
        trustProxy: false,
        ladder: { language: 'es' },
      });
    }
  });

  test('models are off unless their address is set', () => {
    expect(readConfig({}, folder)).toMatchObject({ llm: null, embeddings: null });
    const llm = { LLM_BASE_URL: 'http://127.0.0.1:11434/v1', LLM_MODEL: 'm', LLM_API_KEY: 'k-1' };
    const embeddings = { EMBEDDINGS_URL: 'http://127.0.0.1:11434/v1', EMBEDDINGS_MODEL: 'e' };
    expect(readConfig({ ...llm, ...embeddings }, folder)).toMatchObject({
      llm: { baseUrl: llm.LLM_BASE_URL, model: 'm', apiKey: 'k-1' },
      embeddings: { url: embeddings.EMBEDDINGS_URL, model: 'e', apiKey: 'k-1' },
    });
    const elsewhere = { ...embeddings, EMBEDDINGS_URL: 'https://e.example/v1' };
    expect(readConfig({ ...llm, ...elsewhere }, folder).embeddings?.apiKey).toBeNull();
    expect(readConfig({ EMBEDDINGS_URL: 'file:/models/e5' }, folder).embeddings).toEqual({
      url: 'file:/models/e5',
      model: null,
      apiKey: null,
    });
  });

  test.each([
    [{ LLM_BASE_URL: 'https://m.example/v1' }, 'LLM_MODEL: expected the name of the model'],
    [{ LLM_MODEL: 'm' }, 'LLM_BASE_URL: expected the address'],
    [{ EMBEDDINGS_URL: 'https://m.example/v1' }, 'EMBEDDINGS_MODEL: expected the name'],
    [{ EMBEDDINGS_URL: 'file:/m', EMBEDDINGS_MODEL: 'e' }, 'EMBEDDINGS_MODEL: expected nothing'],
    [{ LLM_BASE_URL: 'file:/m', LLM_MODEL: 'm' }, 'LLM_BASE_URL: expected an address'],
    [{ LLM_BASE_URL: 'https://u:secret@m.example/v1', LLM_MODEL: 'm' }, 'without a user name'],
    [{ LLM_API_KEY: 'my secret' }, 'LLM_API_KEY: expected letters'],
  ])('a model that is set by halves is told: %j', (env, fault) => {
    expect(faultsOf(env as Record<string, string>)).toContain(fault);
    expect(faultsOf(env as Record<string, string>)).not.toContain('secret');
  });

  test('one installation has one store, and a queue beside it', () => {
    const mongo = 'mongodb://u:secret@a:27017,b:27017/relevo?replicaSet=r';
    const [postgres, redis] = ['postgres://h/relevo', 'redis://h:6379'];
    expect(readConfig({ MONGODB_URL: mongo, REDIS_URL: redis }, folder).databaseUrl).toBe(mongo);
    for (const [env, fault] of [
      [{ MONGODB_URL: mongo, REDIS_URL: redis, DATABASE_URL: postgres }, 'set one of the two'],
      [{ MONGODB_URL: mongo }, 'REDIS_URL: expected the address of a Redis'],
      [{ MONGODB_URL: 'secret@h', REDIS_URL: redis }, 'MONGODB_URL: expected an address like'],
    ] as const) {
      expect(faultsOf(env)).toContain(fault);
      expect(faultsOf(env)).not.toContain('secret');
    }
  });

  test('what is set is read', () => {
    const read = readConfig(
      {
        PORT: '0',
        PUBLIC_URL: 'https://help.example/',
        RELEVO_DATA: '/srv/relevo',
        TRUST_PROXY: 'on',
        LOG_FORMAT: 'json',
      },
      folder,
    );
    expect(read).toMatchObject({ port: 0, publicUrl: 'https://help.example', dataFolder: '/srv/relevo' });
    expect(read).toMatchObject({ trustProxy: true, logFormat: 'json' });
  });

  test.each(['abc', '-1', '65536', '1e3', '0x50', ' ', '3.5'])('PORT "%s" is no port', (PORT) => {
    expect(faultsOf({ PORT })).toContain(`PORT: expected a port number, 0 to 65535 (it is "${PORT}")`);
  });

  test.each(['', 'tcp://host', 'hunter2:5432', 'hunter2-hunter2'])(
    'an address such as "%s" is never shown',
    (wrong) => {
      const value = wrong === '' ? 'mysql://me:hunter2@host/db' : wrong;
      for (const name of ['DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL']) {
        const faults = faultsOf({ [name]: value });
        expect(faults).toContain(`${name}: expected an address like `);
        expect(faults).not.toContain(value);
        expect(faults).not.toContain('hunter2');
      }
    },
  );

  test('all faults are told at once, those of the file too', () => {
    writeFileSync(join(folder, 'wrong.yaml'), 'language: fr\n');
    const faults = faultsOf({
      PORT: 'x',
      LOG_LEVEL: 'loud',
      LOG_FORMAT: 'xml',
      METRICS_PUBLIC: 'yes',
      TRUST_PROXY: '1',
      RELEVO_CONFIG: 'wrong.yaml',
    });
    expect(faults.split('\n').map((line) => line.trim().split(':')[0])).toEqual([
      'the settings have 6 fault(s)',
      'PORT',
      'LOG_LEVEL',
      'LOG_FORMAT',
      'METRICS_PUBLIC',
      'TRUST_PROXY',
      'wrong.yaml line 1',
    ]);
    expect(faults).toContain('METRICS_PUBLIC: expected on or off (it is "yes")');
  });

  test('a named file must be there; without a name it may be missing', () => {
    expect(faultsOf({ RELEVO_CONFIG: 'nowhere.yaml' })).toContain(
      'RELEVO_CONFIG: nowhere.yaml cannot be read',
    );
    expect(faultsOf({})).toBe('');
  });
});

describe('relevo.yaml', () => {
  test('empty means the defaults', () => {
    const read = parseLadder('', 'relevo.yaml');
    expect(read).toMatchObject({
      ladder: { botAnswerMs: 8_000, limits: { leaseMs: 1_800_000, reminders: 2 } },
    });
    expect('ladder' in read && read.ladder.tiers.map(({ level }) => level)).toEqual([1, 2, 3]);
  });

  test('durations become milliseconds', () => {
    const text = 'tiers: [{level: 3, name: Uno, acceptWithin: 90s, solveWithin: 1.5 h}]\nlimits: {idle: 2d}';
    expect(parseLadder(text, 'x')).toMatchObject({
      ladder: {
        tiers: [{ level: 3, name: 'Uno', acceptWithinMs: 90_000, solveWithinMs: 5_400_000 }],
        limits: { idleMs: 172_800_000 },
      },
    });
  });

  test('every fault at once, each with its line', () => {
    const text = [
      'tiers:',
      '  - level: 2',
      '    name: A',
      '    acceptWithin: soon',
      '  - level: 1',
      '    name: ""',
      '    salary: 3',
      'limits:',
      '  reminders: 99',
      '  leash: 1h',
      'colour:',
      '  red: 1',
    ].join('\n');
    const read = parseLadder(text, 'relevo.yaml');
    const lines =
      'faults' in read ? read.faults.map((fault) => /line (\d+): ([\w.]+)/u.exec(fault)?.slice(1)) : [];
    expect(lines.sort()).toEqual(
      [
        ['4', 'tiers.0.acceptWithin'],
        ['5', 'tiers.1.level'],
        ['6', 'tiers.1.name'],
        ['7', 'tiers.1.salary'],
        ['9', 'limits.reminders'],
        ['10', 'limits.leash'],
        ['11', 'colour'],
      ].sort(),
    );
  });

  test.each([
    ['tiers: []', 'at least one tier is needed'],
    ['tiers: [{level: 1}]', 'tiers.0.name'],
    ['tiers: 7', 'tiers'],
    ['- a list', 'the file'],
    ['just words', 'the file'],
    ['tiers: [{level: 1, name: A}', 'line 1'],
    ['a: 1\na: 2', 'line 2'],
    ['limits: {idle: 0s}', '"0s" is no duration'],
    ['limits: {idle: 5}', 'limits.idle'],
    ['limits: {idle: -5m}', 'is no duration'],
  ])('%j is a fault', (text, says) => {
    const read = parseLadder(text, 'relevo.yaml');
    expect('faults' in read ? read.faults.join('\n') : 'none').toContain(says);
  });
});

describe('the settings of video in the whole', () => {
  test('are off, or a server, or faults among the others', () => {
    expect(readConfig({}, folder).video).toBeNull();
    expect(readConfig({ JITSI_DOMAIN: 'meet.example.com', JITSI_TENANT: '' }, folder).video).toMatchObject({
      kind: 'jitsi',
      signing: null,
    });
    const faults = faultsOf({
      JITSI_DOMAIN: 'meet.example.com',
      JITSI_APP_ID: 'a',
      JITSI_APP_SECRET: 'short',
      PORT: 'x',
    });
    expect(faults).toContain('JITSI_APP_SECRET: the shared secret is shorter than 256 bits');
    expect(faults).toContain('PORT: ');
    expect(faults).not.toContain('"short"');
  });
});

describe('the settings of signing in elsewhere', () => {
  const whole = {
    PUBLIC_URL: 'https://support.example.com',
    OIDC_ISSUER: 'https://id.example.com',
    OIDC_CLIENT_ID: 'relevo',
    OIDC_CLIENT_SECRET: 'not to be shown',
  };

  test('are off, or whole', () => {
    expect(readConfig({}, folder).oidc).toBeNull();
    expect(readConfig(whole, folder).oidc).toEqual({
      issuer: 'https://id.example.com',
      clientId: 'relevo',
      clientSecret: 'not to be shown',
      scopes: ['openid', 'email', 'profile'],
      name: 'id.example.com',
      joins: null,
    });
    const more = { OIDC_SCOPES: 'openid, email', OIDC_DEFAULT_ROLE: 'agent', OIDC_DOMAINS: 'Acme.example' };
    expect(readConfig({ ...whole, ...more, OIDC_NAME: 'Acme' }, folder).oidc).toMatchObject({
      name: 'Acme',
      scopes: ['openid', 'email'],
      joins: { role: 'agent', domains: ['acme.example'] },
    });
    const here = { ...whole, OIDC_ISSUER: 'http://localhost:8080/realms/a' };
    expect(readConfig(here, folder).oidc?.name).toBe('localhost:8080');
  });

  test.each([
    [{ PUBLIC_URL: '' }, 'PUBLIC_URL: '],
    [{ OIDC_ISSUER: '' }, 'OIDC_ISSUER: '],
    [{ OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID: '],
    [{ OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET: '],
    [{ OIDC_ISSUER: 'id.example.com' }, 'OIDC_ISSUER: '],
    [{ OIDC_ISSUER: 'http://id.example.com' }, 'https'],
    [{ OIDC_ISSUER: 'http://localhost.evil.example' }, 'https'],
    [{ OIDC_SCOPES: 'email' }, 'openid'],
    [{ OIDC_DEFAULT_ROLE: 'administrator', OIDC_DOMAINS: 'a.b' }, 'expected agent'],
    [{ OIDC_DEFAULT_ROLE: 'agent' }, 'OIDC_DOMAINS: '],
    [{ OIDC_DOMAINS: 'acme.example' }, 'OIDC_DEFAULT_ROLE: '],
    [{ OIDC_DEFAULT_ROLE: 'agent', OIDC_DOMAINS: '*' }, 'example.com'],
  ])('are faulty: %j', (change, says) => {
    const faults = faultsOf({ ...whole, ...change });
    expect(faults).toContain(says);
    expect(faults).not.toContain('not to be shown');
  });
});
