import { z } from 'zod';
import { RelevoError } from '../core/errors.ts';
import { privateKey, secretKey, type TokenKey } from './token-key.ts';

/** The address of 8x8's hosted Jitsi, whose tokens have names of their own. */
const hosted = '8x8.vc';

const name = z.string().regex(/^[\w.:/-]{1,200}$/u, 'expected letters, digits and . : / _ -');

const variables = z.object({
  JITSI_DOMAIN: z
    .string()
    .toLowerCase()
    .regex(
      /^(?=.{1,253}(?::|$))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$/u,
      'expected the name of a server, like meet.example.com',
    )
    .optional(),
  /** The XMPP domain of the server, where it is not its name: `meet.jitsi` in Jitsi's own Docker set-up. */
  JITSI_XMPP_DOMAIN: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9.-]+$/u, 'expected a domain, like meet.jitsi')
    .optional(),
  JITSI_APP_ID: name.optional(),
  JITSI_APP_SECRET: z.string().optional(),
  JITSI_PRIVATE_KEY: z.string().optional(),
  JITSI_KEY_ID: name.optional(),
  JITSI_TENANT: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]*$/u, 'expected letters, digits and -')
    .optional(),
  JITSI_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^[\x21-\x7e]{20,}$/u,
      'expected 20 letters or more: the secret that the server proves its calls by',
    )
    .optional(),
  VIDEO_LINK_TEMPLATE: z
    .url({ protocol: /^https$/u, error: 'expected an address like https://zoom.us/j/1234567890' })
    .optional(),
});

type Variables = z.infer<typeof variables>;

/** A Jitsi server: one's own, or 8x8's. */
export interface JitsiSettings {
  readonly kind: 'jitsi';
  /** Its name, with the port where that is not 443. */
  readonly domain: string;
  /** What tokens are for: `sub` is the XMPP domain, or the tenant where there is one. */
  readonly subject: string;
  /** The part of the address before the room; null: none. */
  readonly tenant: string | null;
  /** Who signs, and how; null: nobody. The server then lets in whoever knows the room. */
  readonly signing: { readonly issuer: string; readonly key: TokenKey } | null;
  /** 8x8's own server: it judges more claims than a server of one's own. */
  readonly jaas: boolean;
  /** What the server proves its own calls to us by; null: it makes none. */
  readonly webhookSecret: string | null;
}

/** Links to calls made elsewhere. */
export interface LinkSettings {
  readonly kind: 'link';
  /** An address; `{room}` in it becomes the room. */
  readonly template: string;
}

/** Where calls are held. */
export type VideoSettings = JitsiSettings | LinkSettings;

/**
 * Reads the variables of video.
 * @param env the environment without empty values
 * @returns null when none is set: there are no calls then; or all that is wrong, never with a secret in it
 */
export function readVideo(
  env: Readonly<Record<string, string | undefined>>,
): VideoSettings | null | { readonly faults: readonly string[] } {
  const keys = Object.keys(variables.shape);
  if (keys.every((key) => env[key] === undefined)) return null;
  const parsed = variables.safeParse(Object.fromEntries(keys.map((key) => [key, env[key]])));
  if (!parsed.success)
    return { faults: parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`) };
  const faults = misfits(parsed.data);
  if (faults.length > 0) return { faults };
  const { JITSI_DOMAIN: domain, VIDEO_LINK_TEMPLATE: template = '' } = parsed.data;
  if (domain === undefined) return { kind: 'link', template };
  try {
    return jitsi(domain, parsed.data);
  } catch (error) {
    if (!(error instanceof RelevoError)) throw error;
    const variable = parsed.data.JITSI_APP_SECRET === undefined ? 'JITSI_PRIVATE_KEY' : 'JITSI_APP_SECRET';
    return { faults: [`${variable}: ${error.message}. ${error.hint ?? ''}`.trim()] };
  }
}

/** What does not go together. */
function misfits(set: Variables): string[] {
  const faults: string[] = [];
  const need = (is: unknown, fault: string): void => {
    if (is !== undefined && is !== false) faults.push(fault);
  };
  if (set.JITSI_DOMAIN === undefined) {
    const lonely = Object.entries(set).find(
      ([key, value]) => key.startsWith('JITSI_') && value !== undefined,
    );
    need(lonely, `JITSI_DOMAIN: expected the name of the server that ${lonely?.[0]} is for`);
    return faults;
  }
  const jaas = set.JITSI_DOMAIN === hosted;
  const signs = set.JITSI_APP_SECRET !== undefined || set.JITSI_PRIVATE_KEY !== undefined;
  need(set.VIDEO_LINK_TEMPLATE, 'VIDEO_LINK_TEMPLATE: expected nothing, as calls are held at JITSI_DOMAIN');
  need(
    set.JITSI_APP_SECRET && set.JITSI_PRIVATE_KEY,
    'JITSI_APP_SECRET: expected it or JITSI_PRIVATE_KEY, not both',
  );
  need(
    !signs && (set.JITSI_APP_ID ?? set.JITSI_KEY_ID),
    'JITSI_APP_SECRET: expected it or JITSI_PRIVATE_KEY, as JITSI_APP_ID or JITSI_KEY_ID is set',
  );
  need(signs && !jaas && set.JITSI_APP_ID === undefined, 'JITSI_APP_ID: expected the app_id of the server');
  need(
    set.JITSI_PRIVATE_KEY !== undefined && set.JITSI_KEY_ID === undefined,
    'JITSI_KEY_ID: expected the name under which the server knows JITSI_PRIVATE_KEY',
  );
  need(
    set.JITSI_APP_SECRET && set.JITSI_KEY_ID,
    'JITSI_KEY_ID: expected nothing, as a shared secret has no name',
  );
  if (jaas) {
    need(set.JITSI_PRIVATE_KEY === undefined, 'JITSI_PRIVATE_KEY: expected the key of an API key of 8x8.vc');
    need(appOf(set) === undefined, 'JITSI_TENANT: expected the AppID, vpaas-magic-cookie-…');
  }
  return faults;
}

/** 8x8's AppID: it is the tenant as well, and either variable may bring it. */
function appOf(set: Variables): string | undefined {
  return [set.JITSI_TENANT, set.JITSI_APP_ID].find((id) => id?.startsWith('vpaas-magic-cookie-'));
}

function jitsi(domain: string, set: Variables): JitsiSettings {
  const jaas = domain === hosted;
  const tenant = (jaas ? appOf(set) : set.JITSI_TENANT) ?? null;
  const key = keyOf(set, jaas ? tenant : null);
  return {
    kind: 'jitsi',
    domain,
    subject: tenant ?? set.JITSI_XMPP_DOMAIN ?? domain.replace(/:\d+$/u, ''),
    tenant,
    signing: key && { issuer: jaas ? 'chat' : (set.JITSI_APP_ID ?? ''), key },
    jaas,
    webhookSecret: set.JITSI_WEBHOOK_SECRET ?? null,
  };
}

function keyOf(set: Variables, app: string | null): TokenKey | null {
  const { JITSI_APP_SECRET: secret, JITSI_PRIVATE_KEY: pem, JITSI_KEY_ID: keyId = '' } = set;
  if (secret !== undefined) return secretKey(secret);
  if (pem === undefined) return null;
  return privateKey(pem, app === null || keyId.includes('/') ? keyId : `${app}/${keyId}`);
}
