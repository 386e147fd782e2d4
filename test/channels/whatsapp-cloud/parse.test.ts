import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWebhook } from '../../../src/channels/whatsapp-cloud/parse.ts';
import { fixture, fixtureNames } from './fixture.ts';

const account = '106540352242922';
const id = 'f'.repeat(32);
const parsing = { account, ids: { id: () => id } };
const parse = (name: string) => parseWebhook(fixture(name), parsing);

const both = { phone: '16505551234', userId: 'US.13491208655302741918', at: 1_749_416_383 };
const ours = 'wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI1QjJBQjE2RjBBMkJFMDEwMDAA';
const text = (words: string) => ({ kind: 'message', content: { kind: 'text', text: words } });
const media = (kind: string, rest: object, caption?: string) => ({
  kind: 'message',
  content: { kind: 'media', media: { id, kind, ...rest }, ...(caption === undefined ? {} : { caption }) },
});

describe('what a customer did', () => {
  test.each<[string, object]>([
    ['text', text('¿Viene en otro color? 🌍 a/b')],
    ['escaped', text('¿é? 🌍 a/b')],
    [
      'image',
      media(
        'image',
        { type: 'image/jpeg', remote: '1003383421387256 SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=' },
        'Taj Mahal',
      ),
    ],
    [
      'audio-voice',
      media('voice', {
        type: 'audio/ogg; codecs=opus',
        remote: '1908647269898587 MU2JKXJv8qFQVqzzb2CN3NdW4PSD6NzO0xpRUa6UJYE=',
      }),
    ],
    [
      'audio',
      media('audio', {
        type: 'audio/mpeg',
        remote: '1908647269898588 MU2JKXJv8qFQVqzzb2CN3NdW4PSD6NzO0xpRUa6UJYE=',
      }),
    ],
    [
      'video',
      media(
        'video',
        { type: 'video/mp4', remote: '1528592361782389 6o4HSiMBmUjAvfXKMaAnvbVNMVIm1KbW8jVYnfPWTTk=' },
        'Así suena',
      ),
    ],
    [
      'document',
      media(
        'document',
        {
          name: 'factura.pdf',
          type: 'application/pdf',
          remote: '1376223850470843 6o4HSiMBmUjAvfXKMaAnvbVNMVIm1KbW8jVYnfPWTTk=',
        },
        'La factura',
      ),
    ],
    [
      'sticker',
      media('sticker', {
        type: 'image/webp',
        remote: '798882015472548 fp8lDRMZyF4kOBTJtyGzmVSd0VqOIiP6SFTSt6PoX7E=',
      }),
    ],
    [
      'location',
      {
        kind: 'message',
        content: {
          kind: 'location',
          latitude: 40.782910059774,
          longitude: -73.959075808525,
          name: 'Solomon R. Guggenheim Museum, 1071 5th Ave, New York, NY 10128',
        },
      },
    ],
    ['contacts', text('👤 Barbara J. Johnson · Social Tsunami · +1 (650) 555-9999 · barbara@example.com')],
    ['reaction', { kind: 'reaction', of: ours, emoji: '👍' }],
    ['reaction-removed', { kind: 'reaction', of: ours, emoji: null }],
    ['button-reply', { kind: 'message', content: { kind: 'choice', option: 'helped', label: 'Me sirvió' } }],
    [
      'list-reply',
      {
        kind: 'message',
        content: {
          kind: 'choice',
          option: 'article-wifi',
          label: 'La impresora no conecta por wifi después del cambio',
        },
      },
    ],
    ['form-reply', text('Sent\n{"size":"M"}')],
    ['quick-reply', text('No me escriban más')],
    ['order', text('¿Lo tienen?\n🛒 2 × di9ozbzfi4 30 USD\n🛒 1 × nqryix03ez 25 USD')],
    ['unsupported', { kind: 'message', content: { kind: 'unsupported', what: 'poll_creation' } }],
    ['unsupported-unavailable', { kind: 'message', content: { kind: 'unsupported', what: '131060' } }],
    [
      'edit',
      {
        kind: 'edit',
        of: 'wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTRB',
        content: { kind: 'text', text: 'quise decir el rojo' },
      },
    ],
    ['revoke', { kind: 'deletion', of: 'wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTRB' }],
  ])('%s', (name, gesture) => {
    const [finding, ...others] = parse(name);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'message', who: both, message: { gesture } });
  });

  test('carries the key of its account, the name, and what it answers', () => {
    expect(parse('text-reply')[0]).toEqual({
      kind: 'message',
      who: both,
      message: {
        key: `whatsapp-cloud/${account}/wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ004`,
        externalId: 'wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ004',
        gesture: text('Sí, ese'),
        customerName: 'Sheena Nelson',
        replyTo: ours,
      },
    });
  });

  test('is known by phone or by user id, whichever comes', () => {
    expect(parse('user-id-only')[0]).toMatchObject({ who: { phone: null, userId: both.userId } });
    expect(parse('phone-only')[0]).toMatchObject({ who: { phone: both.phone, userId: null } });
  });
});

describe('what became of our messages', () => {
  test.each([
    ['status-sent', { name: 'c.7.0', status: 'sent' }],
    ['status-delivered', { name: 'c.7.0#2', status: 'delivered' }],
    ['status-read', { name: 'c.7.0', status: 'read' }],
    ['status-played', { name: 'c.7.0', status: 'read' }],
    ['status-failed', { name: 'c.7.0', status: 'failed', error: '131047 Re-engagement message' }],
    ['status-of-others', { name: null, status: 'read' }],
  ])('%s', (name, status) => {
    const findings = parse(name);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'status', ...status });
  });
});

describe('a batch', () => {
  test('is read whole and in order; what is not readable spoils nothing beside it', () => {
    const told = parse('batch').map((finding) => {
      if (finding.kind === 'message') return finding.message.externalId;
      if (finding.kind === 'status') return `${finding.externalId} ${finding.status}`;
      return finding.kind === 'unreadable' ? finding.item.reason : finding.kind;
    });
    expect(told).toEqual([
      'wamid.A',
      'wamid.B',
      'a message of type "poll_creation"',
      'wamid.S1 read',
      'wamid.S2 sent',
      'wamid.D',
      'for another phone number id than ours',
    ]);
  });
});

describe('what is no message to answer', () => {
  test('a new number and a new user id tell who was who', () => {
    const after = { phone: '12195555358', userId: 'US.20000000000000000001', at: both.at };
    expect(parse('system-number-changed')).toEqual([{ kind: 'renewed', before: both, after }]);
    expect(parse('user-id-update')).toEqual([
      {
        kind: 'renewed',
        before: { phone: null, userId: both.userId, at: 1_749_416_390 },
        after: { phone: null, userId: 'US.20000000000000000001', at: 1_749_416_390 },
      },
    ]);
  });

  test('what went wrong by itself is told by its code alone', () => {
    const errors = [{ code: 130429, title: 'x', message: 'to 16505551234' }, 'odd'];
    const metadata = { phone_number_id: account };
    const changes = [{ field: 'messages', value: { metadata, errors } }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ changes }] });
    expect(parseWebhook(body, parsing)).toEqual([
      { kind: 'news', what: 'error 130429' },
      { kind: 'news', what: 'error unknown' },
    ]);
  });

  test('news of the account is no message, a group is none of ours', () => {
    expect(parse('account-update')).toEqual([{ kind: 'news', what: 'account_update' }]);
    expect(parse('group')[0]).toMatchObject({ kind: 'unreadable', item: { reason: 'a message of a group' } });
  });
});

describe('a hostile body', () => {
  test.each([
    '',
    '[',
    'null',
    '1',
    '"x"',
    '[]',
    '{}',
    '{"object":"page","entry":[]}',
    '{"object":"whatsapp_business_account","entry":{}}',
    '{"object":"whatsapp_business_account","entry":[{"changes":[null,1,{"field":"messages"}]}]}',
    `{"object":"whatsapp_business_account","entry":[{"changes":[${'['.repeat(20_000)}${']'.repeat(20_000)}]}]}`,
  ])('%# is kept apart, and never throws', (body) => {
    const findings = parseWebhook(body, parsing);
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['unreadable']));
    const again = parseWebhook(body, parsing);
    expect(again).toEqual(findings);
  });

  test('any JSON, and any message of any type with any body, is a finding', () => {
    const types = fc.oneof(
      fc.constantFrom(...fixtureNames, 'interactive', 'button', 'system', 'contacts', '__proto__'),
      fc.string(),
    );
    const message = fc
      .record({
        id: fc.anything(),
        type: types,
        from: fc.anything(),
        body: fc.jsonValue(),
        context: fc.jsonValue(),
      })
      .map(({ body, type, ...rest }) => ({ ...rest, type, [type]: body }));
    const value = fc.record({
      metadata: fc.constant({ phone_number_id: account }),
      contacts: fc.oneof(fc.constant(undefined), fc.array(fc.jsonValue())),
      messages: fc.array(message, { maxLength: 3 }),
      statuses: fc.array(fc.record({ id: fc.string(), status: types, errors: fc.jsonValue() }), {
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(value, (one) => {
        const change = { field: 'messages', value: one };
        const body = JSON.stringify(
          { object: 'whatsapp_business_account', entry: [{ changes: [change] }] },
          (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part),
        );
        const findings = parseWebhook(body, parsing);
        expect(findings).toHaveLength(one.messages.length + one.statuses.length);
        for (const finding of findings) {
          if (finding.kind === 'unreadable') expect(finding.item.key).toMatch(/^whatsapp-cloud\//u);
        }
      }),
    );
    fc.assert(fc.property(fc.json(), (body) => void parseWebhook(body, parsing)));
    fc.assert(fc.property(fc.string(), (body) => void parseWebhook(body, parsing)));
  });

  test('a text that no store could take becomes one that it can', () => {
    const body = fixture('text').replace('¿Viene', 'a\\u0000b\\ud83d c');
    expect(parseWebhook(body, parsing)[0]).toMatchObject({
      message: { gesture: text('a\ufffdb\ufffd c en otro color? 🌍 a/b') },
    });
  });

  test('a media id that would lead elsewhere is none', () => {
    for (const bad of ['../debug_token', '1/../../x', 'a b', '', '1?x=1']) {
      const body = fixture('image').replaceAll('1003383421387256', bad);
      expect(parseWebhook(body, parsing)[0]?.kind).toBe('unreadable');
    }
  });
});
