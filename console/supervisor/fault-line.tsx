import { describeFault } from '../desk/fault.ts';
import { ApiError } from '../live/api-error.ts';
import { useSay } from '../parts/catalogue.tsx';
import page from './page.module.css';
import { useTell, type WordId } from './words.ts';

const known: Readonly<Record<string, WordId>> = {
  kb_draft_empty: 'fault.kb_draft_empty',
  kb_nothing_to_publish: 'fault.kb_nothing_to_publish',
  kb_replay_busy: 'fault.kb_replay_busy',
  kb_unpublished: 'fault.kb_unpublished',
  kb_draft_busy: 'fault.kb_draft_busy',
  not_yourself: 'fault.not_yourself',
  last_administrator: 'fault.last_administrator',
  email_taken: 'fault.email_taken',
  not_for_brands: 'fault.not_for_brands',
};

/** What went wrong, in the reader's words. */
export function FaultLine({ fault }: { readonly fault: Error | null }) {
  const tell = useTell();
  const say = useSay();
  if (fault === null) return null;
  const id = fault instanceof ApiError ? known[fault.code] : undefined;
  const words = fault instanceof ApiError ? describeFault(fault, say) : fault.message;
  return (
    <p className={page.fault} role="alert">
      {id === undefined ? words : tell(id)}
    </p>
  );
}
