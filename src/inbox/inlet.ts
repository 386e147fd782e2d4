import type { Inlet } from '../channels/channel.ts';
import type { Clock } from '../core/clock.ts';
import type { Ids } from '../core/ids.ts';
import type { DeliveryReport, InboundMessage } from '../core/message.ts';
import type { Conversations } from '../store/conversations.ts';
import type { Store } from '../store/store.ts';
import type { ReadReaction } from './read-reaction.ts';

/** What taking messages in needs. */
export interface InletDeps {
  readonly conversations: Pick<Conversations, 'receive'>;
  readonly store: Pick<Store, 'quarantine' | 'files' | 'outbox' | 'people'> & {
    readonly cursors: Pick<Store['cursors'], 'get' | 'set'>;
  };
  readonly readReaction: ReadReaction;
  /** Joins addresses of one person where a message asks for it. */
  readonly joining: (message: InboundMessage) => Promise<InboundMessage>;
  /** Keeps a file's bytes. @throws RelevoError `media_too_large` */
  readonly keepBytes: (
    id: string,
    bytes: AsyncIterable<Uint8Array>,
  ) => Promise<{ readonly type: string; readonly bytes: number; readonly sha256: string }>;
  /** Tells desks and pages that something of a conversation is new, though nothing was written to it. */
  readonly changed: (conversation: string) => Promise<void>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Makes the inlet of a channel: the way in for all that a platform brings (law 1). */
export function createInlet(channel: string, deps: InletDeps): Inlet {
  const { store, clock } = deps;

  /** An address that was joined to another writes in that one's conversations. */
  async function ofPerson(message: InboundMessage): Promise<InboundMessage> {
    const address = await store.people.resolve(message.address);
    return address === message.address ? message : { ...message, address, via: message.address };
  }

  async function ofPersonReport(report: DeliveryReport): Promise<DeliveryReport> {
    const { message } = report;
    if ('name' in message) return report;
    return { ...report, message: { ...message, to: await store.people.resolve(message.to) } };
  }

  return {
    async receive(given) {
      const message = await deps.joining(await deps.readReaction(await ofPerson(given)));
      const receipt = await deps.conversations.receive(message);
      const kept = keptFileOf(message);
      if (kept !== null) await store.files.own([kept], receipt.conversation);
      return receipt;
    },
    async quarantine({ key, reason, raw }) {
      await store.quarantine.add({ key, channel, at: clock.now(), reason, raw });
    },
    async report(report) {
      const conversation = await store.outbox.report(await ofPersonReport(report));
      if (conversation !== null) await deps.changed(conversation);
    },
    async keep({ bytes, kind, name, type }) {
      const id = deps.ids.id();
      const kept = await deps.keepBytes(id, bytes);
      const media = {
        id,
        kind,
        bytes: kept.bytes,
        ...(name === undefined ? {} : { name }),
        ...(type === undefined ? {} : { type }),
      };
      await store.files.addKept({ media, channel, kept, at: clock.now() });
      return media;
    },
    cursor: (name) => store.cursors.get(`${channel}/${name}`),
    saveCursor: (name, value) => store.cursors.set(`${channel}/${name}`, value),
  };
}

/** A file whose bytes came with the message and that belongs to its conversation from now on. */
function keptFileOf({ gesture }: InboundMessage): string | null {
  if (gesture.kind !== 'message' && gesture.kind !== 'edit') return null;
  const { content } = gesture;
  return content.kind === 'media' && content.media.remote === undefined ? content.media.id : null;
}
