import addressparser from 'nodemailer/lib/addressparser';
import { describe, expect, test } from 'vitest';
import { createAnswerCap } from '../../../src/channels/email/answer-cap.ts';
import { withoutQuotation } from '../../../src/channels/email/quotation.ts';
import { renderLetter, subjectOf } from '../../../src/channels/email/render.ts';
import { email } from '../../../src/channels/email/settings.ts';
import { sendErrorOf } from '../../../src/channels/email/smtp.ts';
import { outboundTo } from '../outbound.ts';
import { account, ourId, tokens } from './mails.ts';

const ana = { channel: 'email', account, user: 'ana@customer.test' };
const letterOf = (change: Parameters<typeof outboundTo>[1] = {}) =>
  renderLetter(outboundTo(ana, change), tokens, true);

describe('a mail of ours', () => {
  test('answers the customer’s mail, and is answered at an address that finds the case', () => {
    const letter = letterOf({
      subject: 'RE: Ayuda',
      answers: { externalId: 'm1@customer.test/2', at: 1 },
      text: 'Reinicia el **módem**.\n\n1. Apaga\n2. Enciende\n\nMira [la guía](https://x.test/?a=1&b=2) <b>',
      sources: [
        { article: 'a', title: 'Internet & luz' },
        { article: 'b', title: 'Internet & luz' },
      ],
      options: [
        { id: 'y', label: 'Sí <3' },
        { id: 'n', label: 'No' },
      ],
    });
    expect(letter).toMatchObject({
      from: account,
      to: 'ana@customer.test',
      subject: 'Re: Ayuda [#1001]',
      messageId: ourId,
      inReplyTo: 'm1@customer.test',
    });
    expect(tokens.caseOf(letter.replyTo ?? '', account)).toBe(1001);
    expect(letter.text).toBe(
      'Reinicia el módem.\n\n1. Apaga\n2. Enciende\n\nMira la guía (https://x.test/?a=1&b=2) <b>\n\n1. Sí <3\n2. No\n\nFuente: Internet & luz\n',
    );
    expect(letter.html).toContain('<strong>módem</strong>');
    expect(letter.html).toContain('<li>Sí &lt;3</li>');
    expect(letter.html).toContain('<a href="https://x.test/?a=1&amp;b=2">la guía</a>');
    expect(letter.html).toContain('&lt;b&gt;');
    expect(letter.html).toContain('Fuente: Internet &amp; luz');
  });

  test('by a machine is answered by none; a person’s can come back', () => {
    const marks = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' };
    for (const from of ['bot', 'system'] as const) {
      expect(letterOf({ from })).toMatchObject({ headers: marks, envelopeFrom: '' });
    }
    expect(letterOf({ from: 'agent' })).toMatchObject({ headers: {}, envelopeFrom: account });
  });

  test('runs nothing that an article or an agent wrote', () => {
    const { html } = letterOf({
      text: '<script>x</script>\n\n[a](javascript:alert(1))\n\n![p](https://t.test/p.gif)',
    });
    expect(html).not.toMatch(/<script|href="javascript|<img/u);
  });

  test('to an unverified sender goes to the address behind it', () => {
    const to = { ...ana, user: `unverified/${ana.user}` };
    expect(renderLetter(outboundTo(to), tokens, true).to).toBe(ana.user);
  });

  test('asks for no address with a plus where the server knows none', () => {
    expect(renderLetter(outboundTo(ana), tokens, false)).not.toHaveProperty('replyTo');
  });

  test('has an id that is an address to every reader, and names its message', () => {
    for (const name of ['c.1.0', 'c.1.0#2', 'ñ (x)/é']) {
      const id = tokens.messageId(account, name, 1001);
      expect(addressparser(`<${id}>`, { flatten: true })[0]?.address).toBe(id);
      expect(tokens.messageOf(id, account)).toEqual({ name, number: 1001 });
    }
  });
});

test.each([
  ['Ayuda', 'Re: Ayuda [#1001]'],
  ['Re: RV: Fwd: AW: Ayuda [#1001]', 'Re: Ayuda [#1001]'],
  ['Re: [#1001] Re: Ayuda', 'Re: Ayuda [#1001]'],
  ['Resumen: x', 'Re: Resumen: x [#1001]'],
  ['a\r\nBcc: x@y.test', 'Re: a Bcc: x@y.test [#1001]'],
  ['', '[#1001]'],
  [null, '[#1001]'],
])('the subject %j becomes %j', (subject, shown) => {
  expect(subjectOf(subject, 1001)).toBe(shown);
});

describe('what is quoted', () => {
  test.each([
    ['1\n\nOn Mon, 2 Nov 2026, <s@d.test> wrote:\n> 1. Sí\n> 2. No', '1'],
    ['Sí\n\nEm seg., 2 de nov. de 2026 às 10:00, <s@d.test> escreveu:\n> a', 'Sí'],
    ['Gracias\n\nEnviado desde mi iPhone', 'Gracias'],
    ['Obrigado\n\nEnviado do meu iPhone', 'Obrigado'],
    ['Hola\n\n-----Mensaje original-----\nDe: x\nAsunto: y', 'Hola'],
    ['Hola\n-- \nAna Peña\nTel. 600', 'Hola'],
  ])('is cut from %j', (whole, text) => {
    expect(withoutQuotation(whole)).toEqual({ text, whole });
  });

  test('leaves alone what quotes nothing, to the last space', () => {
    const text = '  Hola:\n\n- uno\n- dos\n  fin ';
    expect(withoutQuotation(text)).toEqual({ text });
  });

  test('is looked for in bounded time: the library alone takes minutes', () => {
    const texts = ['Op schreef\n', '在\n', 'On a\n', ' \n'].map((unit) => unit.repeat(2_500));
    for (const text of texts) {
      const begun = performance.now();
      withoutQuotation(text);
      expect(performance.now() - begun).toBeLessThan(5_000);
    }
  });

  test('is all there is in a mail that only forwards', () => {
    const text = '-----Mensaje original-----\nDe: x\n\nNo funciona';
    expect(withoutQuotation(text)).toEqual({ text });
  });
});

describe('automatic mails', () => {
  const to = { ...ana, user: `unverified/${ana.user}` };
  const minuteMs = 60_000;
  const capped = expect.objectContaining({ code: 'automatic_answers_capped', permanent: true });

  test('to a sender nobody vouches for: the first and one more an hour, until one of ours was read', () => {
    const cap = createAnswerCap();
    cap.count(to, 'a', 0, 1_000);
    cap.count(to, 'b', 0, 2_000);
    expect(() => cap.count(to, 'c', 0, 3_000)).toThrow(capped);
    // The same one, tried again, counts once.
    cap.count(to, 'b', 0, 4_000);
    cap.count(to, 'c', 4_000, 5_000);
    cap.count(to, 'd', 4_000, 70 * minuteMs);
  });

  test('to one address end where only machines go on', () => {
    const cap = createAnswerCap();
    for (let index = 0; index < 20; index++) cap.count(ana, `m${index}`, 0, 1_000 + index);
    expect(() => cap.count(ana, 'more', 0, 2_000)).toThrow(capped);
  });

  test('to a flood of forged senders are 20 a minute', () => {
    const cap = createAnswerCap();
    const answered = Array.from({ length: 1_000 }, (_, index) => {
      try {
        cap.count({ ...to, user: `unverified/f${index}@x.test` }, `m${index}`, 0, 1_000 + index);
        return true;
      } catch {
        return false;
      }
    });
    expect(answered.filter(Boolean)).toHaveLength(20);
    const late = () => cap.count(to, 'later', 0, 10_000);
    expect(late).toThrow(expect.objectContaining({ permanent: false, retryAfterMs: 51_000 }));
  });
});

test.each([
  [{ code: 'EAUTH', responseCode: 535, response: '535 5.7.8 no' }, 'login_refused', true],
  [{ code: 'EAUTH', responseCode: 454, response: '454 4.7.0 later' }, 'login_refused', false],
  [{ code: 'EENVELOPE', responseCode: 550, response: '550 5.1.1 <ana@customer.test>' }, 'no_such_user', true],
  [{ code: 'EENVELOPE', responseCode: 450, response: '450 4.2.0 greylisted' }, 'try_later', false],
  [{ code: 'EMESSAGE', responseCode: 552, response: '552 5.3.4 too big' }, 'too_large', true],
  [{ code: 'EENVELOPE', responseCode: 552, response: '552 5.2.2 over quota' }, 'mailbox_full', true],
  [{ code: 'EMESSAGE', responseCode: 554, response: '554 5.7.1 spam' }, 'refused', true],
  [{ code: 'ETIMEDOUT' }, 'mail_server_unreachable', false],
  [{ code: 'EDNS' }, 'mail_server_unreachable', false],
])('a mail server’s %j means %s', (fault, code, permanent) => {
  const error = sendErrorOf(Object.assign(new Error('to ana@customer.test'), fault));
  expect(error).toMatchObject({ code, permanent });
  expect(`${error.message}${String(error.cause ?? '')}`).not.toContain('ana@');
});

describe('the variables', () => {
  const good = {
    EMAIL_IMAP_URL: 'imaps://a%40b:p%2Fw@mail.test/Soporte',
    EMAIL_SMTP_URL: 'smtp://a:p@mail.test:2525',
    EMAIL_ADDRESS: 'Support@Desk.TEST',
  };

  test('switch the channel on, or leave it off', () => {
    expect(email.read({})).toBeNull();
    expect(email.read(good)).toHaveProperty('name', 'email');
    const two = Object.fromEntries(Object.entries(good).map(([key, value]) => [key, `${value}, ${value}`]));
    expect(email.read(two)).toHaveProperty('name', 'email');
  });

  test.each([
    [{ EMAIL_IMAP_URL: undefined }, 'EMAIL_IMAP_URL: is needed as well'],
    [{ EMAIL_IMAP_URL: 'mail.test' }, 'EMAIL_IMAP_URL: should look like imaps://'],
    [{ EMAIL_SMTP_URL: 'http://x' }, 'EMAIL_SMTP_URL: should look like smtps://'],
    [{ EMAIL_SMTP_URL: 'smtp://a:%zz@x' }, 'EMAIL_SMTP_URL: should look like smtps://'],
    [{ EMAIL_ADDRESS: 'support' }, 'EMAIL_ADDRESS: should be an address'],
    [{ EMAIL_ADDRESS: 'a@b.test c@d.test' }, 'EMAIL_ADDRESS: lists 2 mailboxes'],
    [{ EMAIL_TRUST_FROM: 'yes' }, 'EMAIL_TRUST_FROM: should be on or off'],
  ])('say what is wrong with %j, without the password', (change, fault) => {
    const read = email.read({ ...good, ...change });
    expect(read).toEqual({ faults: [expect.stringContaining(fault)] });
    expect(JSON.stringify(read)).not.toContain('p%2Fw');
  });
});
