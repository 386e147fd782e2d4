import { useMutation } from '@tanstack/react-query';
import { BookmarkCheck, BookmarkPlus } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import type { Language } from '../../parts/preferences.ts';
import { FaultLine } from '../fault-line.tsx';
import { type Undo, useGolden } from '../golden.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import type { Explanation } from './trial.ts';

const maxLength = 500;

/** Makes a golden question of what the draft does rightly: from now on it must go on so. Pressed again, it is taken back. */
export function KeepButton(props: {
  readonly question: string;
  readonly language: Language;
  readonly brand: string | null;
  readonly explanation: Explanation;
  readonly titles: Readonly<Record<string, string>>;
}) {
  const tell = useTell();
  const { question, language, brand, explanation, titles } = props;
  const work = useGolden();
  const undo = useRef<Undo | null>(null);
  const article = explanation.decision === 'handoff' ? null : explanation.article;
  const named = { question, language, ...(brand === null ? {} : { brand }) };
  const known = work.find(named);
  const kept = known !== undefined && known.article === article;
  const keep = useMutation({
    mutationFn: async () => {
      if (kept) await (undo.current?.() ?? work.remove(known, ''));
      undo.current = kept ? null : await work.set({ ...named, article }, '');
    },
  });
  if (question.length > maxLength || work.golden === undefined) return null;
  const title = article === null ? tell('golden.person') : (titles[article] ?? article);
  const icon = kept ? (
    <BookmarkCheck size={16} aria-hidden="true" />
  ) : (
    <BookmarkPlus size={16} aria-hidden="true" />
  );
  return (
    <div className={page.row}>
      <Button size="s" icon={icon} isDisabled={keep.isPending} onPress={() => keep.mutate()}>
        {tell(kept ? 'try.kept' : 'try.keep')}
      </Button>
      <span className={page.faint}>{tell('try.keepMeans', { title })}</span>
      <FaultLine fault={keep.error} />
    </div>
  );
}
