import { useState } from 'react';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useDoing } from '../use-doing.ts';
import { useTell } from '../words.ts';

/** Writes a scripted customer, from nothing or from a past conversation. */
export function RehearsalForm(props: {
  readonly yaml: string;
  readonly save: (yaml: string) => Promise<void>;
  readonly leave: () => void;
}) {
  const tell = useTell();
  const { busy, fault, doing } = useDoing();
  const [yaml, setYaml] = useState(props.yaml);
  const [conversation, setConversation] = useState('');
  const take = () =>
    doing(async () => {
      const made = await request<{ yaml: string }>('POST', '/api/console/rehearsals/from-case', {
        conversation: conversation.trim().replace(/^.*\//u, ''),
        name: 'new',
      });
      setYaml(made.yaml);
    });
  return (
    <form
      className={page.card}
      onSubmit={(event) => {
        event.preventDefault();
        doing(() => props.save(yaml));
      }}
    >
      <div className={page.row}>
        <Field
          label={tell('rehearsal.case')}
          help={tell('rehearsal.caseHelp')}
          value={conversation}
          onChange={setConversation}
          optional
        />
        <Button size="s" isDisabled={busy || conversation.trim() === ''} onPress={take}>
          {tell('rehearsal.take')}
        </Button>
      </div>
      <Field
        label={tell('rehearsal.script')}
        help={tell('rehearsal.scriptHelp')}
        value={yaml}
        onChange={setYaml}
        rows={14}
        autoFocus
      />
      <FaultLine fault={fault} />
      <div className={page.row}>
        <Button type="submit" look="primary" isDisabled={busy}>
          {tell('phrases.save')}
        </Button>
        <Button look="ghost" onPress={props.leave}>
          {tell('phrases.leave')}
        </Button>
      </div>
    </form>
  );
}
