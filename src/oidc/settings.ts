import { z } from 'zod';

/** A host of this computer: the only ones that may be asked without encryption. */
const here = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/u;

const variables = z.object({
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/u, error: 'expected an address like https://accounts.google.com' })
    .refine((text) => text.startsWith('https:') || here.test(text), 'expected an address with https')
    .optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2_000).optional(),
  OIDC_SCOPES: z
    .string()
    .transform((text) => text.split(/[\s,]+/u).filter((scope) => scope !== ''))
    .refine((scopes) => scopes.includes('openid'), 'expected names with openid among them')
    .optional(),
  OIDC_NAME: z.string().trim().min(1).max(40, 'expected 40 letters at most').optional(),
  OIDC_DEFAULT_ROLE: z.literal('agent', 'expected agent').optional(),
  OIDC_DOMAINS: z
    .string()
    .toLowerCase()
    .transform((text) => text.split(/[\s,]+/u).filter((domain) => domain !== ''))
    .refine(
      (domains) => domains.every((domain) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u.test(domain)),
      'expected the domains of e-mail addresses, like example.com, example.org',
    )
    .optional(),
});

/** The provider of OpenID Connect that people sign in by. */
export interface OidcSettings {
  /** As the provider writes it itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  /** What people call it. */
  readonly name: string;
  /** Who gets an account by coming for the first time, and with which role; null: only those who were asked. */
  readonly joins: { readonly role: 'agent'; readonly domains: readonly string[] } | null;
}

/**
 * Reads the variables of signing in by a provider.
 * @param env the environment without empty values
 * @returns null when none is set; or all that is wrong, never with a secret in it
 */
export function readOidc(
  env: Readonly<Record<string, string | undefined>>,
): OidcSettings | null | { readonly faults: readonly string[] } {
  const keys = Object.keys(variables.shape);
  if (keys.every((key) => env[key] === undefined)) return null;
  const parsed = variables.safeParse(Object.fromEntries(keys.map((key) => [key, env[key]])));
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`);
  const missing = {
    OIDC_ISSUER: 'the address of the provider that people sign in by',
    OIDC_CLIENT_ID: 'the name under which the provider knows Relevo',
    OIDC_CLIENT_SECRET: 'the secret that the provider gave with OIDC_CLIENT_ID',
    PUBLIC_URL: 'the address to which the provider sends people back: it is registered there',
  };
  for (const [key, what] of Object.entries(missing))
    if (env[key] === undefined) faults.push(`${key}: expected ${what}, as others of OIDC_… are set`);
  if (env.OIDC_DEFAULT_ROLE !== undefined && env.OIDC_DOMAINS === undefined)
    faults.push('OIDC_DOMAINS: expected whose e-mail addresses get an account by OIDC_DEFAULT_ROLE');
  if (env.OIDC_DOMAINS !== undefined && env.OIDC_DEFAULT_ROLE === undefined)
    faults.push('OIDC_DEFAULT_ROLE: expected the role that people of OIDC_DOMAINS get');
  if (!parsed.success || faults.length > 0) return { faults };
  const { OIDC_ISSUER: issuer = '', OIDC_DEFAULT_ROLE: role, OIDC_DOMAINS: domains = [] } = parsed.data;
  return {
    issuer,
    clientId: parsed.data.OIDC_CLIENT_ID ?? '',
    clientSecret: parsed.data.OIDC_CLIENT_SECRET ?? '',
    scopes: parsed.data.OIDC_SCOPES ?? ['openid', 'email', 'profile'],
    name: parsed.data.OIDC_NAME ?? new URL(issuer).host,
    joins: role === undefined ? null : { role, domains },
  };
}
