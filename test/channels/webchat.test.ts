import { describe, expect, test } from 'vitest';
import { formatCursor, parseCursor } from '../../src/channels/webchat/cursor.ts';
import { createWebChat } from '../../src/channels/webchat/index.ts';
import { addressOf } from '../../src/channels/webchat/parse.ts';
import { renderHistory } from '../../src/channels/webchat/render.ts';
import type { Commit, Event } from '../../src/core/event.ts';
import { effectsOf } from '../../src/core/event.ts';
import { addressKey } from '../../src/core/message.ts';
import { channelContract } from '../contract/channel.ts';
import { createMemorySignals } from '../http/memory-signals.ts';
import { inletTo } from './inlet.ts';
import { noState } from './no-state.ts';

const secretOf = (customer: string) => customer.padEnd(32, '0');
const agent = { id: 'a', name: 'Eva' };
const noFiles = {
  get: async () => null,
  read: async () => {
    throw new Error('there are no files');
  },
};
const emptyLog = { newest: async () => null, history: async () => [], recent: async () => [] };

channelContract('webchat', async () => {
  const signals = createMemorySignals();
  const channel = createWebChat({
    log: emptyLog,
    signals,
    files: noFiles,
    ownerOf: async (address) => address,
    stateOf: noState,
  });
  return {
    channel,
    customerWrites: (customer, id, text) => channel.post(secretOf(customer), { id, text }),
    addressOf: (customer) => addressOf(secretOf(customer)),
    sent: () => signals.published,
  };
});

function entry(seq: number, events: readonly Event[], ordinal = 1) {
  const commit: Commit = {
    conversation: `c${ordinal}`,
    seq,
    at: seq,
    by: { kind: 'bot' },
    key: null,
    events,
    effects: effectsOf(events),
  };
  return { ordinal, commit };
}

function said(text: string, more: Partial<Extract<Event, { type: 'said' }>> = {}): Event {
  return { type: 'said', from: 'bot', text, options: [], sources: [], ...more };
}

const wrote = (externalId: string, text: string): Event => ({
  type: 'customer-wrote',
  externalId,
  content: { kind: 'text', text },
});

describe('what a visitor sees', () => {
  test('is what was written and said, and never a note (law 7)', () => {
    const logbook = { understanding: 'x', plan: 'x', execution: 'x', results: 'x' };
    const shown = renderHistory([
      entry(1, [wrote('m-1', 'hola'), { type: 'turn-due', attempt: 1, dueAt: 9 }]),
      entry(2, [{ type: 'noted', agent, text: 'interno' }]),
      entry(3, [
        { type: 'escalated', from: 1, tier: 2, by: agent, reason: 'interno', acceptBy: 9 },
        said('sube', { from: 'system' }),
      ]),
      entry(4, [said('soy Eva', { from: 'agent', agent })]),
      entry(5, [{ type: 'solved', agent, logbook, until: 9 }]),
    ]);
    expect(shown).toEqual([
      { message: { id: 'm-1', from: 'customer', text: 'hola', at: 1 }, cursor: '1.1' },
      { message: { id: 'c1.3.1', from: 'system', text: 'sube', at: 3 }, cursor: '1.3' },
      { message: { id: 'c1.4.0', from: 'agent', text: 'soy Eva', author: 'Eva', at: 4 }, cursor: '1.4' },
    ]);
  });

  test('has a place after each message, within a commit too', () => {
    const places = renderHistory([entry(7, [said('a'), said('b'), said('c')], 2)]);
    expect(places.map(({ cursor }) => cursor)).toEqual(['2.7.1', '2.7.2', '2.7']);
  });

  test('names a pressed option by the label kept with it, or last offered', () => {
    const options = [{ id: 'yes', label: 'Sí' }];
    const press = (label?: string): Event => ({
      type: 'customer-wrote',
      externalId: 'm',
      content: { kind: 'choice', option: 'yes', ...(label === undefined ? {} : { label }) },
    });
    const texts = renderHistory([
      entry(1, [press()]),
      entry(2, [said('¿?', { options })]),
      entry(3, [press()]),
      entry(4, [press('Claro')]),
    ]).map(({ message }) => message.text);
    expect(texts).toEqual(['yes', '¿?', 'Sí', 'Claro']);
  });
});

describe('a cursor', () => {
  test('survives being carried', () => {
    for (const cursor of [
      { ordinal: 0, seq: 0, part: null },
      { ordinal: 3, seq: 999_999_999, part: null },
      { ordinal: 3, seq: 14, part: 2 },
    ]) {
      expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    }
  });

  test.each(['', '1', '1.', '.1', '1.2.3.4', '1e3.1', ' 1.1', '1.1\n', '-1.1', '1.1234567890', '0.0.1'])(
    'that we never gave is refused: %j',
    (text) => {
      expect(() => parseCursor(text)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
    },
  );
});

describe('the web chat', () => {
  test('tells each visitor of their own news only, until they leave', async () => {
    const signals = createMemorySignals();
    const chat = createWebChat({
      log: emptyLog,
      signals,
      files: noFiles,
      ownerOf: async (address) => address,
      stateOf: noState,
    });
    await chat.start(inletTo(async () => ({ conversation: 'c', duplicate: false })));
    const heard: string[] = [];
    const leave = chat.subscribe(secretOf('ana'), (hint) => heard.push(`ana ${hint}`));
    chat.subscribe(secretOf('ben'), (hint) => heard.push(`ben ${hint}`));
    const ana = addressOf(secretOf('ana'));
    signals.publish(`chat/${addressKey(ana)}`);
    chat.typing?.(ana);
    signals.publish(`agent-typing/${addressKey(ana)}`);
    signals.publish('case/c1');
    signals.publish('nonsense');
    leave();
    leave();
    signals.publish(`chat/${addressKey(ana)}`);
    expect(heard).toEqual(['ana changed', 'ana bot-typing', 'ana agent-typing']);
    await chat.stop();
  });
});
