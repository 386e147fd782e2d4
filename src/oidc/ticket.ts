import { hkdfSync } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';

const journey = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
});

/** What is known of somebody who is away at the provider. */
export type Journey = z.infer<typeof journey>;

/** How long somebody may stay at the provider, to sign in there. */
export const ticketSeconds = 10 * 60;

/** Seals what a browser keeps while it is away, so that it can neither read nor change it; any process opens it. */
export interface Tickets {
  seal(journey: Journey): Promise<string>;
  /** @throws RelevoError `oidc_expired` when it is not ours, or too old */
  open(ticket: string): Promise<Journey>;
}

/** @param clientSecret what all processes of the installation have, and nobody else */
export function createTickets(clientSecret: string, clock: Clock): Tickets {
  const key = new Uint8Array(hkdfSync('sha256', clientSecret, '', 'relevo sign-in ticket', 32));
  return {
    seal: (known) =>
      new EncryptJWT({ ...known })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(Math.floor(clock.now() / 1000) + ticketSeconds)
        .encrypt(key),
    async open(ticket) {
      try {
        const { payload } = await jwtDecrypt(ticket, key, {
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp'],
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        return journey.parse(payload);
      } catch (cause) {
        if (!(cause instanceof errors.JOSEError || cause instanceof z.ZodError)) throw cause;
        throw new RelevoError('oidc_expired', 'what the browser kept is too old, or not ours', { cause });
      }
    },
  };
}
