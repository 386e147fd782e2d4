/** What somebody who signs in may do; each role may do all that the ones before it may. */
export const roles = ['agent', 'supervisor', 'administrator'] as const;

/** One of the roles. */
export type Role = (typeof roles)[number];

/** Somebody who signs in. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly disabled: boolean;
  /** The brands that they work for; absent: all. */
  readonly brands?: readonly string[];
  /** What a sign-in provider knows them by, whatever their e-mail becomes; absent: they never came from one. */
  readonly identity?: string;
}

/** What of a user can be changed; `brands` null: they work for all. */
export interface UserChange {
  readonly name?: string;
  readonly role?: Role;
  readonly passwordHash?: string;
  readonly disabled?: boolean;
  readonly brands?: readonly string[] | null;
}

/** Somebody signed in on one device. Times are epoch milliseconds; 0: it was not written down. */
export interface Session {
  /** Of its secret. */
  readonly hash: string;
  readonly user: string;
  readonly expiresAt: number;
  readonly createdAt: number;
  /** When it was last used, to some minutes. */
  readonly seenAt: number;
  /** What the browser calls itself. */
  readonly device: string;
}

/** A program's key. Times are epoch milliseconds. */
export interface Token {
  /** Of its secret. */
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** From when on it is refused; null: never. */
  readonly expiresAt: number | null;
  /** When it was last used, to some minutes; null: never. */
  readonly usedAt: number | null;
}

/** Somebody who was asked to join and has not done so yet. Times are epoch milliseconds. */
export interface Joiner {
  readonly id: string;
  /** Of the secret in their link. */
  readonly hash: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly brands?: readonly string[];
  /** The name of whoever asked them. */
  readonly by: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Those who sign in. */
export interface Users {
  userCount(): Promise<number>;
  /** @returns false when the email is taken */
  addUser(user: User): Promise<boolean>;
  /** Adds the first user of all. @returns false when there is one already, however close the race */
  addFirstUser(user: User): Promise<boolean>;
  userByEmail(email: string): Promise<User | null>;
  userByIdentity(identity: string): Promise<User | null>;
  /** Everybody, by name. */
  users(): Promise<User[]>;
  /** @returns the user as they were and as they are; null when there is none */
  changeUser(id: string, change: UserChange): Promise<{ readonly before: User; readonly after: User } | null>;
  /**
   * Changes what a sign-in provider knows a user by, if that is still what was seen; null: nothing.
   * @returns false when it is not, or somebody else has the new one: nothing was changed
   */
  replaceIdentity(id: string, seen: string | null, identity: string | null): Promise<boolean>;
}

/** Who is signed in. */
export interface Sessions {
  addSession(
    session: Pick<Session, 'hash' | 'user' | 'expiresAt'> & Partial<Pick<Session, 'createdAt' | 'device'>>,
  ): Promise<void>;
  /** The enabled user of a living session. */
  sessionUser(hash: string, now: number): Promise<User | null>;
  /** The living ones, the one used last first. @param user of one user alone */
  sessions(now: number, user?: string): Promise<Session[]>;
  /** Notes that it was used. */
  sawSession(hash: string, at: number): Promise<void>;
  endSession(hash: string): Promise<void>;
  /** Ends all of a user's. @param except this one stays. @returns how many there were */
  endSessions(user: string, except?: string): Promise<number>;
}

/** The keys of programs. */
export interface Tokens {
  addToken(
    token: Pick<Token, 'hash' | 'name' | 'role' | 'createdAt'> & { readonly expiresAt?: number | null },
  ): Promise<void>;
  /** Null when it is unknown. */
  token(hash: string): Promise<Token | null>;
  /** The newest first. */
  tokens(): Promise<Token[]>;
  /** Notes that it was used. */
  usedToken(hash: string, at: number): Promise<void>;
  /** @returns false when there was none */
  removeToken(hash: string): Promise<boolean>;
}

/** Who was asked to join. */
export interface Joiners {
  /** The newest first, those whose link is too old among them. */
  joiners(): Promise<Joiner[]>;
  /** Adds one, or puts another in place of the one with the same id: its old link is dead. */
  putJoiner(joiner: Joiner): Promise<void>;
  joinerByHash(hash: string): Promise<Joiner | null>;
  /** Removes one. @returns false when it was not there: of several who remove it at once, one does */
  removeJoiner(id: string): Promise<boolean>;
}

/** How often something was tried, over all processes. */
export interface Tries {
  /**
   * Counts a try before it is made.
   * @param limit how many there may be in a window, which begins with the first
   * @returns 0, or the milliseconds to wait when there have been too many
   */
  takeTry(
    key: string,
    now: number,
    limit: { readonly max: number; readonly windowMs: number },
  ): Promise<number>;
  /** Takes a try back: it was a good one. */
  giveBackTry(key: string): Promise<void>;
}

/** Users, their sessions, API tokens, those asked to join, and tries to sign in. Secrets are stored as hashes only. */
export interface Accounts extends Users, Sessions, Tokens, Joiners, Tries {}
