import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { useDesk } from './desk-context.tsx';
import { describeFault } from './fault.ts';
import { useAction } from './queries.ts';
import type { TierQuestion } from './question.ts';
import { WordsDialog } from './words-dialog.tsx';

/** Answers a question to the agent's tier, in a dialog. */
export function AnswerButton({ question }: { readonly question: TierQuestion }) {
  const say = useSay();
  const { newId } = useDesk();
  const action = useAction(question.case);
  /** What the answer is called while it is being written; null while nobody writes one. */
  const [id, setId] = useState<string | null>(null);
  const close = () => {
    setId(null);
    action.reset();
  };
  return (
    <>
      <Button size="s" look="note" onPress={() => setId(newId())}>
        {say('answer.open')}
      </Button>
      {id !== null && (
        <WordsDialog
          title={say('answer.title', { who: question.by ?? say('who.bot') })}
          words={question.text}
          label={say(question.until === null ? 'answer.private' : 'answer.told')}
          submit={say('answer.submit')}
          limit={4000}
          rows={5}
          fault={action.error === null ? null : describeFault(action.error, say)}
          busy={action.isPending}
          onClose={close}
          onWords={(answer) =>
            action.mutate({ do: `questions/${question.number}/answer`, id, answer }, { onSuccess: close })
          }
        />
      )}
    </>
  );
}
