import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download, ShieldCheck } from 'lucide-react';
import { useIntl } from 'react-intl';
import { useSearchParams } from 'react-router';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { TextDifference } from '../articles/text-difference.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { PageHead } from '../page-head.tsx';
import { useSession } from '../session.ts';
import { useCodeWords, useTell } from '../words.ts';
import css from './audit-page.module.css';

interface Entry {
  readonly number: number;
  readonly at: string;
  readonly who: { readonly id: string; readonly name: string };
  readonly action: string;
  readonly subject: string;
  readonly reason: string;
  readonly before: unknown;
  readonly after: unknown;
}

const kinds = [
  'article',
  'gap',
  'golden',
  'phrase',
  'rehearsal',
  'draft',
  'version',
  'user',
  'invitation',
  'token',
  'settings',
] as const;
const limit = 50;

/** Who changed what, when and why, as it was and as it became. */
export function AuditPage() {
  const tell = useTell();
  const { formatDate } = useIntl();
  const session = useSession();
  const did = useCodeWords('audit.did');
  const [search, setSearch] = useSearchParams();
  const [kind, who, from, to] = ['kind', 'who', 'from', 'to'].map((name) => search.get(name) ?? '');
  const wanted = new URLSearchParams();
  if (kind) wanted.set('kind', kind);
  if (who) wanted.set('who', who);
  if (from) wanted.set('from', new Date(`${from}T00:00`).toISOString());
  if (to) wanted.set('to', new Date(new Date(`${to}T00:00`).getTime() + 24 * 3_600_000).toISOString());
  const list = useInfiniteQuery({
    queryKey: ['audit', String(wanted)],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => {
      const older = pageParam === 0 ? '' : `&before=${pageParam}`;
      return request<{ entries: readonly Entry[] }>(
        'GET',
        `/api/console/audit?limit=${limit}${older}${wanted.size === 0 ? '' : `&${wanted}`}`,
      );
    },
    getNextPageParam: ({ entries }) => (entries.length < limit ? undefined : entries.at(-1)?.number),
  });
  const check = useMutation<{ entries: number; faults: readonly string[] }, Error>({
    mutationFn: () => request('GET', '/api/console/audit/check', undefined, 60_000),
  });
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const entries = list.data?.pages.flatMap((one) => one.entries) ?? [];
  const people = [...new Map(entries.map((one) => [one.who.id, one.who.name]))];
  const administrator = session.data?.demo === true || session.data?.user?.role === 'administrator';
  return (
    <div className={page.page}>
      <PageHead title={tell('nav.audit')} lead={tell('audit.lead')} />
      <div className={css.filters}>
        <select
          className={page.select}
          aria-label={tell('audit.kind')}
          value={kind}
          onChange={(event) => set('kind', event.target.value)}
        >
          <option value="">{tell('audit.everything')}</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {tell(`audit.kind.${one}`)}
            </option>
          ))}
        </select>
        <select
          className={page.select}
          aria-label={tell('audit.who')}
          value={who}
          onChange={(event) => set('who', event.target.value)}
        >
          <option value="">{tell('audit.everybody')}</option>
          {who !== '' && !people.some(([id]) => id === who) && <option value={who}>{who}</option>}
          {people.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        {(['from', 'to'] as const).map((name) => (
          <label key={name} className={css.day}>
            {tell(`audit.${name}`)}
            <input
              type="date"
              className={page.select}
              value={(name === 'from' ? from : to) ?? ''}
              onChange={(event) => set(name, event.target.value)}
            />
          </label>
        ))}
        <a className={css.link} href={`/api/console/audit.csv?${wanted}`} download>
          <Download size={15} aria-hidden="true" />
          {tell('insight.export')}
        </a>
        {administrator && (
          <Button
            size="s"
            icon={<ShieldCheck size={15} aria-hidden="true" />}
            isDisabled={check.isPending}
            onPress={() => check.mutate()}
          >
            {tell('audit.check')}
          </Button>
        )}
      </div>
      <div role="status">
        {check.data !== undefined && (
          <p className={check.data.faults.length === 0 ? page.soft : page.fault}>
            {check.data.faults.length === 0
              ? tell('audit.whole', { count: check.data.entries })
              : `${tell('audit.broken')} ${check.data.faults.join('; ')}`}
          </p>
        )}
      </div>
      <FaultLine fault={check.error} />
      {list.data === undefined && <Waiting fault={list.error} retry={list.refetch} />}
      {list.data !== undefined && entries.length === 0 && <p className={page.empty}>{tell('audit.empty')}</p>}
      <ol className={css.entries}>
        {entries.map((entry) => (
          <li key={entry.number} className={page.card}>
            <div className={css.head}>
              <span className={css.action} title={entry.action}>
                {did(entry.action)}
              </span>
              <span className={css.subject}>{subjectOf(entry)}</span>
              <span className={page.faint}>
                {entry.who.name} · {formatDate(entry.at, { dateStyle: 'medium', timeStyle: 'medium' })} · #
                {entry.number}
              </span>
            </div>
            {entry.reason !== '' && <p className={page.soft}>{entry.reason}</p>}
            {(entry.before !== null || entry.after !== null) && (
              <details className={css.change}>
                <summary>{tell('audit.change')}</summary>
                <TextDifference before={textOf(entry.before)} after={textOf(entry.after)} />
              </details>
            )}
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button isDisabled={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {tell('audit.older')}
        </Button>
      )}
    </div>
  );
}

/** The name or the title of what was changed; without one, what it is called in the log. */
function subjectOf({ subject, before, after }: Entry): string {
  for (const side of [after, before]) {
    if (typeof side !== 'object' || side === null) continue;
    const { title, name } = side as { readonly title?: unknown; readonly name?: unknown };
    if (typeof title === 'string') return title;
    if (typeof name === 'string') return name;
  }
  return subject.replace(/^[^/]+\//u, '');
}

/** What was written down, a line each; moments as a person reads them. */
function textOf(value: unknown): string {
  if (value === null) return '';
  const readable = (key: string, one: unknown) =>
    key.endsWith('At') && typeof one === 'number' ? new Date(one).toISOString() : one;
  return typeof value === 'string' ? value : JSON.stringify(value, readable, 2);
}
