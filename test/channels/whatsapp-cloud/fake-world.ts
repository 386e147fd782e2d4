import { createHash, randomBytes } from 'node:crypto';
import type { ApprovedTemplate, SeenMessage, SentMessage } from './fake-rules.ts';

export interface FakeSettings {
  readonly token: string;
  readonly phoneId: string;
  readonly appSecret: string;
  readonly templates: readonly ApprovedTemplate[];
  /** Epoch milliseconds: the 24-hour window, the rates and the webhooks' times are by this clock. */
  readonly now: () => number;
  /** Whether a message outside the window is refused at once, or accepted and reported as failed. */
  readonly refusesOutsideWindow: boolean;
  /** The statuses of a message that arrives, in the order in which they are reported. */
  readonly statuses: readonly ('sent' | 'delivered' | 'read')[];
  /** How often each webhook is delivered. */
  readonly deliveries: number;
  /** Messages a second, in and out. */
  readonly perSecond: number;
}

/** What the platform calls a customer. */
export interface Person {
  readonly phone: string;
  readonly userId: string;
  readonly name: string;
  /** What of it businesses are shown. */
  shows: 'both' | 'phone' | 'userId';
}

/** A message that the platform took. */
export interface Accepted {
  readonly id: string;
  readonly at: number;
  /** The customer's name; null: somebody unknown. */
  readonly to: string | null;
  readonly message: SentMessage;
}

/** What the platform knows. */
export interface World {
  readonly settings: FakeSettings;
  /** Every message accepted, in order. */
  readonly log: Accepted[];
  readonly seen: SeenMessage[];
  readonly people: Map<string, Person>;
  readonly files: Map<string, { readonly type: string; readonly bytes: Uint8Array }>;
  /** Ids of customers' messages. */
  readonly inbound: Set<string>;
  /** When each customer last wrote, by name. */
  readonly lastWrote: Map<string, number>;
  /** When messages passed in the last second, in and out. */
  readonly passed: number[];
  person(name: string): Person;
  /** Whom a message is for; undefined: nobody has that number or id. */
  recipientOf(message: SentMessage): Person | undefined;
}

/** Makes an empty one. */
export function createWorld(settings: FakeSettings): World {
  const people = new Map<string, Person>();

  function person(name: string): Person {
    const known = people.get(name);
    if (known !== undefined) return known;
    const digits = BigInt(`0x${createHash('sha256').update(name).digest('hex').slice(0, 14)}`)
      .toString()
      .padStart(17, '1');
    const made: Person = { phone: `521${digits.slice(-10)}`, userId: `MX.${digits}`, name, shows: 'both' };
    people.set(name, made);
    return made;
  }

  return {
    settings,
    log: [],
    seen: [],
    people,
    files: new Map(),
    inbound: new Set(),
    lastWrote: new Map(),
    passed: [],
    person,
    recipientOf: ({ to, recipient }) =>
      [...people.values()].find(
        ({ phone, userId }) => to?.replace(/^\+/u, '') === phone || recipient === userId,
      ),
  };
}

/** What of a customer a business is shown, in the words of each kind of webhook. */
export function shown({ phone, userId, name, shows }: Person) {
  const byPhone = shows !== 'userId';
  const byId = shows !== 'phone';
  return {
    from: { ...(byPhone ? { from: phone } : {}), ...(byId ? { from_user_id: userId } : {}) },
    contact: {
      profile: { name },
      ...(byPhone ? { wa_id: phone } : {}),
      ...(byId ? { user_id: userId } : {}),
    },
    recipient: {
      ...(byPhone ? { recipient_id: phone } : {}),
      ...(byId ? { recipient_user_id: userId } : {}),
    },
  };
}

/** A message's id, unique for ever. */
export function newId(kind: string): string {
  return `wamid.${kind}${randomBytes(12).toString('hex').toUpperCase()}`;
}

/** A file's id. */
export function randomDigits(): string {
  return BigInt(`0x1${randomBytes(6).toString('hex')}`).toString();
}

/** The platform's timestamps: seconds, as text. */
export function seconds(ms: number): string {
  return String(Math.floor(ms / 1_000));
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
