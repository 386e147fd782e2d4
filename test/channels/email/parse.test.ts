import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Mail } from '../../../src/channels/email/mail.ts';
import { intakeOf, messageIdOf, messagesOf } from '../../../src/channels/email/parse.ts';
import { readMail } from '../../../src/channels/email/read-mail.ts';
import { account, box, fixture, ourId, passed, plainMail, tokens } from './mails.ts';

/** What becomes of a mail when the case it names is somebody's. */
function stored(mail: Mail, of: string | null = null) {
  const intake = intakeOf(mail, box);
  if (intake.kind !== 'letter') throw new Error(`it is ${intake.kind}`);
  return messagesOf(mail, intake, account, intake.number === null ? null : of, []);
}

const tokenAddress = tokens.replyAddress(account, 1001);
const fromAna = ['Authentication-Results: mx.desk.test; dmarc=pass header.from=customer.test'];
const ana = 'ana@customer.test';

describe('a mail', () => {
  test('is what its sender wrote now; the whole is kept', async () => {
    const [message] = stored(await fixture('gmail-reply', passed()), 'Ana@customer.test');
    expect(message).toMatchObject({
      address: { channel: 'email', account, user: 'Ana@customer.test' },
      customerName: 'Ana Peña',
      subject: 'Re: Ayuda [#1001]',
      externalId: 'CAF=abc123@mail.gmail.test',
      replyTo: ourId,
      gesture: { kind: 'message', content: { kind: 'text', text: 'Ya lo probé y sigue igual.' } },
    });
    expect(message).not.toHaveProperty('bystander');
    expect(message).not.toHaveProperty('unverified');
    const content = message?.gesture.kind === 'message' ? message.gesture.content : null;
    expect(content).toHaveProperty('whole', expect.stringContaining('> Reinicia el módem.'));
  });

  test('loses what Outlook puts under it, in another language and character set', async () => {
    const [message] = stored(await fixture('outlook-reply', passed()));
    expect(message?.gesture).toMatchObject({
      content: { kind: 'text', text: 'Não funcionou, continuo sem internet.' },
    });
  });

  test('in HTML becomes words, with links as they really lead and nothing loaded', async () => {
    const mail = await fixture('html-only', passed());
    expect(mail.text).toContain('Mira la luz roja:');
    expect(mail.text).toContain('www.banco.test (https://evil.test/login)');
    expect(mail.text).not.toMatch(/alert|color:red|tracker/u);
    expect(mail.files.map(({ name, type }) => [name, type])).toEqual([
      ['foto.jpg', 'image/jpeg'],
      ['factura número uno.pdf', 'application/pdf'],
    ]);
  });

  test('without a text is its subject; without either, it says so', async () => {
    const subject = await plainMail(['Subject: =?utf-8?Q?=C2=BFTienen_stock=3F?='], '');
    expect(stored(subject)[0]?.gesture).toMatchObject({ content: { kind: 'text', text: '¿Tienen stock?' } });
    expect(stored(await plainMail([], ''))[0]?.gesture).toMatchObject({
      content: { kind: 'unsupported', what: 'empty mail' },
    });
  });

  test('with files is one message each, with keys and ids of their own', async () => {
    const mail = await fixture('html-only', passed());
    const intake = intakeOf(mail, box);
    if (intake.kind !== 'letter') throw new Error('it should be a letter');
    const media = [{ id: 'a'.repeat(32), kind: 'image' as const }];
    const messages = messagesOf(mail, intake, account, null, media);
    expect(messages.map(({ externalId }) => externalId)).toEqual([
      'html-1@customer.test',
      'html-1@customer.test/1',
    ]);
    expect(new Set(messages.map(({ key }) => key)).size).toBe(2);
    expect(messages.map(({ externalId }) => messageIdOf(externalId))).toEqual([
      'html-1@customer.test',
      'html-1@customer.test',
    ]);
  });

  test('keeps its key however it came, and another with the same Message-ID has its own', async () => {
    const first = await plainMail(['Received: from a by b', 'Subject: x']);
    const again = await plainMail(['Received: from c by d', 'Received: from a by b', 'Subject: x']);
    const other = await plainMail(['Subject: x'], 'otra cosa');
    const otherSender = await plainMail(['Subject: x', 'From: ben@customer.test']);
    expect(again.digest).toBe(first.digest);
    expect(new Set([first, other, otherSender].map(({ digest }) => digest)).size).toBe(3);
  });

  test('without a Message-ID is told apart by all its bytes, and answers nothing by id', async () => {
    const raw = (queue: string) => Buffer.from(`Received: ${queue}\r\nFrom: a@b.test\r\n\r\nhola`);
    const [one, two] = [await readMail(raw('1')), await readMail(raw('2'))];
    expect(one?.messageId).toBeNull();
    expect(one?.digest).not.toBe(two?.digest);
    const [message] = stored(one);
    expect(message?.externalId).toBe(`missing-${one.digest}`);
    expect(messageIdOf(message?.externalId ?? '')).toBeNull();
  });
});

describe('whose case it is', () => {
  test('an unverified sender is somebody else than the verified one', async () => {
    expect(stored(await plainMail(fromAna))[0]?.address.user).toBe(ana);
    expect(stored(await plainMail([]))[0]).toMatchObject({
      address: { user: `unverified/${ana}` },
      unverified: true,
    });
  });

  test('the mark in the address finds it, then In-Reply-To, then References', async () => {
    const marks = [
      [`To: ${tokenAddress}`],
      [`To: x@y.test`, `Cc: "S" <${tokenAddress.toUpperCase()}>`],
      [`Delivered-To: ${tokenAddress}`],
      [`In-Reply-To: <${ourId}>`],
      [`References: <${ourId}> <other@x.test>`],
    ];
    for (const lines of marks) {
      expect(intakeOf(await plainMail(lines), box)).toMatchObject({ kind: 'letter', number: 1001 });
    }
  });

  test('a guessed or altered mark finds nothing', async () => {
    const wrong = [
      tokenAddress.replace('t1001', 't1002'),
      tokenAddress.replace(/\.[0-9a-f]/u, '.g'),
      'support+t1001@desk.test',
      tokenAddress.replace('support', 'ventas'),
      tokenAddress.replace('desk.test', 'desk.evil.test'),
    ];
    const id = ourId.replace('t1001', 't1002');
    const lines = [...wrong.map((to) => `To: ${to}`), `In-Reply-To: <${id}>`];
    for (const line of lines) {
      expect(intakeOf(await plainMail([line]), box)).toMatchObject({ kind: 'letter', number: null });
    }
  });

  test('a colleague in copy never drives it, whatever they know', async () => {
    const mail = await plainMail([...fromAna, `To: ${tokenAddress}`]);
    const [message] = stored(mail, 'ben@customer.test');
    expect(message).toMatchObject({ address: { user: 'ben@customer.test' }, bystander: ana });
    expect(message).not.toHaveProperty('unverified');
  });

  test('a spoofed mail with the right mark does not continue a verified case', async () => {
    const [message] = stored(await plainMail([`To: ${tokenAddress}`]), ana);
    expect(message).toMatchObject({ address: { user: ana }, bystander: ana, unverified: true });
  });

  test('whoever reads the mail of an unverified address continues its case', async () => {
    const user = `unverified/${ana}`;
    const [message] = stored(await plainMail([`To: ${tokenAddress}`]), user);
    expect(message?.address.user).toBe(user);
    expect(message).not.toHaveProperty('bystander');
  });
});

describe('a machine', () => {
  test.each([
    ['Auto-Submitted: auto-generated'],
    ['Auto-Submitted: auto-replied (vacation)'],
    ['Precedence: bulk'],
    ['Precedence: junk'],
    ['List-Id: <all.x.test>'],
    ['List-Unsubscribe: <mailto:x@x.test>'],
    ['X-Auto-Response-Suppress: OOF'],
    ['X-Autoreply: yes'],
    ['Return-Path: <>'],
    ['From: MAILER-DAEMON@x.test'],
    ['From: Postmaster@x.test'],
    ['Content-Type: multipart/report; boundary=x'],
  ])('is never answered: %s', async (line) => {
    expect(intakeOf(await plainMail([line]), box)).toMatchObject({ kind: 'dropped' });
  });

  test('is no machine for saying that it is none', async () => {
    expect(intakeOf(await plainMail(['Auto-Submitted: no', 'Precedence: normal']), box)).toMatchObject({
      kind: 'letter',
      automatic: null,
    });
  });

  test('that answers in a case is heard as a bystander', async () => {
    const mail = await fixture('vacation', passed());
    const [message] = stored(mail, 'alice@customer.test');
    expect(message).toMatchObject({
      address: { user: 'alice@customer.test' },
      bystander: 'alice@customer.test (automatic)',
    });
    expect(stored(mail, null)).toEqual([]);
  });

  test('our own mail never comes back as a customer', async () => {
    for (const from of [account, 'Ventas <ventas@desk.test>', tokenAddress]) {
      expect(intakeOf(await plainMail([`From: ${from}`]), box)).toEqual({ kind: 'dropped', why: 'own' });
    }
  });
});

describe('a bounce', () => {
  test('names the message that did not arrive', async () => {
    expect(intakeOf(await fixture('bounce'), box)).toEqual({
      kind: 'bounced',
      name: 'c.1.0',
      status: '5.1.1',
    });
  });

  test('that says a mail is late is none', async () => {
    expect(intakeOf(await fixture('delayed'), box)).toEqual({ kind: 'dropped', why: 'delayed' });
  });

  test('of a mail that is not ours, or with a made-up id, is dropped', async () => {
    const mail = await fixture('bounce');
    expect(intakeOf({ ...mail, mentions: [ourId.replace('c.1.0', 'c.2.0')] }, box).kind).toBe('dropped');
    expect(intakeOf({ ...mail, mentions: [] }, box).kind).toBe('dropped');
  });
});

test('whatever bytes come, a mail is read or refused, and judged without a crash', async () => {
  const line = fc.oneof(
    fc.constantFrom(
      'From: a@b.test',
      'From:',
      'Content-Type: multipart/mixed; boundary=x',
      '--x',
      '--x--',
      '',
    ),
    fc.constantFrom('Content-Type: text/html', 'Content-Transfer-Encoding: base64', 'MIME-Version: 1.0'),
    fc.constantFrom('References: <', 'Message-ID: <<>>', 'Authentication-Results: mx.desk.test; ((('),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
      const mail = await readMail(Buffer.from(lines.join('\r\n'))).catch(() => null);
      if (mail === null) return;
      const intake = intakeOf(mail, box);
      if (intake.kind !== 'letter') return;
      for (const message of messagesOf(mail, intake, account, null, [])) {
        expect(JSON.stringify(message)).not.toContain('\\u0000');
      }
    }),
    { numRuns: 300 },
  );
});
