import { z } from 'zod';
import { moment, words } from './text.ts';

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

/** Null: all. */
const brands = z.array(z.string().min(1).max(100)).min(1).max(100).nullable();
const hash = z.string().regex(/^[\w-]{1,100}$/u, 'must be the id from the list');

export const newUser = z.object({
  name: words(100),
  email,
  role,
  password: newPassword,
  brands: brands.default(null),
});

export const userRef = z.object({ id: z.string().max(100) });

/** What is left out stays as it is. */
export const userChange = z.object({
  name: words(100).optional(),
  role: role.optional(),
  brands: brands.optional(),
  disabled: z.boolean().optional(),
  reason: z.string().max(1_000).optional(),
});

export const newPasswordOwn = z.object({ password: z.string().max(1_000), next: newPassword });

export const joinerNew = z.object({
  name: words(100),
  email,
  role,
  brands: brands.default(null),
  days: z.int().min(1).max(30).default(3),
});

export const joinerRef = z.object({ id: z.string().max(100) });
export const joinerRenew = z.object({ days: z.int().min(1).max(30).default(3) }).nullish();
export const joinCode = z.object({ code: z.string().max(200) });
export const joinAccept = joinCode.extend({ name: words(100), password: newPassword });
export const joinShown = z.object({ name: z.string(), email: z.string(), expiresAt: moment });

export const joinerJson = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    brands,
    by: z.string(),
    createdAt: moment,
    expiresAt: moment,
    expired: z.boolean(),
  })
  .meta({ id: 'Invitation' });

export const joinerMade = z.object({
  invitation: joinerJson,
  code: z.string().describe('Shown this once: the link is /desk/join#code= and this.'),
});

export const sessionRef = z.object({ id: hash });

export const sessionLine = z
  .object({
    id: hash,
    user: z.object({ id: z.string(), name: z.string() }),
    createdAt: moment.nullable(),
    seenAt: moment.nullable(),
    expiresAt: moment,
    device: z.string().describe('What the browser calls itself; empty where it says nothing.'),
    current: z.boolean().describe('The one that asks.'),
  })
  .meta({ id: 'Session' });

export const sessionList = z.object({ sessions: z.array(sessionLine) });
export const sessionsEnded = z.object({ ended: z.int() });

export const tokenNew = z.object({
  name: words(100),
  role,
  days: z.int().min(1).max(3_650).nullable().default(90).describe('Null: it never expires.'),
});

export const tokenRef = z.object({ id: hash });

export const tokenJson = z
  .object({
    id: hash,
    name: z.string(),
    role,
    createdAt: moment,
    expiresAt: moment.nullable(),
    usedAt: moment.nullable(),
    expired: z.boolean(),
  })
  .meta({ id: 'Token' });

export const tokenMade = z.object({ token: tokenJson, secret: z.string().describe('Shown this once.') });

export const userJson = z
  .object({ id: z.string(), name: z.string(), email: z.string().nullable(), role })
  .meta({ id: 'User' });

/** A user as administrators see them. */
export const userLine = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    disabled: z.boolean(),
    brands: brands.describe('Whom they work for; null: all.'),
    fromFile: z.boolean().describe('relevo.yaml says so, over what the account says.'),
    you: z.boolean(),
  })
  .meta({ id: 'Account' });

export const sessionJson = z.object({
  user: userJson.nullable(),
  demo: z.boolean(),
  needsSetup: z.boolean(),
  brands: brands
    .optional()
    .describe('Whom they work for; null: all. Only where it is asked who is signed in.'),
  provider: z
    .object({ name: z.string(), url: z.string() })
    .optional()
    .describe('Where else one signs in, and the address that leads there. Only where nobody is signed in.'),
});
