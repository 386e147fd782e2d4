import { Cable, Gauge, Keyboard, LogOut, PackageX } from 'lucide-react';
import { Link } from 'react-router';
import { Brand } from '../parts/brand.tsx';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { PreferencesButton } from '../parts/preferences-button.tsx';
import { AvailabilityButton } from './availability-button.tsx';
import { useDesk } from './desk-context.tsx';
import { useSession } from './queries.ts';
import { maySupervise } from './rights.ts';
import css from './top-bar.module.css';

/** The strip above everything: where this is, who is here, and the way out. */
export function TopBar({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const say = useSay();
  const { request, queries } = useDesk();
  const session = useSession().data;
  const user = session?.user;
  const signOut = async () => {
    await request('DELETE', '/api/session');
    queries.clear();
    location.assign('/desk/sign-in');
  };
  return (
    <header className={css.bar}>
      <h1 className={css.title}>
        <Link to="/desk" className={css.home}>
          <Brand size="s" />
          <span>{say('desk.title')}</span>
        </Link>
      </h1>
      <AvailabilityButton />
      {session !== undefined && maySupervise(session) && (
        <a href="/console" className={classNames(css.link, css.console)} title={say('desk.console')}>
          <Gauge size={19} aria-hidden="true" />
          <span className={css.words}>{say('desk.console')}</span>
        </a>
      )}
      {user != null && user.role !== 'agent' && (
        <Link
          to="/desk/quarantine"
          className={css.link}
          title={say('quarantine.title')}
          aria-label={say('quarantine.title')}
        >
          <PackageX size={19} aria-hidden="true" />
        </Link>
      )}
      {user?.role === 'administrator' && (
        <Link
          to="/desk/channels"
          className={css.link}
          title={say('channels.title')}
          aria-label={say('channels.title')}
        >
          <Cable size={19} aria-hidden="true" />
        </Link>
      )}
      <span className={css.who}>{user?.name ?? say('desk.demoUser')}</span>
      <Button
        look="ghost"
        icon={<Keyboard size={19} aria-hidden="true" />}
        aria-label={say('desk.shortcuts')}
        className={css.keys}
        onPress={onShortcuts}
      />
      <PreferencesButton />
      {user?.email != null && (
        <Button
          look="ghost"
          icon={<LogOut size={18} aria-hidden="true" />}
          aria-label={say('desk.signOut')}
          onPress={() => void signOut()}
        />
      )}
    </header>
  );
}
