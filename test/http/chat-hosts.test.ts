import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatHostsOf } from '../../src/ladder/brands.ts';
import { rules as usual } from '../core/rules.ts';
import { secretOf, startWeb, type Web } from './web.ts';

const acme = 'help.acme.example';
const headers = { 'x-relevo-visitor': secretOf('one and the same person'.replaceAll(' ', '-')) };
let web: Web;

beforeAll(async () => {
  web = await startWeb({
    rules: { ...usual, brandOf: ({ account }) => (account === acme ? 'acme' : null) },
    deps: { chatOf: (host) => (host === acme ? acme : null) },
  });
});
afterAll(() => web.stop());

async function says(host: string, text: string): Promise<string> {
  const answer = await web.server.inject({
    method: 'POST',
    url: '/api/chat/messages',
    headers: { ...headers, host },
    payload: { id: 'm-1', text },
  });
  expect(answer.statusCode).toBe(202);
  return answer.json().conversation;
}

async function read(host: string): Promise<string> {
  const answer = await web.server.inject({
    method: 'GET',
    url: '/api/chat/messages',
    headers: { ...headers, host },
  });
  return answer.body;
}

test("a company's own web chat is known by its host, and shares nothing with the other", async () => {
  const theirs = await says(`${acme}:443`, 'hola acme');
  const ours = await says('localhost', 'hola a todos');
  expect(theirs).not.toBe(ours);
  expect((await web.log.load(theirs))?.state).toMatchObject({ brand: 'acme', address: { account: acme } });
  expect((await web.log.load(ours))?.state).toMatchObject({ brand: null, address: { account: 'default' } });
  expect(await read(acme.toUpperCase())).toContain('hola acme');
  expect(await read(acme)).not.toContain('hola a todos');
  expect(await read('localhost')).not.toContain('hola acme');
});

test('hosts are the second part of a channel', () => {
  const brand = (channels: string[]) => ({ name: 'a', phrases: {}, channels });
  expect(chatHostsOf([brand(['telegram', 'webchat/Help.Acme.example']), brand(['webchat'])])).toEqual([acme]);
});
