import { useEffect, useRef } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { useMoment } from '../../desk/use-moment.ts';
import { useShortcuts } from '../../desk/use-shortcuts.ts';
import { Waiting } from '../../desk/waiting.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Segments } from '../../parts/segments.tsx';
import { useMedia } from '../../parts/use-media.ts';
import page from '../page.module.css';
import { PublishLink } from '../publish-link.tsx';
import { type Next, useUndo } from '../undo-bar.tsx';
import { useTell } from '../words.ts';
import { GapList } from './gap-list.tsx';
import { GapView } from './gap-view.tsx';
import css from './gaps-page.module.css';
import { useGaps } from './queries.ts';
import { SettledList } from './settled-list.tsx';

const periods = [7, 30, 90, 365] as const;
const views = ['all', 'proposed', 'settled'] as const;

/** What the bot could not settle: the list beside the gap that is open; on a phone one or the other. */
export function GapsPage() {
  const tell = useTell();
  const moment = useMoment();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [search, setSearch] = useSearchParams();
  const open = useParams()['*']?.split('/')[0] || null;
  const days = periods.find((one) => String(one) === search.get('days')) ?? 30;
  const view = views.find((one) => one === search.get('view')) ?? 'all';
  const found = useGaps(days, view === 'proposed');
  const narrow = useMedia('(max-width: 62rem)');
  const undo = useUndo();
  const gaps = found.data?.gaps ?? [];
  const query = search.size === 0 ? '' : `?${search}`;
  const addressOf = (id: string) => `/console/gaps/${id}${query}`;
  const back = `/console/gaps${query}`;

  const list = useRef<HTMLDivElement>(null);
  // On a wide page the first one is open already: nothing to press before something is seen.
  const first = gaps[0]?.id;
  const shown = open ?? (narrow || view === 'settled' ? null : (first ?? null));
  const move = (by: number) => {
    const at = gaps.findIndex(({ id }) => id === shown);
    const next = gaps[Math.min(gaps.length - 1, Math.max(0, at + by))];
    if (next !== undefined) void navigate(addressOf(next.id));
  };
  const leave = () => void navigate(back);
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    z: undo.undoLast,
    Escape: leave,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is opened
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    if (open !== null && narrow) document.getElementById('content')?.scrollTo(0, 0);
  }, [pathname]);

  function done(words: string, takeBack: () => Promise<unknown>, step?: Next) {
    undo.did(words, takeBack, step);
    const at = gaps.findIndex(({ id }) => id === shown);
    const next = gaps[at + 1] ?? gaps[at - 1];
    void navigate(next === undefined || narrow ? back : addressOf(next.id));
  }
  const change = (name: 'days' | 'view', value: string) => {
    const changed = new URLSearchParams(search);
    changed.set(name, value);
    if (open === null) setSearch(changed);
    else void navigate(`/console/gaps?${changed}`);
  };

  return (
    <div className={classNames(page.page, css.page)}>
      {(!narrow || open === null) && (
        <header className={css.head}>
          <div>
            <h1 className={page.title}>{tell('nav.gaps')}</h1>
            <p className={page.lead}>{tell('gaps.lead')}</p>
          </div>
          <div className={page.row}>
            <Segments
              label={tell('gaps.view')}
              value={view}
              onChange={(value) => change('view', value)}
              segments={views.map((value) => ({ value, label: tell(`gaps.view.${value}`) }))}
            />
            {view !== 'settled' && (
              <select
                className={page.select}
                aria-label={tell('insight.period')}
                value={days}
                onChange={(event) => change('days', event.target.value)}
              >
                {periods.map((value) => (
                  <option key={value} value={value}>
                    {tell('gaps.lastDays', { days: value })}
                  </option>
                ))}
              </select>
            )}
            <span className={page.faint} role="status">
              {view !== 'settled' && found.data?.finding && found.data.at !== null
                ? tell('gaps.finding', { at: moment(found.data.at) })
                : ''}
            </span>
            {!narrow && view !== 'settled' && gaps.length > 0 && (
              <span className={page.faint}>
                <kbd>j</kbd> <kbd>k</kbd> {tell('gaps.key.move')} · <kbd>a</kbd> {tell('gaps.key.accept')} ·{' '}
                <kbd>e</kbd> {tell('gaps.key.change')} · <kbd>d</kbd> {tell('gaps.key.dismiss')} ·{' '}
                <kbd>z</kbd> {tell('gaps.key.undo')}
              </span>
            )}
          </div>
        </header>
      )}
      {view === 'settled' ? (
        <SettledList days={days} />
      ) : found.data === undefined || found.data.at === null ? (
        <div>
          <Waiting fault={found.error} retry={found.refetch} />
          {found.error === null && <p className={page.soft}>{tell('gaps.firstTime')}</p>}
        </div>
      ) : (
        <>
          {gaps.length === 0 && shown === null && (
            <div className={page.empty}>
              <h2>{tell(view === 'all' ? 'gaps.none' : 'gaps.noneProposed')}</h2>
              <p>{tell(view === 'all' ? 'gaps.noneWords' : 'gaps.noneProposedWords')}</p>
              <a href="/" target="_blank" rel="noopener">
                {tell('gaps.tryChat')}
              </a>
              <p>
                {tell('gaps.thenPublish')} <PublishLink>{tell('try.toPublish')}</PublishLink>
              </p>
            </div>
          )}
          <div className={css.columns}>
            {gaps.length > 0 && (!narrow || open === null) && (
              <div ref={list} className={css.list}>
                <GapList gaps={gaps} open={shown} addressOf={addressOf} />
              </div>
            )}
            {shown !== null && <GapView key={shown} id={shown} days={days} back={back} onDone={done} />}
          </div>
        </>
      )}
      {undo.bar}
    </div>
  );
}
