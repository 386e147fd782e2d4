import { headersOf, type Mail } from './mail.ts';

/** What kind of machine wrote a mail; null: a person did. */
export type Automatic = 'bounce' | 'list' | 'auto-reply' | null;

/** Whether a machine wrote a mail, and which: none of them is ever answered. Pure. */
export function automaticKind(mail: Pick<Mail, 'headers' | 'from' | 'statuses'>): Automatic {
  const has = (name: string) => headersOf(mail, name).length > 0;
  const says = (name: string, pattern: RegExp) => headersOf(mail, name).some((value) => pattern.test(value));
  const postmaster = mail.from.some(({ address }) => /^(mailer-daemon|postmaster)@/iu.test(address));
  const report = says('content-type', /^\s*multipart\/report/iu);
  if (report || mail.statuses.length > 0 || postmaster) return 'bounce';
  if (
    mail.headers.some(([name]) => name.startsWith('list-')) ||
    says('precedence', /^\s*(bulk|junk|list)/iu)
  ) {
    return says('auto-submitted', /^\s*auto-replied/iu) ? 'auto-reply' : 'list';
  }
  const submitted = headersOf(mail, 'auto-submitted').some((value) => !/^\s*no\s*(;|$)/iu.test(value));
  const marked = has('x-auto-response-suppress') || has('x-autoreply') || has('x-autorespond');
  return submitted || marked || says('return-path', /^\s*<\s*>/u) ? 'auto-reply' : null;
}
