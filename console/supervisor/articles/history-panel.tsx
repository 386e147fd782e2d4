import { useMutation } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useMoment } from '../../desk/use-moment.ts';
import { Waiting } from '../../desk/waiting.tsx';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useTell, type WordId } from '../words.ts';
import type { Draft } from './article.ts';
import { ArticleDifference } from './article-difference.tsx';
import css from './history-panel.module.css';
import { useArticleWork, useHistory } from './queries.ts';

const actions: Readonly<Record<string, WordId>> = {
  'article.save': 'articles.did.save',
  'article.remove': 'articles.did.remove',
  'article.import': 'articles.did.import',
  'article.gap-accept': 'articles.did.gap-accept',
  'article.gap-restore': 'articles.did.gap-restore',
};

/** Who changed the article, when, why and how; every state it was in can be restored. */
export function HistoryPanel(props: {
  readonly of: string;
  readonly etag: string | null;
  readonly onRestored: (saved: Draft) => void;
}) {
  const tell = useTell();
  const moment = useMoment();
  const { of, etag, onRestored } = props;
  const found = useHistory(of);
  const work = useArticleWork();
  const restore = useMutation({
    mutationFn: (entry: number) => work.restore(of, entry, etag, tell('articles.restoredFrom', { entry })),
    onSuccess: onRestored,
  });
  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  const { entries } = found.data;
  if (entries.length === 0) return <p className={page.empty}>{tell('articles.noHistory')}</p>;
  return (
    <>
      <FaultLine fault={restore.error} />
      <ol className={css.list} aria-label={tell('articles.history')}>
        {entries.map((entry, place) => (
          <li key={entry.number}>
            <details className={css.entry} open={place === 0}>
              <summary>
                <strong>{entry.who.name}</strong>{' '}
                {actions[entry.action] === undefined ? entry.action : tell(actions[entry.action] as WordId)} ·{' '}
                <time dateTime={entry.at}>{moment(entry.at)}</time>
                {entry.reason !== '' && <span className={css.reason}>{entry.reason}</span>}
              </summary>
              <ArticleDifference before={entry.before} after={entry.after} />
              {entry.after !== null && place > 0 && (
                <Button
                  size="s"
                  icon={<RotateCcw size={15} aria-hidden="true" />}
                  isDisabled={restore.isPending}
                  onPress={() => restore.mutate(entry.number)}
                >
                  {tell('articles.restore')}
                </Button>
              )}
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}
