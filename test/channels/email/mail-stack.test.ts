import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { createEmail } from '../../../src/channels/email/index.ts';
import { replySecret } from '../../../src/channels/email/secret.ts';
import type { EmailSettings } from '../../../src/channels/email/settings.ts';
import { createTokens } from '../../../src/channels/email/tokens.ts';
import type { InboundMessage } from '../../../src/core/message.ts';
import { inletTo, type RecordingInlet } from '../inlet.ts';
import { outboundTo } from '../outbound.ts';
import { emailDeps } from './email-deps.ts';
import { MailWorld, noMailWorld } from './mail-world.ts';

const missing = await noMailWorld();
const title = `mail through Dovecot and Postfix${missing === null ? '' : ` (${missing})`}`;

describe.skipIf(missing !== null)(title, () => {
  let world: MailWorld;
  let received: InboundMessage[];
  let inlet: RecordingInlet;
  const files = new Map<string, Uint8Array>();
  const running: Channel[] = [];

  beforeAll(async () => {
    world = await MailWorld.start({ customers: ['away'], away: ['away'] });
  }, 60_000);
  afterAll(() => world.stop());

  beforeEach(() => {
    received = [];
    inlet = inletTo(async (message) => {
      const duplicate = received.some(({ key }) => key === message.key);
      if (!duplicate) received.push(message);
      return { conversation: 'c', duplicate };
    });
    return async () => {
      await Promise.all(running.splice(0).map((channel) => channel.stop()));
    };
  });

  async function started(change: Partial<EmailSettings> = {}, deps = emailDeps(files)): Promise<Channel> {
    const channel = createEmail(world.settings(change), deps);
    running.push(channel);
    await channel.start(inlet);
    return channel;
  }

  const stored = (count: number, ms = 10_000) =>
    vi.waitFor(() => expect(received).toHaveLength(count), { timeout: ms, interval: 20 });
  const texts = () =>
    received.map(({ gesture }) =>
      gesture.kind === 'message' && gesture.content.kind === 'text' ? gesture.content.text : gesture.kind,
    );
  const to = (user: string) => ({ channel: 'email', account: world.support, user });

  test('a customer asks, is answered, and answers with a number', async () => {
    const channel = await started();
    const id = await world.customerWrites('Alice <alice@customer.test>', 'Internet', 'No funciona');
    await stored(1);
    expect(received[0]).toMatchObject({ subject: 'Internet', externalId: id, customerName: 'Alice' });
    const options = [
      { id: 'y', label: 'Sí' },
      { id: 'n', label: 'No' },
    ];
    const answer = outboundTo(to('alice@customer.test'), {
      text: '¿Te sirvió?',
      options,
      subject: 'Internet',
      answers: { externalId: id, at: 1 },
    });
    const { externalId } = await channel.send(answer);
    const [mail] = await world.waitForMails('alice@customer.test', 1);
    expect(mail).toMatchObject({
      subject: 'Re: Internet [#1001]',
      messageId: `<${externalId}>`,
      inReplyTo: `<${id}>`,
      text: '¿Te sirvió?\n\n1. Sí\n2. No\n',
    });
    expect(mail?.headers.get('return-path')).toMatchObject({ text: '' });
    expect(mail?.headers.get('auto-submitted')).toBe('auto-replied');
    if (mail === undefined) return;
    await world.customerReplies('alice@customer.test', mail, '1');
    await stored(2);
    expect(texts()).toEqual(['No funciona', '1']);
    expect(received[1]).toMatchObject({ address: to('alice@customer.test'), replyTo: externalId });
    // A colleague who got a copy has the address that finds the case, and still does not speak for her.
    await world.customerReplies('bob@customer.test', mail, 'Yo también');
    await stored(3);
    expect(received[2]).toMatchObject({
      address: to('alice@customer.test'),
      bystander: 'bob@customer.test',
    });
  });

  test('a vacation responder keeps silent at the bot, and is only heard after an agent', async () => {
    const channel = await started();
    await channel.send(outboundTo(to('away@customer.test'), { name: 'v.1.0', text: 'del bot' }));
    await world.waitForMails('away@customer.test', 1);
    await channel.send(
      outboundTo(to('away@customer.test'), { name: 'v.2.0', from: 'agent', text: 'soy Eva' }),
    );
    await world.waitForMails('away@customer.test', 2);
    await stored(1);
    expect(texts()).toEqual(['I am away.']);
    expect(received[0]).toMatchObject({
      address: to('away@customer.test'),
      bystander: 'away@customer.test (automatic)',
      replyTo: expect.stringContaining('relevo.v.2.0.'),
    });
  });

  test('a mail that nobody takes is refused at once; one that comes back later is reported', async () => {
    const channel = await started();
    const refused = channel.send(outboundTo(to('nobody@customer.test'), { name: 'b.1.0', from: 'agent' }));
    await expect(refused).rejects.toMatchObject({ code: 'no_such_user', permanent: true });
    expect(await channel.find?.(outboundTo(to('nobody@customer.test'), { name: 'b.1.0' }))).toBe('absent');
    await channel.send(outboundTo(to('gone@customer.test'), { name: 'b.2.0', from: 'agent' }));
    await vi.waitFor(() => expect(inlet.reports).toHaveLength(1), { timeout: 10_000 });
    expect(inlet.reports[0]).toEqual({
      message: { name: 'b.2.0' },
      status: 'failed',
      error: 'the mail came back (5.1.1)',
    });
    expect(received).toEqual([]);
  });

  test('15 MB go both ways, whole', async () => {
    const bytes = new Uint8Array(15 * 1024 * 1024).map((_, index) => (index * 31) % 251);
    const channel = await started();
    const file = { name: 'grabación número 1.bin', type: 'application/octet-stream', bytes };
    await world.customerWrites('alice@customer.test', 'Archivo', 'Aquí va', [file]);
    await stored(2, 30_000);
    const media = received[1]?.gesture.kind === 'message' ? received[1].gesture.content : null;
    if (media?.kind !== 'media') throw new Error('the file should follow the text');
    expect(media.media).toMatchObject({ name: file.name, kind: 'document', bytes: bytes.length });
    expect(Buffer.compare(inlet.kept.get(media.media.id) ?? new Uint8Array(), bytes)).toBe(0);
    files.set(media.media.id, bytes);
    await channel.send(
      outboundTo(to('ben@customer.test'), {
        name: 'f.1.0',
        from: 'agent',
        text: '',
        attachment: media.media,
      }),
    );
    const [mail] = await world.waitForMails('ben@customer.test', 1, 30_000);
    expect(mail?.attachments[0]?.filename).toBe(file.name);
    expect(Buffer.compare(mail?.attachments[0]?.content ?? Buffer.alloc(0), bytes)).toBe(0);
  }, 90_000);

  test('after a crash, what went out is found, what did not is surely absent, and what was on its way is unknown', async () => {
    const deps = emailDeps();
    const channel = await started({}, deps);
    const sent = outboundTo(to('bob@customer.test'), { name: 's.1.0' });
    const { externalId } = await channel.send(sent);
    expect(await channel.find?.(sent)).toEqual({ externalId });
    const never = outboundTo(to('bob@customer.test'), { name: 's.2.0' });
    expect(await channel.find?.(never)).toBe('absent');
    // As a crash between our copy and the server's answer leaves it.
    const id = createTokens(await replySecret(await deps.folder())).messageId(world.support, 's.2.0', 1001);
    await world.append(world.support, `Message-ID: <${id}>\r\n\r\nhola`, 'Sent');
    expect(await channel.find?.(never)).toBe('unknown');
  });

  test('a server that goes away is found again, with all that came meanwhile', async () => {
    await started();
    await world.customerWrites('alice@customer.test', 'x', 'uno');
    await stored(1);
    await world.doveadm('kick', world.support);
    await world.customerWrites('alice@customer.test', 'x', 'dos');
    await stored(2);
    expect(texts()).toEqual(['uno', 'dos']);
  });

  test('what came while we were away is read when we are back, and what lay there before the first start is not', async () => {
    const client = await world.client(world.support);
    await client.noop();
    const before = client.mailbox === false ? 0 : client.mailbox.exists;
    await world.customerWrites('alice@customer.test', 'x', 'antes');
    const arrived = async () => {
      await client.noop();
      expect(client.mailbox).toHaveProperty('exists', before + 1);
    };
    await vi.waitFor(arrived, { timeout: 10_000 });
    await (await started()).stop();
    expect(received).toEqual([]);
    await world.customerWrites('alice@customer.test', 'x', 'entretanto');
    await started();
    await stored(1);
    expect(texts()).toEqual(['entretanto']);
  });

  test('a mail that nobody can read is put aside with all its bytes, and the next one is read', async () => {
    await started();
    const depth = 1_100;
    const nested = Array.from(
      { length: depth },
      (_, index) => `Content-Type: multipart/mixed; boundary="b${index}"\r\n\r\n--b${index}\r\n`,
    ).join('');
    const bomb = `From: evil@customer.test\r\nMessage-ID: <bomb@x.test>\r\nMIME-Version: 1.0\r\n${nested}`;
    await world.append(world.support, bomb);
    await world.customerWrites('alice@customer.test', 'x', 'después');
    await stored(1);
    expect(texts()).toEqual(['después']);
    expect(inlet.quarantined).toHaveLength(1);
    expect(inlet.quarantined[0]?.raw).toBe(bomb);
  });

  test('each wrong setting has its own line', async () => {
    const { accounts } = world.settings();
    const [account] = accounts;
    if (account === undefined) throw new Error('there should be a mailbox');
    const login = { user: world.support, password: 'wrong' };
    const lines = async (imap: object, smtp: object, change: Partial<EmailSettings> = {}) => {
      const one = { ...account, imap: { ...account.imap, ...imap }, smtp: { ...account.smtp, ...smtp } };
      const channel = createEmail(world.settings({ accounts: [one], ...change }), emailDeps());
      return (await channel.check?.())?.map(({ ok, line }) => `${ok} ${line.replace(/^.* at \S+: /u, '')}`);
    };
    expect(await lines({}, {})).toEqual(['true logged in, folder INBOX', 'true logged in']);
    expect(await lines({ login }, { login })).toEqual([
      'false the login was refused',
      'false the login was refused',
    ]);
    expect(await lines({ folder: 'Nope' }, {})).toContain('false there is no folder Nope');
    expect(await lines({ host: 'no.such.invalid' }, { host: 'no.such.invalid' })).toEqual([
      'false this host name is not known',
      'false this host name is not known',
    ]);
    expect(await lines({ port: 1 }, { port: 1 })).toEqual([
      'false nothing answers there',
      'false nothing answers there',
    ]);
    const untrusted = await lines({}, {}, { caFile: null });
    for (const line of untrusted ?? []) expect(line).toMatch(/^false its certificate is not trusted/u);
    expect(await lines({ port: world.port('IMAP_PORT') }, { secure: true })).toEqual([
      'false TLS could not be agreed on',
      'false TLS could not be agreed on',
    ]);
    const wrong = createEmail(
      world.settings({ accounts: [{ ...account, imap: { ...account.imap, login } }] }),
      emailDeps(),
    );
    await expect(wrong.start(inlet)).rejects.toMatchObject({ code: 'email_login_refused' });
    await wrong.stop();
  }, 60_000);
});
