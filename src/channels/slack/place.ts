import type { Address } from '../../core/message.ts';

/** Where a conversation is: a direct message, or one thread of a channel. */
export interface Place {
  readonly channel: string;
  /** The thread's first message; null in a direct message. */
  readonly root: string | null;
}

/** The address of a conversation. @param team our workspace */
export function addressOf(team: string, { channel, root }: Place): Address {
  return { channel: 'slack', account: team, user: root === null ? channel : `${channel}:${root}` };
}

/** Where an address is. */
export function placeOf({ user }: Address): Place {
  const [channel = '', root] = user.split(':');
  return { channel, root: root ?? null };
}
