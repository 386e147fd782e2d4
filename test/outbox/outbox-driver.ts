import pino from 'pino';
import type { Channel } from '../../src/channels/channel.ts';
import { unlimited } from '../../src/channels/send-limits.ts';
import type { BotDecision } from '../../src/core/command.ts';
import type { OutboundMessage } from '../../src/core/message.ts';
import { partName } from '../../src/core/message-part.ts';
import { createDelivery, type DeliveryDeps } from '../../src/outbox/deliver.ts';
import { createPace } from '../../src/outbox/pace.ts';
import { createMemoryStore, type MemoryStore } from '../../src/simulation/memory-store.ts';
import { createConversations } from '../../src/store/conversations.ts';
import { rules } from '../core/rules.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A channel whose `send` the test writes; it takes a message as one call unless `parts` says otherwise. */
export function testChannel(change: Partial<Channel> & Pick<Channel, 'send'>): Channel {
  return {
    name: 'test',
    title: 'Test',
    can: {
      maxTextLength: 100,
      maxButtons: 3,
      maxButtonLength: 20,
      maxListRows: 0,
      maxListRowLength: 0,
      maxMediaBytes: {},
      typing: false,
      repeatable: false,
      reports: false,
      readsLog: false,
      handheld: true,
      pauseMs: 0,
      replyWindowMs: null,
      oneProcess: false,
    },
    limits: unlimited,
    start: async () => undefined,
    stop: async () => undefined,
    ...change,
  };
}

/** A message as so many calls. */
export function inParts(message: OutboundMessage, count: number): OutboundMessage[] {
  return Array.from({ length: count }, (_, n) => ({ ...message, name: partName(message.name, n) }));
}

/** A delivery on a store in memory, in virtual time. */
export function outboxDriver(time: VirtualTime, channel: Channel, change: Partial<DeliveryDeps> = {}) {
  const store: MemoryStore = createMemoryStore();
  const conversations = createConversations({
    log: store.log,
    clock: time.clock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: () => undefined,
  });
  let leases = 0;
  const delivery = createDelivery({
    outbox: store.outbox,
    channel: () => channel,
    stateOf: async (id) => {
      const snapshot = await store.log.load(id);
      if (snapshot === null) throw new Error(`no conversation ${id}`);
      return snapshot.state;
    },
    expect: async () => undefined,
    offer: async () => undefined,
    wakeAt: (id, _seq, at) => time.after(at - time.clock.now(), () => delivery.deliver(id)),
    pace: createPace(),
    clock: time.clock,
    sleep: time.sleep,
    unknownPolicy: () => 'hold',
    ids: {
      id() {
        leases += 1;
        return `lease-${leases}`;
      },
    },
    log: pino({ level: 'silent' }),
    ...change,
  });
  let messages = 0;

  return {
    store,
    delivery,
    /** A customer writes and the bot says these things, each one effect. @returns the conversation */
    async says(user: string, ...texts: string[]): Promise<string> {
      messages += 1;
      const { conversation } = await conversations.receive({
        key: `test/${messages}`,
        externalId: `in-${messages}`,
        address: { channel: 'test', account: 'main', user },
        gesture: { kind: 'message', content: { kind: 'text', text: 'hola' } },
      });
      const snapshot = await store.log.load(conversation);
      const decision: BotDecision = {
        language: 'es',
        say: texts.map((text) => ({ text, options: [], sources: [] })),
        action: { kind: 'wait' },
        memory: null,
        outcome: { kind: 'answered' },
        intake: null,
      };
      const command = { type: 'bot-turn', throughSeq: snapshot?.seq ?? 0, decision } as const;
      await conversations.handle(conversation, command, { kind: 'bot' });
      return conversation;
    },
    /** A worker takes up the conversation's effects and dies without a word. */
    async dies(conversation: string): Promise<void> {
      const now = time.clock.now();
      await store.outbox.lease(conversation, 'dead', now, now + 1);
    },
  };
}
