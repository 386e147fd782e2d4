import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import type { Address, InboundMessage, OutboundMessage } from '../../src/core/message.ts';
import { addressKey } from '../../src/core/message.ts';
import { inletTo, type RecordingInlet } from '../channels/inlet.ts';
import { outboundTo } from '../channels/outbound.ts';

/** A channel under test, and its platform's other side. */
export interface ChannelUnderTest {
  readonly channel: Channel;
  /**
   * A customer writes. Resolves or rejects as the platform is acknowledged or not.
   * @param id the platform's id of the message: the same one is a redelivery
   */
  customerWrites(customer: string, id: string, text: string): Promise<unknown>;
  /** The address that the channel makes of a customer. */
  addressOf(customer: string): Address;
  /** What reached the platform, in whatever form it takes; each send adds one. */
  sent(): readonly unknown[];
}

/** What every channel promises (the port in `src/channels/channel.ts`). */
export function channelContract(name: string, build: () => Promise<ChannelUnderTest>): void {
  describe(`the channel contract: ${name}`, () => {
    let it: ChannelUnderTest;
    let received: InboundMessage[];
    let inlet: RecordingInlet;
    beforeEach(async () => {
      it = await build();
      received = [];
      inlet = inletTo(async (message) => {
        const duplicate = received.some(({ key }) => key === message.key);
        received.push(message);
        return { conversation: 'c', duplicate };
      });
    });
    afterEach(() => it.channel.stop());

    const start = () => it.channel.start(inlet);

    const outbound = (name: string, text = 'hola'): OutboundMessage =>
      outboundTo(it.addressOf('ana'), { name, text });

    test('every address and every key carries the name of its channel', async () => {
      await start();
      await it.customerWrites('ana', '1', 'hola');
      const [message] = received;
      expect(message?.address).toEqual(it.addressOf('ana'));
      expect(message?.address.channel).toBe(it.channel.name);
      expect(message?.key.startsWith(`${it.channel.name}/`)).toBe(true);
      expect(addressKey(it.addressOf('ana'))).not.toBe(addressKey(it.addressOf('ben')));
    });

    test('what a customer wrote arrives as it was written', async () => {
      await start();
      const text = ' ¿Qué tal?\n\n- ñandú 🦜\u200b\u202e fin ';
      await it.customerWrites('ana', '1', text);
      expect(received[0]?.gesture).toEqual({ kind: 'message', content: { kind: 'text', text } });
      expect(received[0]?.externalId).toBe('1');
    });

    test('a redelivery has the same key; another customer or message has another', async () => {
      await start();
      for (const [customer, id] of [
        ['ana', '1'],
        ['ana', '1'],
        ['ana', '2'],
        ['ben', '1'],
      ] as const) {
        await it.customerWrites(customer, id, 'hola');
      }
      const keys = received.map(({ key }) => key);
      expect(keys[0]).toBe(keys[1]);
      expect(new Set(keys).size).toBe(3);
    });

    test('the platform is acknowledged only once the message is stored', async () => {
      let store = (): void => undefined;
      let began = (): void => undefined;
      const begun = new Promise<void>((resolve) => {
        began = resolve;
      });
      await it.channel.start(
        inletTo(async () => {
          await new Promise<void>((resolve) => {
            store = resolve;
            began();
          });
          return { conversation: 'c', duplicate: false };
        }),
      );
      let acknowledged = false;
      const written = it.customerWrites('ana', '1', 'hola').then(() => {
        acknowledged = true;
      });
      await begun;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(acknowledged).toBe(false);
      store();
      await written;
    });

    test('a message that could not be stored is not acknowledged', async () => {
      await it.channel.start(
        inletTo(async () => {
          throw new Error('the store is away');
        }),
      );
      await expect(it.customerWrites('ana', '1', 'hola')).rejects.toThrow();
    });

    test('a send says under which id it went out', async () => {
      await start();
      const { externalId } = await it.channel.send(outbound('c.1.0'));
      expect(externalId).not.toBe('');
      expect(it.sent()).toHaveLength(1);
    });

    test('what it sends never comes back as a customer', async () => {
      await start();
      await it.channel.send(outbound('c.1.0'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(received).toEqual([]);
    });

    test('a channel that may repeat a send gives it the same id', async () => {
      if (!it.channel.can.repeatable) return;
      await start();
      const first = await it.channel.send(outbound('c.1.0'));
      expect(await it.channel.send(outbound('c.1.0'))).toEqual(first);
    });

    test('its flags say what is true', () => {
      const { can } = it.channel;
      expect(can.maxTextLength).toBeGreaterThan(0);
      expect(can.maxButtons).toBeGreaterThanOrEqual(0);
      expect(can.typing).toBe(it.channel.typing !== undefined);
    });

    test('stops twice, and takes nothing afterwards', async () => {
      await start();
      await it.channel.stop();
      await it.channel.stop();
      await it.customerWrites('ana', '1', 'hola').catch(() => undefined);
      expect(received).toEqual([]);
    });
  });
}
