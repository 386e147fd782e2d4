import { describeFault } from '../desk/fault.ts';
import { ApiError } from '../live/api-error.ts';
import { useSay } from '../parts/catalogue.tsx';
import { faultIds } from './fault-ids.ts';
import page from './page.module.css';
import { useTell } from './words.ts';
import { useWrongWords } from './wrong-words.ts';

/** Of these the server also says where, and what it expected: that stands below, in its own words where there are no others. */
const detailed: ReadonlySet<string> = new Set([
  'kb_article_faults',
  'kb_import_faults',
  'kb_phrase_fault',
  'kb_regression',
  'kb_rehearsal_faults',
  'kb_synonym_faults',
]);

/** What went wrong, in the reader's words. */
export function FaultLine({ fault }: { readonly fault: Error | null }) {
  const tell = useTell();
  const say = useSay();
  const wrong = useWrongWords();
  if (fault === null) return null;
  const id = fault instanceof ApiError ? faultIds[fault.code] : undefined;
  const words = fault instanceof ApiError ? describeFault(fault, say) : fault.message;
  const details = fault instanceof ApiError ? fault.details : [];
  const known = id !== undefined && details.length > 0;
  const shown = !known && fault instanceof ApiError && detailed.has(fault.code);
  const lines = shown ? fault.message.split('\n') : [];
  return (
    <div role="alert">
      <p className={page.fault}>{id === undefined ? words : tell(id)}</p>
      {(known ? details : []).map((detail) => (
        <p key={wrong(detail)} className={page.said}>
          {wrong(detail)}
        </p>
      ))}
      {lines.map((line) => (
        <p key={line} className={page.said} lang="en">
          {line}
        </p>
      ))}
    </div>
  );
}
