import { z } from 'zod';
import { words } from './text.ts';

const role = z.enum(['agent', 'supervisor', 'administrator']);

const email = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/u, 'must be an e-mail address');

/** Long ones are fine: the limit only bounds the work of hashing. */
const newPassword = z.string().min(10, 'must have at least 10 characters').max(1_000);

export const credentials = z.object({ email: z.string().max(254), password: z.string().max(1_000) });

export const firstUser = z.object({
  token: z.string().max(200),
  name: words(100),
  email,
  password: newPassword,
});

export const newUser = z.object({ name: words(100), email, role, password: newPassword });

export const userJson = z
  .object({ id: z.string(), name: z.string(), email: z.string().nullable(), role })
  .meta({ id: 'User' });

export const sessionJson = z.object({
  user: userJson.nullable(),
  demo: z.boolean(),
  needsSetup: z.boolean(),
});
