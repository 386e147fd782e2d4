import { z } from 'zod';
import { channelKind } from '../channel-kind.ts';
import { normaliseAddress } from './address.ts';
import { preview } from './preview.ts';

/** One server and who we are there. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise the connection is raised to TLS before anything secret is said. */
  readonly secure: boolean;
  /** Null where nobody has to log in. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

/** One mailbox of ours: where its mail is read and how its answers leave. */
export interface MailAccount {
  /** Its address, as `normaliseAddress` writes it. */
  readonly address: string;
  readonly imap: MailServer & { readonly folder: string };
  readonly smtp: MailServer;
}

/** What the variables say. */
export interface EmailSettings {
  readonly accounts: readonly MailAccount[];
  /** The name our own server signs its `Authentication-Results` with; null: none is believed. */
  readonly trustedAuthserv: string | null;
  /** Whether a From line is believed where our server did not check it. */
  readonly trustFrom: boolean;
  /** Whether answers ask for replies to an address with a `+` in it. */
  readonly plusAddresses: boolean;
  /** A file of certificates to trust beside the usual ones; null: none. */
  readonly caFile: string | null;
}

const list = z
  .string({ error: 'is needed as well: EMAIL_IMAP_URL, EMAIL_SMTP_URL and EMAIL_ADDRESS belong together' })
  .transform((text) => text.split(/[\s,]+/u).filter((item) => item !== ''));

const onOff = (whenUnset: 'on' | 'off') =>
  z
    .enum(['on', 'off'], { error: 'should be on or off' })
    .default(whenUnset)
    .transform((value) => value === 'on');

/** A list of server addresses; `folder` is their path. */
function servers(plain: string, secure: string, ports: Readonly<Record<string, number>>) {
  return list.transform((items, context) =>
    items.flatMap((item) => {
      const url = URL.canParse(item) ? new URL(item) : null;
      const scheme = url?.protocol.slice(0, -1) ?? '';
      const user = decoded(url?.username ?? '');
      const password = decoded(url?.password ?? '');
      if (url === null || url.hostname === '' || ports[scheme] === undefined || !user.ok || !password.ok) {
        const message = `should look like ${secure}://user:password@host (or ${plain}://…); write @ : / , and spaces inside the user or password as %40 %3A %2F %2C %20`;
        context.addIssue({ code: 'custom', message });
        return [];
      }
      const login = user.text === '' ? null : { user: user.text, password: password.text };
      const port = url.port === '' ? ports[scheme] : Number(url.port);
      const host = url.hostname.replace(/^\[|\]$/gu, '');
      const path = decoded(url.pathname.replace(/^\/+|\/+$/gu, ''));
      return [{ host, port, secure: scheme === secure, login, folder: path.text || 'INBOX' }];
    }),
  );
}

function decoded(text: string): { readonly ok: boolean; readonly text: string } {
  try {
    return { ok: true, text: decodeURIComponent(text) };
  } catch {
    return { ok: false, text: '' };
  }
}

const addresses = list.transform((items, context) =>
  items.flatMap((item) => {
    const address = normaliseAddress(item);
    if (address === null)
      context.addIssue({ code: 'custom', message: 'should be an address like support@example.com' });
    return address === null ? [] : [address];
  }),
);

const variables = z
  .object({
    EMAIL_IMAP_URL: servers('imap', 'imaps', { imap: 143, imaps: 993 }),
    EMAIL_SMTP_URL: servers('smtp', 'smtps', { smtp: 587, smtps: 465 }),
    EMAIL_ADDRESS: addresses,
    EMAIL_TRUSTED_AUTHSERV: z.string().trim().toLowerCase().optional(),
    EMAIL_TRUST_FROM: onOff('off'),
    EMAIL_PLUS_ADDRESSES: onOff('on'),
    EMAIL_TLS_CA: z.string().optional(),
  })
  .superRefine((all, context) => {
    const counts = [all.EMAIL_IMAP_URL.length, all.EMAIL_SMTP_URL.length, all.EMAIL_ADDRESS.length];
    if (new Set(counts).size === 1 && counts[0] !== 0) return;
    const message = `lists ${counts[2]} mailboxes, EMAIL_IMAP_URL ${counts[0]} and EMAIL_SMTP_URL ${counts[1]}: write one of each for every mailbox, in the same order`;
    context.addIssue({ code: 'custom', path: ['EMAIL_ADDRESS'], message });
  });

/** Mailboxes that customers write to. Several: each variable takes a list of the same length. */
export const email = channelKind(
  'email',
  variables,
  async (values, deps) => {
    const { createEmail } = await import('./index.ts');
    return createEmail(
      {
        accounts: values.EMAIL_ADDRESS.flatMap((address, index) => {
          const imap = values.EMAIL_IMAP_URL[index];
          const smtp = values.EMAIL_SMTP_URL[index];
          return imap === undefined || smtp === undefined ? [] : [{ address, imap, smtp }];
        }),
        trustedAuthserv: values.EMAIL_TRUSTED_AUTHSERV ?? null,
        trustFrom: values.EMAIL_TRUST_FROM,
        plusAddresses: values.EMAIL_PLUS_ADDRESSES,
        caFile: values.EMAIL_TLS_CA ?? null,
      },
      deps,
    );
  },
  preview,
);
