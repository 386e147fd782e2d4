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
}

/** Users, their sessions and API tokens. Secrets are stored as hashes only. */
export interface Accounts {
  userCount(): Promise<number>;
  /** @returns false when the email is taken */
  addUser(user: User): Promise<boolean>;
  /** Adds the first user of all. @returns false when there is one already, however close the race */
  addFirstUser(user: User): Promise<boolean>;
  userByEmail(email: string): Promise<User | null>;
  /** Everybody, by name. */
  users(): Promise<User[]>;
  addSession(session: { hash: string; user: string; expiresAt: number }): Promise<void>;
  /** The enabled user of a living session. */
  sessionUser(hash: string, now: number): Promise<User | null>;
  endSession(hash: string): Promise<void>;
  addToken(token: { hash: string; name: string; role: Role; createdAt: number }): Promise<void>;
  /** A token's role and name; null when it is unknown. */
  token(hash: string): Promise<{ name: string; role: Role } | null>;
}
