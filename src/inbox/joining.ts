import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';
import { type Ids, secretHash } from '../core/ids.ts';
import type { Address, InboundMessage } from '../core/message.ts';
import { addressKey } from '../core/message.ts';
import type { People } from '../store/people.ts';
import { asksJoining, codeIn, codeLetters } from './asks-joining.ts';

/** How long a code may be used. */
const codeMs = 10 * 60_000;

/** Wrong codes that one address may send in the time of a code: far too few to find one of 31^8. */
const maxWrong = 5;

/** What joining needs. */
export interface JoiningDeps {
  readonly people: Pick<People, 'join' | 'offerCode' | 'takeCode' | 'resolve'>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** What the other channels are called on which the same company's customers write, beside where a message came by. */
  readonly otherChannels: (than: Address) => readonly string[];
  /** The company whose customers write to an address; absent: there is only one. */
  readonly brandOf?: (address: Address) => string | null;
}

/**
 * Makes one person of a customer's channels: a code asked for in one and sent in another joins them. The message comes
 * back with the answer that Relevo itself gives; any other comes back as it was.
 */
export function createJoining({ people, clock, ids, otherChannels, brandOf }: JoiningDeps) {
  const wrong = new LRUCache<string, number>({ max: 10_000, ttl: codeMs });

  return async (message: InboundMessage): Promise<InboundMessage> => {
    const { gesture } = message;
    // Whoever may not be who they say gets no code, and no case by one.
    if (message.unverified || message.bystander !== undefined) return message;
    if (gesture.kind !== 'message' || gesture.content.kind !== 'text') return message;
    const { text } = gesture.content;
    const sent = codeIn(text);
    if (sent !== null) return await spend(message, sent);
    const channels = otherChannels(message.via ?? message.address);
    if (channels.length === 0 || !asksJoining(text)) return message;
    const made = makeCode(ids.id());
    await people.offerCode({ hash: secretHash(made), address: message.address, until: clock.now() + codeMs });
    const told = `RELEVO-${made.slice(0, 4)}-${made.slice(4)}`;
    return {
      ...message,
      answer: { key: 'join-code', values: { code: told, channels: channels.join(', ') } },
    };
  };

  async function spend(message: InboundMessage, code: string): Promise<InboundMessage> {
    const unknown = { ...message, answer: { key: 'join-code-unknown', values: {} } } as const;
    const who = addressKey(message.via ?? message.address);
    const tries = wrong.get(who) ?? 0;
    if (tries >= maxWrong) return unknown;
    const owner = await people.takeCode(secretHash(code), clock.now());
    const at = message.via ?? message.address;
    // Another company's code is no code here.
    if (owner === null || brandOf?.(owner) !== brandOf?.(at)) {
      wrong.set(who, tries + 1);
      return unknown;
    }
    await people.join({ address: at, to: owner, at: clock.now(), by: 'code' });
    const address = await people.resolve(at);
    return { ...message, address, via: at, answer: { key: 'joined', values: {} } };
  }
}

function makeCode(id: string): string {
  return Array.from({ length: 8 }, (_, n) => {
    const value = Number.parseInt(id.slice(n * 4, n * 4 + 4), 16);
    return codeLetters[value % codeLetters.length] ?? '';
  }).join('');
}
