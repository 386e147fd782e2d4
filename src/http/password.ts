import { hash, verify } from '@node-rs/argon2';
import type { Ids } from '../core/ids.ts';

/** OWASP's parameters for argon2id (the library's default algorithm): 46 MiB, one pass, one lane. */
const strength = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };

/** Hashes passwords and checks them. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for an unknown user (`null`) as for a known one. */
  matches(stored: string | null, password: string): Promise<boolean>;
}

/** Passwords by argon2id. */
export function createPasswords(ids: Ids): Passwords {
  let dummy: Promise<string> | null = null;
  return {
    hash: (password) => hash(password, strength),
    async matches(stored, password) {
      dummy ??= hash(ids.id(), strength);
      const nobody = await dummy;
      const same = await verify(stored ?? nobody, password);
      return stored !== null && same;
    },
  };
}
