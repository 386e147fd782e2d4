import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customerText } from '../../../src/channels/slack/customer-text.ts';
import { type Heard, parseEvent } from '../../../src/channels/slack/parse.ts';
import { parsePress } from '../../../src/channels/slack/parse-press.ts';

const ours = { userId: 'U0RELEVO1', botId: 'B0RELEVO1', name: 'relevo' };
const folder = join(import.meta.dirname, 'fixtures');
const fixture = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
const heard = (name: string): Heard => {
  const parsed = parseEvent(fixture(name), ours);
  if (parsed.kind !== 'heard') throw new Error(`${name}: ${parsed.kind}`);
  return parsed;
};
const gestures = (name: string) => heard(name).said.map(({ gesture }) => gesture);
const text = (words: string) => ({ kind: 'message', content: { kind: 'text', text: words } });

describe('an event of Slack’s', () => {
  test('in a direct message', () => {
    expect(heard('message-im')).toEqual({
      kind: 'heard',
      channel: 'D024BE91L',
      ts: '1355517523.000005',
      root: '1355517523.000005',
      threaded: false,
      direct: true,
      mentions: false,
      aboutOurs: false,
      author: 'U2147483697',
      said: [
        {
          key: '1355517523.000005',
          externalId: '1355517523.000005',
          gesture: text('Hello hello can you hear me?'),
        },
      ],
    });
  });

  test('is the same as `message` and as `app_mention`', () => {
    const { said, mentions, direct } = heard('message-channel-mention');
    expect(heard('app-mention')).toEqual(heard('message-channel-mention'));
    expect([mentions, direct]).toEqual([true, false]);
    expect(said.map(({ gesture }) => gesture)).toEqual([text('Hey , the printer is <off> & blinking 👍')]);
  });

  test('in a thread names its first message', () => {
    expect(heard('message-thread')).toMatchObject({
      root: '1355517523.000006',
      threaded: true,
      mentions: false,
      said: [{ replyTo: '1355517523.000006' }],
    });
  });

  test('with files has one message for the words and one for each file', () => {
    const { said } = heard('message-file-share');
    expect(said.map(({ key, externalId }) => [key, externalId])).toEqual([
      ['1531763348.000001', '1531763348.000001'],
      ['1531763348.000001/1', '1531763348.000001/1'],
      ['1531763348.000001/2', '1531763348.000001/2'],
    ]);
    expect(gestures('message-file-share')[1]).toMatchObject({
      content: {
        media: { kind: 'image', name: 'tedair.gif', type: 'image/gif', bytes: 137_531, remote: 'F0S43PZDF' },
      },
    });
    expect(gestures('message-file-share')[2]).toMatchObject({ content: { media: { kind: 'document' } } });
  });

  test('with a voice note', () => {
    expect(gestures('message-voice')).toMatchObject([
      { content: { media: { kind: 'voice', type: 'audio/mp4' } } },
    ]);
    expect(heard('message-voice').said[0]?.externalId).toBe('1531763349.000001');
  });

  test('with a file of another service keeps no address', () => {
    expect(gestures('message-external-file')[1]).toEqual({
      kind: 'message',
      content: { kind: 'unsupported', what: 'external-file' },
    });
  });

  test('of an edit; not of a link’s preview', () => {
    expect(gestures('message-changed')).toEqual([
      { kind: 'edit', of: '1355517523.000005', content: { kind: 'text', text: 'Hello, world!' } },
    ]);
    expect(parseEvent(fixture('message-changed-unfurl'), ours).kind).toBe('ignored');
  });

  test('of a deletion, also of the first message of a thread', () => {
    const deletion = { kind: 'deletion', of: '1355517523.000005' };
    expect(gestures('message-deleted')).toEqual([deletion]);
    expect(gestures('message-tombstone')).toEqual([deletion]);
  });

  test('of a reaction given and taken back', () => {
    const of = '1464196127.000002';
    expect(gestures('reaction-added')).toEqual([{ kind: 'reaction', of, emoji: '👍' }]);
    expect(gestures('reaction-removed')).toEqual([{ kind: 'reaction', of, emoji: null }]);
    expect(heard('reaction-added').said[0]?.key).not.toBe(heard('reaction-removed').said[0]?.key);
  });

  test('of another company’s person', () => {
    expect(heard('shared-channel')).toMatchObject({ author: 'U9OTHERCO', mentions: true });
  });

  test.each(['bot-message', 'channel-join'])('of no customer is ignored: %s', (name) => {
    expect(parseEvent(fixture(name), ours)).toEqual({ kind: 'ignored' });
  });

  test.each([
    { type: 'message', ts: '1.1', channel: 'C/1', user: 'U1', text: 'x' },
    { type: 'message', ts: '../1', channel: 'C1', user: 'U1', text: 'x' },
    { type: 'message', ts: '1.1', channel: 'C1', user: 'U1', text: {} },
    { type: 'message', ts: '1.1', channel: 'C1', user: 'U1', files: [{}] },
    { type: 'message', subtype: 'message_changed', channel: 'C1' },
    { type: 'reaction_added', user: 'U1', reaction: 'x', item: null },
  ])('of another shape is unreadable, without its content: %j', (event) => {
    const parsed = parseEvent(event, ours);
    expect(parsed).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining('unexpected') });
  });
});

describe('a press', () => {
  test('of a button in a thread', () => {
    expect(parsePress(fixture('block-actions-button'))).toEqual({
      place: { channel: 'CBR2V3XEX', root: '1548261200.000100' },
      author: 'UA8RXUSPL',
      said: [
        {
          key: '1548261231.000200/press/UA8RXUSPL/1548426417.840180',
          externalId: '1548261231.000200/press/UA8RXUSPL/1548426417.840180',
          replyTo: '1548261231.000200',
          gesture: { kind: 'message', content: { kind: 'choice', option: 'helped', label: 'Sí' } },
        },
      ],
    });
  });

  test('of a row in a direct message', () => {
    expect(parsePress(fixture('block-actions-select'))).toMatchObject({
      place: { channel: 'DBR2V3XEX', root: null },
      said: [{ gesture: { content: { kind: 'choice', option: 'printer', label: 'Impresora' } } }],
    });
  });

  test('of somebody else’s button is none of ours', () => {
    const payload = fixture('block-actions-button');
    payload.actions[0].action_id = 'desk.claim';
    expect(parsePress(payload)).toBeNull();
  });
});

describe('what a customer wrote', () => {
  test('is read out of Slack’s marks', () => {
    expect(customerText(fixture('formatted').text, ours.userId)).toBe(
      'See example.com/a?b=1&c=2 or our page (https://example.com), ask @U024BE7LH in #general, ' +
        'bob@example.com @here @support 👋🏻 at 10:30:45 :party-llama:',
    );
  });

  test('keeps what only looks like a mark', () => {
    const typed = 'if a &lt;b&gt; &amp;amp; &lt;!channel&gt; :: :nope: fe80:a:b::1 at 10:100:20';
    expect(customerText(typed, ours.userId)).toBe(
      'if a <b> &amp; <!channel> :: :nope: fe80:a:b::1 at 10:100:20',
    );
    expect(customerText('ok:+1:ok :ok: :100:', ours.userId)).toBe('ok👍ok 🆗 💯');
  });

  test('survives Slack’s escaping, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        fc.pre(!typed.includes(':'));
        const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        expect(customerText(escaped, ours.userId)).toBe(typed);
      }),
    );
  });
});

describe('whatever arrives', () => {
  test('is parsed without a throw', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const real = names.map((name) => fixture(name.replace('.json', '')));
    const types = fc.constantFrom('message', 'app_mention', 'reaction_added', 'other');
    const subtypes = fc.constantFrom(undefined, 'file_share', 'message_changed', 'message_deleted', 'odd');
    fc.assert(
      fc.property(
        fc.constantFrom(...real),
        fc.dictionary(
          fc.constantFrom(
            'ts',
            'user',
            'text',
            'files',
            'message',
            'item',
            'channel',
            'actions',
            'container',
          ),
          fc.jsonValue(),
        ),
        types,
        subtypes,
        (base, change, type, subtype) => {
          parseEvent({ ...base, ...change, type, subtype }, ours);
          parsePress({ ...base, ...change });
        },
      ),
      { numRuns: 500 },
    );
  });

  const corpus = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora', 'json-test-suite', 'test_parsing');
  test.skipIf(!existsSync(corpus))(
    `be it from JSONTestSuite (left out: no ${corpus}; RELEVO_SHARED names it)`,
    () => {
      let read = 0;
      for (const name of readdirSync(corpus).filter((file) => file.startsWith('y_'))) {
        const value: unknown = JSON.parse(readFileSync(join(corpus, name), 'utf8'));
        parseEvent({ type: 'message', message: value, files: value, text: value }, ours);
        parsePress(value);
        read += 1;
      }
      expect(read).toBeGreaterThan(90);
    },
  );
});
