import { useQuery } from '@tanstack/react-query';
import { changesQuery } from './changes-query.ts';
import page from './page.module.css';
import { countOf } from './publish/publish.ts';
import { useTell } from './words.ts';

/** How many changes wait to be published, beside the page where they are; nothing while there are none. */
export function DraftCount() {
  const tell = useTell();
  const { data } = useQuery(changesQuery);
  const count = data === undefined || data.version === null ? 0 : countOf(data.changes);
  if (count === 0) return null;
  return (
    <span className={page.badge} title={tell('nav.waiting', { count })}>
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{tell('nav.waiting', { count })}</span>
    </span>
  );
}
