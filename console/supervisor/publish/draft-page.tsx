import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Waiting } from '../../desk/waiting.tsx';
import { changesQuery } from '../changes-query.ts';
import page from '../page.module.css';
import { useUndo } from '../undo-bar.tsx';
import { useTell } from '../words.ts';
import { ChangeList } from './change-list.tsx';
import { countOf } from './publish.ts';
import { PublishForm } from './publish-form.tsx';
import { ReplayPart } from './replay-part.tsx';

/** What waits to be published, what it does to real questions, and the way to publish it. */
export function DraftPage() {
  const tell = useTell();
  const undo = useUndo();
  const draft = useQuery(changesQuery);
  if (draft.data === undefined) return <Waiting fault={draft.error} retry={draft.refetch} />;
  const { version, revision, changes } = draft.data;
  const count = countOf(changes);
  return (
    <>
      <section className={page.card} aria-labelledby="changes">
        <h2 id="changes" className={page.heading}>
          {version === null ? tell('publish.first') : tell('publish.changes', { count, version })}
        </h2>
        {count === 0 ? (
          <p className={page.soft}>
            {tell('publish.nothing')} <Link to="/console/try">{tell('publish.toTry')}</Link>
          </p>
        ) : (
          <ChangeList changes={changes} />
        )}
      </section>
      {version !== null && count > 0 && <ReplayPart revision={revision} undo={undo} />}
      {count > 0 && <PublishForm version={version} undo={undo} />}
      {undo.bar}
    </>
  );
}
