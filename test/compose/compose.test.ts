import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import ms from 'ms';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { environmentOf, readCompose, root, type Service, textOf } from './compose-file.ts';

const secrets = {
  MONGO_ROOT_PASSWORD: 'aaa1',
  MONGO_PASSWORD: 'bbb2',
  REDIS_PASSWORD: 'ccc3',
  POSTGRES_ROOT_PASSWORD: 'ddd4',
  POSTGRES_PASSWORD: 'eee5',
  JITSI_APP_SECRET: 'fff6',
  JITSI_JICOFO_PASSWORD: 'ggg7',
  JITSI_JVB_PASSWORD: 'hhh8',
};
const variables = { ...secrets, RELEVO_ENGINES: 'mongo', PUBLIC_URL: 'https://support.example.com' };
const compose = readCompose(variables);
const services = Object.entries(compose.services);
const service = (name: string): Service => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`there is no service ${name}`);
  return found;
};
const of = (profile: string | null) =>
  services.filter(([, { profiles }]) =>
    profile === null ? profiles === undefined : profiles?.includes(profile),
  );
const namesOf = (profile: string | null) => of(profile).map(([name]) => name);

describe('docker-compose.yml', () => {
  test('is a compose file by the schema of the specification', () => {
    const ajv = new Ajv.default({ strict: false, allErrors: true });
    ajv.addFormat('duration', /^(?:\d+(?:\.\d+)?(?:h|m|s|ms|us))+$/u);
    const schema: object = JSON.parse(textOf('test/compose/schema/compose-spec.json'));
    const validate = ajv.compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
    expect(validate(structuredClone(compose)), JSON.stringify(validate.errors, null, 1)).toBe(true);
    const broken = { ...compose, services: { ...compose.services, web: { imagine: 'relevo' } } };
    expect(validate(broken)).toBe(false);
  });

  test('is two that serve and two that work behind a proxy, with the engines that a profile names', () => {
    expect(namesOf(null)).toEqual(['proxy', 'web-1', 'web-2', 'worker-1', 'worker-2']);
    expect(namesOf('mongo')).toEqual(['mongo', 'redis']);
    expect(namesOf('postgres')).toEqual(['postgres']);
    expect(namesOf('jitsi')).toEqual(['jitsi-web', 'jitsi-prosody', 'jitsi-jicofo', 'jitsi-jvb']);
    expect(['web-1', 'web-2', 'worker-1', 'worker-2'].map((name) => service(name).command?.at(-1))).toEqual([
      'web',
      'web',
      'worker',
      'worker',
    ]);
  });

  test.each(services)('%s is looked at, limited, pinned and told apart in the logs', (_name, one) => {
    expect(one.healthcheck?.test.length).toBeGreaterThan(1);
    expect(Object.keys(one.deploy?.resources?.limits ?? {}).sort()).toEqual(['cpus', 'memory', 'pids']);
    expect(one.image).toMatch(/:(?:\d+\.\d+\.\d+|\d+\.\d+-|stable-\d+)/u);
    expect(one.security_opt).toEqual(['no-new-privileges:true']);
  });

  test.each(services.filter(([name]) => !name.startsWith('jitsi')))(
    '%s has no rights and writes nothing but to what is mounted',
    (_name, one) => {
      expect(one.read_only).toBe(true);
      expect(one.cap_drop).toEqual(['ALL']);
      expect(one.user).toMatch(/^[1-9]\d*:[1-9]\d*$/u);
    },
  );

  test('has no password of its own: each is asked for, and the message says how to make one', () => {
    for (const [name, secret] of Object.entries(secrets)) {
      const { [name as keyof typeof secrets]: _, ...others } = variables;
      const read = () => {
        for (const engines of ['mongo', 'postgres']) {
          const file = readCompose({ ...others, RELEVO_ENGINES: engines });
          for (const one of Object.values(file.services)) environmentOf(one, others);
        }
      };
      expect(read, name).toThrow(new RegExp(`${name} in \\.env, made by openssl rand -hex \\d+`, 'u'));
      expect(secret).not.toBe('');
    }
    for (const name of ['RELEVO_ENGINES', 'PUBLIC_URL'] as const) {
      expect(() => readCompose({ ...variables, [name]: '' })).toThrow(
        new RegExp(`set ${name} in \\.env`, 'u'),
      );
    }
    expect(textOf('docker-compose.yml')).not.toMatch(/(?:SECRET|PASSWORD)\w*: (?!\$)\S/u);
  });

  test('tells each secret only to those who need it', () => {
    const holders = (secret: string, engines = 'mongo') =>
      Object.entries(readCompose({ ...variables, RELEVO_ENGINES: engines }).services)
        .filter(([, one]) => JSON.stringify(environmentOf(one, variables)).includes(secret))
        .map(([name]) => name);
    const relevo = ['web-1', 'web-2', 'worker-1', 'worker-2'];
    expect(holders(secrets.MONGO_ROOT_PASSWORD)).toEqual(['mongo']);
    expect(holders(secrets.MONGO_PASSWORD)).toEqual([...relevo, 'mongo']);
    expect(holders(secrets.REDIS_PASSWORD)).toEqual([...relevo, 'redis']);
    expect(holders(secrets.POSTGRES_ROOT_PASSWORD)).toEqual(['postgres']);
    expect(holders(secrets.POSTGRES_PASSWORD, 'postgres')).toEqual([...relevo, 'postgres']);
    expect(holders(secrets.JITSI_APP_SECRET)).toEqual(['jitsi-prosody']);
  });

  test('publishes on this computer alone what speaks no https, and engines not at all', () => {
    const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    expect(published).toEqual([
      'proxy 127.0.0.1:8080:8080',
      'proxy 127.0.0.1:8443:8443',
      'jitsi-web 127.0.0.1:8000:8000',
      'jitsi-jvb 10000:10000/udp',
    ]);
    expect(compose.networks.inside?.internal).toBe(true);
    for (const name of ['mongo', 'redis', 'postgres']) expect(service(name).networks).toEqual(['inside']);
  });

  test.each(['mongo', 'postgres'])('gives Relevo settings that it understands, on %s', (engines) => {
    const known = new Set(textOf('.env.example').match(/^\w+(?==)/gmu));
    for (const name of ['web-1', 'worker-2']) {
      const one = readCompose({ ...variables, RELEVO_ENGINES: engines }).services[name];
      const settings = environmentOf(one ?? service(name), variables);
      expect(Object.keys(settings).filter((name) => !known.has(name))).toEqual([]);
      const config = readConfig({ ...settings, RELEVO_CONFIG: join(root, 'relevo.yaml') });
      expect(config).toMatchObject({
        host: '0.0.0.0',
        port: 3000,
        trustProxy: true,
        publicUrl: 'https://support.example.com',
        dataFolder: '/data',
      });
      expect(config.databaseUrl).toMatch(
        engines === 'mongo' ? /^mongodb:.*@mongo:27017\// : /^postgres:.*@postgres:5432\//,
      );
      expect(config.redisUrl === null).toBe(engines === 'postgres');
    }
  });

  test('gives Relevo more time to stop than it takes, and shares its files among its processes', () => {
    const stopWithinMs = 15_000;
    for (const name of ['web-1', 'web-2', 'worker-1', 'worker-2']) {
      expect(ms((service(name).stop_grace_period ?? '0s') as ms.StringValue)).toBeGreaterThan(stopWithinMs);
      expect(service(name).volumes).toContain('relevo-data:/data');
    }
  });

  test('mounts only what is there, and volumes that are declared', () => {
    const sources = services.flatMap(([, { volumes = [] }]) => volumes.map((one) => one.split(':')[0] ?? ''));
    const files = sources.filter((source) => source.startsWith('./'));
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(sources.filter((source) => !source.startsWith('./') && !(source in compose.volumes))).toEqual([]);
    expect(existsSync(join(root, 'ops/nginx/https.conf'))).toBe(true);
  });

  test('the example for .env names each variable that is asked for, with no secret in it', () => {
    const named = new Set(textOf('ops/compose.env.example').match(/^\w+(?==)/gmu));
    const files = [
      'docker-compose.yml',
      ...['mongo', 'mongo-server', 'postgres', 'postgres-server', 'redis-server'].map(
        (name) => `ops/engines/${name}.env`,
      ),
    ];
    const asked = files.flatMap((file) =>
      [...textOf(file).matchAll(/\$\{(\w+)/gu)].map(([, name]) => name ?? ''),
    );
    expect([...new Set(asked)].filter((name) => !named.has(name))).toEqual([]);
    expect(textOf('ops/compose.env.example')).not.toMatch(/^\w+_(?:PASSWORD|SECRET)=\S/mu);
  });
});
