import { ApiError } from '../../live/api-error.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useTell, type WordId } from '../words.ts';

const known: Readonly<Record<string, WordId>> = {
  kb_gap_unknown: 'gaps.fault.unknown',
  kb_gap_language: 'gaps.fault.language',
  kb_gap_unanswered: 'gaps.fault.unanswered',
  kb_article_known: 'gaps.fault.known',
  kb_article_unknown: 'gaps.fault.noArticle',
  kb_article_changed: 'gaps.fault.changed',
};

/** Why a decision about a gap did not work, in the reader's words. */
export function GapFault({ fault }: { readonly fault: Error | null }) {
  const tell = useTell();
  const id = fault instanceof ApiError ? known[fault.code] : undefined;
  if (fault instanceof ApiError && fault.code === 'kb_gap_unfit')
    return (
      <p className={page.fault} role="alert">
        {tell('gaps.fault.unfit', { detail: fault.message })}
      </p>
    );
  if (id === undefined) return <FaultLine fault={fault} />;
  return (
    <p className={page.fault} role="alert">
      {tell(id)}
    </p>
  );
}
