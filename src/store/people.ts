import type { Address } from '../core/message.ts';

/** Two addresses that are one person's: the first one's messages belong to the second one's conversations. */
export interface Joined {
  readonly address: Address;
  readonly to: Address;
  readonly at: number;
  /** Who joined them: the customer by a code, or an agent by name. */
  readonly by: string;
}

/** Which addresses are the same person's. */
export interface People {
  /** Whose conversations an address's messages belong to: its own where nobody joined it to another. */
  resolve(address: Address): Promise<Address>;
  /**
   * Joins an address, and all that were joined to it, to another. Joining twice changes nothing.
   * @returns false when they are the same person's already
   */
  join(joined: Joined): Promise<boolean>;
  /** Undoes the joining of one address. @returns false when it was joined to none */
  part(address: Address): Promise<boolean>;
  /** The addresses joined to this one, oldest first. */
  joinedTo(address: Address): Promise<Joined[]>;
  /** Keeps the hash of a code with which an address may be joined, until a moment; an older one of it ends. */
  offerCode(code: {
    readonly hash: string;
    readonly address: Address;
    readonly until: number;
  }): Promise<void>;
  /** Uses up a code. @returns whose it is; null when it is unknown, used or over */
  takeCode(hash: string, now: number): Promise<Address | null>;
}
