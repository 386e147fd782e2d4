import { ArrowLeftToLine, Menu as MenuIcon, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { NavLink, Outlet, useLocation, useNavigation } from 'react-router';
import { maySupervise } from '../desk/rights.ts';
import { Waiting } from '../desk/waiting.tsx';
import { Banner } from '../parts/banner.tsx';
import { Brand } from '../parts/brand.tsx';
import { Button } from '../parts/button.tsx';
import { classNames } from '../parts/class-names.ts';
import { PreferencesButton } from '../parts/preferences-button.tsx';
import css from './console-page.module.css';
import { DraftCount } from './draft-count.tsx';
import page from './page.module.css';
import { type Section, sections } from './sections.ts';
import { useSession } from './session.ts';
import { useTell } from './words.ts';

/** The supervisors' console: its menu beside the page that is open; on a phone the menu unfolds from the top. */
export function ConsolePage() {
  const tell = useTell();
  const session = useSession();
  const location = useLocation();
  const user = session.data?.user ?? null;
  const signedOut = session.data !== undefined && user === null && !session.data.demo;
  useEffect(() => {
    if (!signedOut) return;
    window.location.assign(`/desk/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  }, [signedOut, location.pathname, location.search]);

  if (session.data === undefined || signedOut) {
    return <Waiting fault={session.error} retry={session.refetch} />;
  }
  const role = user?.role ?? 'administrator';
  if (!maySupervise(session.data)) {
    return (
      <main className={css.refused}>
        <h1>{tell('console.refused')}</h1>
        <p>{tell('console.refusedWords')}</p>
        <a href="/desk">{tell('console.toDesk')}</a>
      </main>
    );
  }
  const brands = session.data.brands ?? null;
  const shown = sections.filter(
    ({ administrators, byBrand }) =>
      (administrators !== true || role === 'administrator') && (brands === null || byBrand === true),
  );
  return <Frame shown={shown} demo={session.data.demo} brands={brands} />;
}

function Frame({
  shown,
  demo,
  brands,
}: {
  readonly shown: readonly Section[];
  readonly demo: boolean;
  readonly brands: readonly string[] | null;
}) {
  const tell = useTell();
  const { pathname } = useLocation();
  const loading = useNavigation().state === 'loading';
  const [unfolded, setUnfolded] = useState(false);
  const open = sections.find(({ path }) => pathname.startsWith(`/console/${path}`));
  const closed = open !== undefined && !shown.includes(open);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever goes to another page has done with the menu
  useEffect(() => setUnfolded(false), [pathname]);
  useEffect(() => {
    document.title = `${tell(open?.title ?? 'console.title')} · Relevo`;
  });
  return (
    <div className={css.page} aria-busy={loading}>
      <a className={css.skip} href="#content">
        {tell('console.skip')}
      </a>
      <header className={css.bar}>
        <Button
          look="ghost"
          className={css.unfold}
          icon={unfolded ? <X size={20} aria-hidden="true" /> : <MenuIcon size={20} aria-hidden="true" />}
          aria-label={tell('console.menu')}
          aria-expanded={unfolded}
          aria-controls="menu"
          onPress={() => setUnfolded(!unfolded)}
        />
        <Brand size="s" />
        <span className={css.title}>{tell('console.title')}</span>
        <PreferencesButton />
      </header>
      <nav
        id="menu"
        aria-label={tell('console.menu')}
        className={classNames(css.menu, unfolded && css.unfolded)}
      >
        <ul className={css.links}>
          {shown.map(({ path, title, icon: Icon }) => (
            <li key={path}>
              <NavLink to={`/console/${path}`} className={css.link ?? ''}>
                <Icon size={18} aria-hidden="true" />
                {tell(title)}
                {path === 'publish' && <DraftCount />}
              </NavLink>
            </li>
          ))}
        </ul>
        <a href="/desk" className={classNames(css.link, css.desk)}>
          <ArrowLeftToLine size={18} aria-hidden="true" />
          {tell('console.toDesk')}
        </a>
      </nav>
      <main id="content" className={css.content} tabIndex={-1}>
        {demo && <Banner tone="calm">{tell('console.demo')}</Banner>}
        {closed ? <Closed brands={open.administrators === true ? null : brands} /> : <Outlet />}
      </main>
    </div>
  );
}

/** Instead of a page that is not for whoever opened it. @param props.brands those they work for, where that is why */
function Closed({ brands }: { readonly brands: readonly string[] | null }) {
  const tell = useTell();
  return (
    <div className={page.page}>
      <h1 className={page.title}>{tell(brands === null ? 'console.notRole' : 'console.notYours')}</h1>
      <p className={page.lead}>
        {brands === null
          ? tell('console.notRoleWords')
          : tell('console.notYoursWords', { brands: brands.join(', ') })}
      </p>
    </div>
  );
}
