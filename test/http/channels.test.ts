import { afterEach, expect, test } from 'vitest';
import type { ChannelStatus } from '../../src/channels/channel.ts';
import { secretHash } from '../../src/core/ids.ts';
import { startWeb, type Web } from './web.ts';

let web: Web | undefined;
afterEach(() => web?.stop());

const asRole = async (role: 'agent' | 'supervisor' | 'administrator', url = '/api/channels') => {
  const token = `rlv_${role.padEnd(30, 'x')}`;
  const hash = secretHash(token);
  await web?.accounts.addToken({ hash, name: role, role, createdAt: 0 });
  return web?.server.inject({
    url,
    headers: { authorization: `Bearer ${token}` },
    remoteAddress: '192.0.2.1',
  });
};

test('an administrator sees how each channel is, and the code that a phone has to scan', async () => {
  const state = (): ChannelStatus => ({ state: 'needs-attention', line: 'Scan it.', qr: '2@abc' });
  web = await startWeb({
    deps: {
      channels: () => [
        { name: 'webchat', title: 'Web chat' },
        { name: 'phone', title: 'A phone', state },
      ],
    },
  });
  const answer = await asRole('administrator');
  expect(answer?.statusCode).toBe(200);
  expect(answer?.headers['cache-control']).toBe('no-store');
  const [plain, phone] = answer?.json().channels ?? [];
  expect(plain).toEqual({ name: 'webchat', title: 'Web chat', state: 'ready', line: 'On.', qr: null });
  expect(phone).toMatchObject({ title: 'A phone', state: 'needs-attention', line: 'Scan it.' });
  expect(phone.qr).toMatch(/^\/api\/channels\/phone\/code\.svg\?[0-9a-f]{16}$/u);
  const picture = await asRole('administrator', phone.qr);
  expect(picture?.headers['content-type']).toBe('image/svg+xml');
  expect(picture?.body).toMatch(/^<svg /u);
  expect((await asRole('administrator', '/api/channels/webchat/code.svg'))?.statusCode).toBe(404);
});

test('nobody else sees it: whoever scans the code decides which phone answers', async () => {
  web = await startWeb({ deps: { channels: () => [{ name: 'webchat', title: 'Web chat' }] } });
  expect((await asRole('agent'))?.statusCode).toBe(403);
  expect((await asRole('supervisor'))?.statusCode).toBe(403);
  expect((await asRole('supervisor', '/api/channels/webchat/code.svg'))?.statusCode).toBe(403);
});
