import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isOwn, normaliseAddress, userOf } from '../../../src/channels/email/address.ts';
import { verdictOf } from '../../../src/channels/email/authentication-results.ts';
import { intakeOf } from '../../../src/channels/email/parse.ts';
import { account, box, passed, plainMail } from './mails.ts';

const spoofs = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora/derived/email-from-spoof.json');

describe('an address', () => {
  test.each([
    ['Ana.Pena@Customer.TEST', 'Ana.Pena@customer.test'],
    ['a@münchen.test', 'a@xn--mnchen-3ya.test'],
    ['a+b@c.test', 'a+b@c.test'],
    ['"evil@bad.test"@good.test', null],
    ['a@b@c.test', null],
    ['a@good .test', null],
    ['a\u0000@b.test', null],
    ['a@[127.0.0.1]', null],
    ['', null],
    ['@b.test', null],
    ['a@', null],
  ])('%j is written %j', (text, address) => {
    expect(normaliseAddress(text)).toBe(address);
  });

  test('of ours is known with whatever stands behind a plus, and no other', () => {
    expect(isOwn('Support+t1.x@desk.test', account)).toBe(true);
    expect(isOwn('support@desk.test', account)).toBe(true);
    expect(isOwn('supporter@desk.test', account)).toBe(false);
    expect(isOwn('support@desk.test.evil.test', account)).toBe(false);
  });

  test('cannot pass for the unverified half of another', () => {
    expect(userOf('a@b.test', false)).toBe('unverified/a@b.test');
    expect(userOf('unverified/a@b.test', true)).toBe('unverified/unverified/a@b.test');
  });
});

describe('what our server found out', () => {
  const ours = 'mx.desk.test';
  test.each([
    ['pass', ['mx.desk.test; dmarc=pass (p=reject) header.from=good.test']],
    ['pass', ['MX.desk.test 1; spf=softfail smtp.mailfrom=x@else.test; dkim=pass header.d=good.test']],
    ['pass', ['mx.desk.test; spf=pass smtp.mailfrom="bounce@good.test"; dmarc=none header.from=good.test']],
    ['pass', ['mx.desk.test; dkim=pass (2048-bit; key (ok)) header.i=@good.test']],
    ['fail', ['mx.desk.test; dmarc=fail header.from=good.test; dkim=pass header.d=good.test']],
    ['fail', ['mx.desk.test; dmarc=pass header.from=evil.test']],
    ['fail', ['mx.desk.test; dkim=pass header.d=evil.test']],
    ['fail', ['mx.desk.test; dkim=pass header.d=test']],
    ['fail', ['mx.desk.test; dkim=pass header.d=notgood.test']],
    ['fail', ['mx.desk.test; none']],
    ['fail', ['mx.desk.test; x="; dmarc=pass header.from=good.test"']],
    ['fail', ['mx.desk.test; none (; dmarc=pass header.from=good.test)']],
    // Only the topmost counts for a pass: what stands below, its sender may have written.
    ['fail', ['mx.desk.test; none', 'mx.desk.test; dmarc=pass header.from=good.test']],
    ['none', ['mx.evil.test; dmarc=pass header.from=good.test', 'mx.desk.test; dmarc=pass']],
    ['fail', ['mx.desk.test; dkim=pass header.d=good.test', 'mx.desk.test; dmarc=fail']],
    ['none', ['mx.desk.test.evil.test; dmarc=pass header.from=good.test']],
    ['none', []],
    ['none', ['']],
  ] as const)('%s: %j', (verdict, headers) => {
    expect(verdictOf(headers, ours, 'good.test')).toBe(verdict);
  });

  test('is nothing where no server is trusted, and the nameless one only where it is asked for', () => {
    const header = 'spf=pass smtp.mailfrom=good.test; dmarc=pass action=none header.from=good.test';
    expect(verdictOf([`mx.desk.test; ${header}`], null, 'good.test')).toBe('none');
    expect(verdictOf([header], 'mx.desk.test', 'good.test')).toBe('none');
    expect(verdictOf([header], '-', 'good.test')).toBe('pass');
  });
});

describe('who wrote a mail', () => {
  async function senderOf(from: string, trusting = box) {
    const mail = await plainMail([passed('good.test').trim(), `From: ${from}`]);
    const intake = intakeOf(mail, trusting);
    return intake.kind === 'letter' ? intake.sender : intake.kind;
  }

  test('is known by name and address', async () => {
    expect(await senderOf('=?utf-8?Q?Ana_Pe=C3=B1a?= <ana@good.test>')).toEqual({
      address: 'ana@good.test',
      name: 'Ana Peña',
      verified: true,
    });
    expect(await senderOf('"Ana: ventas" <ana@good.test>')).toHaveProperty('verified', true);
    expect(await senderOf('ana@GOOD.test')).toEqual({ address: 'ana@good.test', verified: true });
  });

  test.each([
    '"ceo@good.test" <evil@good.test>',
    '=?utf-8?Q?ceo=40good=2Etest?= <evil@good.test>',
    'a@good.test, b@good.test',
    'group: a@good.test;',
    'a@good.test (a (b) <evil@bad.test>)',
    'a@good.test <b@good.test>',
    'a@good.test\u0007',
  ])('is not verified where two could be meant: %j', async (from) => {
    const sender = await senderOf(from);
    if (typeof sender === 'string') expect(sender).toBe('unreadable');
    else expect(sender.verified).toBe(false);
  });

  test('a name that is an address is not shown', async () => {
    expect(await senderOf('"ceo@good.test" <evil@good.test>')).not.toHaveProperty('name');
  });

  test('two From lines are not verified', async () => {
    const mail = await plainMail([passed('good.test').trim(), 'From: a@good.test', 'From: b@good.test']);
    const intake = intakeOf(mail, { ...box, trustFrom: true });
    expect(intake).toMatchObject({ sender: { verified: false } });
  });

  test('a From line is believed without a check only where the settings say so', async () => {
    const mail = await plainMail(['From: a@good.test']);
    expect(intakeOf(mail, box)).toMatchObject({ sender: { verified: false } });
    expect(intakeOf(mail, { ...box, trustFrom: true })).toMatchObject({ sender: { verified: true } });
    const failed = await plainMail(['Authentication-Results: mx.desk.test; dmarc=fail', 'From: a@good.test']);
    expect(intakeOf(failed, { ...box, trustFrom: true })).toMatchObject({ sender: { verified: false } });
  });

  describe.skipIf(!existsSync(spoofs))('spoofs on which parsers disagree', () => {
    const { cases } = existsSync(spoofs)
      ? (JSON.parse(readFileSync(spoofs, 'utf8')) as { cases: { from: string }[] })
      : { cases: [] };
    test.each(cases.map(({ from }) => from))('%j is nobody verified', async (from) => {
      const checked = [from, ...(from.match(/[\w.-]+\.test/gu) ?? [])].map((domain) => passed(domain).trim());
      for (const line of checked) {
        const lines = [line, 'Content-Language: en', `From: ${from}`];
        const intake = intakeOf(await plainMail(lines), { ...box, trustFrom: true });
        // One address and one only, written plainly: that is its sender.
        const plain = normaliseAddress(from) === from;
        if (intake.kind !== 'letter') expect(intake.kind).toBe('unreadable');
        else if (!plain) expect(intake.sender.verified).toBe(false);
      }
    });
  });
});
