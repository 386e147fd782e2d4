import { useQuery } from '@tanstack/react-query';
import { FilePlus2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Waiting } from '../../desk/waiting.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { LinesField } from '../lines-field.tsx';
import page from '../page.module.css';
import { requestTrained } from '../training.ts';
import { useTell } from '../words.ts';
import css from './decision-form.module.css';
import { type Gap, slugOf, titleOf } from './gap.ts';

interface Draft {
  readonly language: string;
  readonly title: string;
  readonly examples: readonly string[];
  readonly answer: string;
}

interface WriteProps {
  readonly gap: Gap;
  readonly days: number;
  readonly busy: boolean;
  /** @param open whether the article is to be opened in its editor then */
  readonly onAccept: (
    decision: object,
    made: { readonly id: string; readonly language: string; readonly title: string },
    open: boolean,
  ) => void;
}

/** Makes a new article of what the agents answered, corrected before it is accepted; or writes one where nobody has answered. */
export function WriteForm(props: WriteProps) {
  const { gap, days } = props;
  const drafted = useQuery({
    queryKey: ['gap', gap.id, days, 'draft'],
    queryFn: () =>
      requestTrained<{ article: Draft }>(
        'GET',
        `/api/console/gaps/${gap.id}/draft?days=${days}&article=draft`,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (drafted.data === undefined) return <Waiting fault={drafted.error} retry={drafted.refetch} />;
  return <Editing {...props} draft={drafted.data.article} />;
}

function Editing({ gap, busy, onAccept, draft }: WriteProps & { readonly draft: Draft }) {
  const tell = useTell();
  const [title, setTitle] = useState(draft.title);
  const [id, setId] = useState(slugOf(titleOf(gap)));
  const [answer, setAnswer] = useState(draft.answer);
  const [examples, setExamples] = useState<readonly string[]>(draft.examples);
  const [tried, setTried] = useState(false);
  const missing = (text: string) => (tried && text.trim() === '' ? tell('gaps.missing') : undefined);
  const idFault = tried && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(id) ? tell('articles.idFault') : undefined;

  function accept(open: boolean) {
    setTried(true);
    if (busy || title.trim() === '' || answer.trim() === '' || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(id))
      return;
    const kept = examples.map((line) => line.trim()).filter((line) => line !== '');
    const edited = { ...draft, id, title, answer, examples: kept };
    onAccept({ action: 'article', article: id, edited }, { id, language: draft.language, title }, open);
  }
  return (
    <form
      className={css.form}
      aria-label={tell('gaps.write')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        accept(false);
      }}
    >
      {draft.answer !== '' && <p className={page.soft}>{tell('gaps.readDraft')}</p>}
      <Field label={tell('articles.title')} value={title} onChange={setTitle} fault={missing(title)} />
      <Field
        label={tell('articles.id')}
        value={id}
        onChange={setId}
        fault={idFault}
        help={tell('articles.idHelp')}
      />
      <Field
        label={tell('articles.answer')}
        value={answer}
        onChange={setAnswer}
        fault={missing(answer)}
        rows={8}
        help={tell('articles.answerHelp')}
      />
      <LinesField
        label={tell('articles.examples')}
        lines={examples}
        onChange={setExamples}
        lang={draft.language}
      />
      <div className={page.row}>
        <Button
          type="submit"
          look="primary"
          icon={<FilePlus2 size={17} aria-hidden="true" />}
          isDisabled={busy}
        >
          {tell('gaps.writeIt')}
        </Button>
        <Button isDisabled={busy} onPress={() => accept(true)}>
          {tell('gaps.writeAndOpen')}
        </Button>
        <span className={page.faint}>{tell('gaps.nothingPublished')}</span>
      </div>
    </form>
  );
}
