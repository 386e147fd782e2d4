import { BookOpen } from 'lucide-react';
import type { Source } from '../live/message.ts';
import { useSay } from '../parts/catalogue.tsx';
import css from './source-list.module.css';

/** Which articles an answer was taken from. */
export function SourceList({ sources }: { readonly sources: readonly Source[] }) {
  const say = useSay();
  if (sources.length === 0) return null;
  return (
    <p className={css.sources}>
      <BookOpen size={13} aria-hidden="true" />
      <span>{say('sources', { titles: sources.map((source) => source.title).join(' · ') })}</span>
    </p>
  );
}
