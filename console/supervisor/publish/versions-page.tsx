import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { useShare } from '../decided.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useUndo } from '../undo-bar.tsx';
import { useReadAnew } from '../use-read-anew.ts';
import { useTell } from '../words.ts';
import { ChangeList } from './change-list.tsx';
import { countOf, type Version, type VersionHeld } from './publish.ts';
import css from './versions-page.module.css';

/** What was published, newest first, what each version holds, and one click back to any. */
export function VersionsPage() {
  const tell = useTell();
  const { formatDate } = useIntl();
  const readAnew = useReadAnew();
  const { bar, did } = useUndo();
  const [busy, setBusy] = useState<number | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const list = useQuery({
    queryKey: ['versions'],
    queryFn: () => request<{ versions: readonly Version[] }>('GET', '/api/console/versions'),
  });
  if (list.data === undefined) return <Waiting fault={list.error} retry={list.refetch} />;
  const { versions } = list.data;
  const live = versions.find(({ candidate }) => candidate !== true)?.version;

  const goTo = async (version: number, reason: string): Promise<number> => {
    const done = await request<{ version: number }>('POST', '/api/console/rollback', { version, reason });
    await readAnew();
    return done.version;
  };
  const rollBack = (version: number) => {
    if (live === undefined) return;
    setBusy(version);
    setFault(null);
    goTo(version, tell('versions.reason', { version }))
      .then(
        (made) =>
          did(tell('versions.done', { version, made }), () =>
            goTo(live, tell('versions.reason', { version: live })),
          ),
        (error: unknown) => setFault(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => setBusy(null));
  };
  return (
    <>
      <p className={page.lead}>{tell('versions.lead')}</p>
      <FaultLine fault={fault} />
      {versions.length === 0 && (
        <p className={page.empty}>
          {tell('versions.empty')} <Link to="/console/publish">{tell('nav.publish')}</Link>
        </p>
      )}
      <ol className={css.rows}>
        {versions.map(({ version, publishedAt, publishedBy, comment, articleCount, candidate }) => (
          <li key={version} className={page.card}>
            <div className={css.head}>
              <h2 className={css.name}>{tell('versions.name', { version })}</h2>
              {version === live && (
                <span className={classNames(page.badge, page.good)}>{tell('versions.live')}</span>
              )}
              {candidate === true && (
                <span className={classNames(page.badge, page.warn)}>{tell('versions.candidate')}</span>
              )}
              <span className={css.when}>
                {formatDate(publishedAt, { dateStyle: 'medium', timeStyle: 'short' })} · {publishedBy}
              </span>
              {version !== live && (
                <Button
                  size="s"
                  icon={<RotateCcw size={15} aria-hidden="true" />}
                  aria-label={tell('versions.backTo', { version })}
                  isDisabled={busy !== null}
                  onPress={() => rollBack(version)}
                >
                  {tell('versions.back')}
                </Button>
              )}
            </div>
            {candidate === true && <p className={page.faint}>{tell('versions.candidateWords')}</p>}
            {comment !== '' && <p className={page.soft}>{comment}</p>}
            <Held version={version} articleCount={articleCount} />
          </li>
        ))}
      </ol>
      {bar}
    </>
  );
}

/** What a version holds, read once it is unfolded. */
function Held({ version, articleCount }: Pick<Version, 'version' | 'articleCount'>) {
  const tell = useTell();
  const share = useShare();
  const [open, setOpen] = useState(false);
  const held = useQuery({
    queryKey: ['held', version],
    queryFn: () => request<VersionHeld>('GET', `/api/console/versions/${version}`),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <details className={css.held} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{tell('versions.holds', { count: articleCount })}</summary>
      {held.data === undefined ? (
        <Waiting fault={held.error} retry={held.refetch} />
      ) : (
        <div className={css.inside}>
          <p className={page.soft}>
            {tell('versions.held', {
              articles: held.data.held.articles,
              golden: held.data.held.golden,
              synonyms: held.data.held.synonyms,
              rate: share(held.data.held.wrongRate),
            })}
            {'; '}
            {tell('versions.heldMore', {
              phrases: held.data.held.phrases,
              rehearsals: held.data.held.rehearsals,
              must: String(held.data.held.mustRehearse),
            })}
          </p>
          {version > 1 &&
            (countOf(held.data.changes) === 0 ? (
              <p className={page.soft}>{tell('versions.same', { version: version - 1 })}</p>
            ) : (
              <>
                <h3 className={page.soft}>{tell('versions.since', { version: version - 1 })}</h3>
                <ChangeList changes={held.data.changes} />
              </>
            ))}
        </div>
      )}
    </details>
  );
}
