import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation, useMatch } from 'react-router';
import { Banner } from '../parts/banner.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { CaseList } from './case-list.tsx';
import { LiveProvider, useConnection, useDesk } from './desk-context.tsx';
import type { DeskLive } from './desk-live.ts';
import css from './desk-page.module.css';
import { useSession } from './queries.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { Waiting } from './waiting.tsx';

/** The agents' desk: the list of cases beside the one that is open; on a phone one or the other. */
export function DeskPage() {
  const { listen } = useDesk();
  const session = useSession();
  const location = useLocation();
  const [live, setLive] = useState<DeskLive | null>(null);
  const allowed = session.data !== undefined && (session.data.user !== null || session.data.demo);

  useEffect(() => {
    if (!allowed) return;
    const listening = listen();
    setLive(listening);
    return () => {
      listening.stop();
      setLive(null);
    };
  }, [allowed, listen]);

  if (session.data === undefined) return <Waiting fault={session.error} retry={session.refetch} />;
  if (!allowed) return <Navigate to="/desk/sign-in" state={{ from: location.pathname }} replace />;
  return (
    <LiveProvider value={live}>
      <Frame demo={session.data.demo} />
    </LiveProvider>
  );
}

function Frame({ demo }: { readonly demo: boolean }) {
  const say = useSay();
  const lost = useConnection() === 'lost';
  // On a phone whatever is not the list itself takes the whole page.
  const inCase = useMatch('/desk') === null;
  const [help, setHelp] = useState(false);
  useShortcuts({ '?': () => setHelp(true) });
  useEffect(() => {
    document.title = `${say('desk.title')} · Relevo`;
  });
  return (
    <div className={css.page}>
      <TopBar onShortcuts={() => setHelp(true)} />
      {demo && (
        <Banner tone="calm">
          {say('desk.demo')} <span className={css.how}>{say('desk.demoHow')}</span>
        </Banner>
      )}
      {lost && <Banner tone="offline">{say('desk.lost')}</Banner>}
      <main className={classNames(css.panes, inCase && css.inCase)}>
        <nav className={css.list} aria-label={say('list.label')}>
          <CaseList />
        </nav>
        <div className={css.case}>
          <Outlet />
        </div>
      </main>
      <ShortcutsDialog isOpen={help} onClose={() => setHelp(false)} />
    </div>
  );
}
