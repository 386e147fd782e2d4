import { NavLink, Route, Routes } from 'react-router';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import { DraftPage } from './draft-page.tsx';
import { GoldenPage } from './golden-page.tsx';
import css from './publish-page.module.css';
import { VersionsPage } from './versions-page.tsx';

/** What waits to be published, how it is proven, the golden questions, and the versions. */
export function PublishPage() {
  const tell = useTell();
  const tab = (to: string, words: string) => (
    <li>
      <NavLink to={to} end className={css.tab ?? ''}>
        {words}
      </NavLink>
    </li>
  );
  return (
    <div className={page.page}>
      <header className={css.head}>
        <h1 className={page.title}>{tell('nav.publish')}</h1>
        <nav aria-label={tell('nav.publish')}>
          <ul className={css.tabs}>
            {tab('/console/publish', tell('publish.draft'))}
            {tab('/console/publish/golden', tell('publish.golden'))}
            {tab('/console/publish/versions', tell('publish.versions'))}
          </ul>
        </nav>
      </header>
      <Routes>
        <Route index element={<DraftPage />} />
        <Route path="golden" element={<GoldenPage />} />
        <Route path="versions" element={<VersionsPage />} />
      </Routes>
    </div>
  );
}
