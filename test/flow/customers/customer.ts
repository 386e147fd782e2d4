import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelSetup } from '../../../src/channels/channel-kind.ts';

/** What a customer got, as they see it. */
export interface Got {
  readonly text: string;
  /** The bytes of a file; null for words. */
  readonly file: Buffer | null;
}

/** A customer on one channel, and the platform behind it. */
export interface ChannelWorld {
  readonly name: string;
  /** The settings that switch the channel on. */
  readonly variables: Readonly<Record<string, string>>;
  /** The channel itself, where its platform is no address that a setting could name. */
  readonly setup?: ChannelSetup;
  /** Relevo answers at this address now. */
  connect(relevo: string): void;
  writes(text: string): Promise<unknown>;
  sendsPhoto(bytes: Buffer): Promise<unknown>;
  /** Chooses what was offered, in whatever way the channel has: a button, a row, a number. */
  chooses(label: string, number: number): Promise<unknown>;
  /** All that reached the customer, in order. */
  got(): Promise<readonly Got[]>;
  stop(): Promise<void>;
}

const patienceMs = 60_000;

/** Waits until something has reached the customer, after as many things as were `seen`. @returns it, and how many there are */
export async function reached(
  world: ChannelWorld,
  seen: number,
  wanted: (one: Got) => boolean,
  what: string,
): Promise<{ one: Got; seen: number }> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const got = await world.got();
    const place = got.findIndex((one, index) => index >= seen && wanted(one));
    const one = got[place];
    if (one !== undefined) return { one, seen: place + 1 };
    if (Date.now() > until) {
      const texts = got.slice(seen).map(({ text, file }) => (file === null ? text : `[file] ${text}`));
      throw new Error(`${world.name}: ${what} never came; what did: ${JSON.stringify(texts)}`);
    }
    await pause(50);
  }
}
