import { useMutation } from '@tanstack/react-query';
import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { Choices } from '../../parts/choices.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './people.module.css';
import { type Key, type Role, roles, usePeople, useReload } from './people.ts';
import { ShownOnce } from './shown-once.tsx';

interface Made {
  readonly token: Key;
  readonly secret: string;
}

/** Keys of programs: shown once, until they expire or are withdrawn, which cannot be undone. */
export function KeyList() {
  const tell = useTell();
  const { formatDate } = useIntl();
  const list = usePeople('tokens');
  const reload = useReload();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [leaving, setLeaving] = useState<Key | null>(null);
  const withdraw = useMutation<unknown, Error, string>({
    mutationFn: (id) => request('DELETE', `/api/tokens/${id}`),
    onSuccess: async () => {
      setLeaving(null);
      await reload();
    },
  });
  if (list.data === undefined) return <Waiting fault={list.error} retry={list.refetch} />;
  const when = (at: string | null, none: string) =>
    at === null ? none : formatDate(at, { dateStyle: 'medium' });
  return (
    <>
      <div className={page.row}>
        <Button
          look="primary"
          icon={<KeyRound size={16} aria-hidden="true" />}
          onPress={() => setMaking(true)}
        >
          {tell('people.newKey')}
        </Button>
      </div>
      {made !== null && (
        <ShownOnce
          label={tell('people.keyFor', { name: made.token.name })}
          help={tell('people.keyHelp')}
          text={made.secret}
        />
      )}
      {list.data.tokens.length === 0 && <p className={page.empty}>{tell('people.tokensEmpty')}</p>}
      <ul className={css.rows}>
        {list.data.tokens.map((key) => (
          <li key={key.id} className={classNames(css.row, key.expired && css.off)}>
            <div>
              <div className={css.name}>
                {key.name}
                <span className={page.badge}>{tell(`role.${key.role}`)}</span>
                {key.expired && (
                  <span className={classNames(page.badge, page.warn)}>{tell('people.expired')}</span>
                )}
              </div>
              <div className={css.detail}>
                {tell('people.seen', { when: when(key.usedAt, tell('people.never')) })} ·{' '}
                {tell('people.until', { when: when(key.expiresAt, tell('people.always')) })}
              </div>
            </div>
            <div className={css.actions}>
              <Button
                size="s"
                icon={<Trash2 size={15} aria-hidden="true" />}
                aria-label={tell('people.withdrawOf', { name: key.name })}
                onPress={() => setLeaving(key)}
              >
                {tell('people.withdraw')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {leaving !== null && (
        <Dialog
          title={tell('people.withdrawOf', { name: leaving.name })}
          isOpen
          onClose={() => setLeaving(null)}
        >
          <p>{tell('people.withdrawWords')}</p>
          <FaultLine fault={withdraw.error} />
          <DialogActions>
            <Button autoFocus onPress={() => setLeaving(null)}>
              {tell('people.cancel')}
            </Button>
            <Button look="danger" onPress={() => withdraw.mutate(leaving.id)}>
              {tell('people.withdraw')}
            </Button>
          </DialogActions>
        </Dialog>
      )}
      {making && (
        <KeyDialog
          onClose={() => setMaking(false)}
          onMade={async (answer) => {
            setMaking(false);
            setMade(answer);
            await reload();
          }}
        />
      )}
    </>
  );
}

const lives = [30, 90, 365, 0] as const;

function KeyDialog(props: { readonly onClose: () => void; readonly onMade: (made: Made) => void }) {
  const tell = useTell();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [days, setDays] = useState<(typeof lives)[number]>(90);
  const make = useMutation<Made, Error>({
    mutationFn: () => request('POST', '/api/tokens', { name, role, days: days === 0 ? null : days }),
    onSuccess: props.onMade,
  });
  return (
    <Dialog title={tell('people.newKey')} isOpen onClose={props.onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Field
          label={tell('people.keyName')}
          help={tell('people.keyNameHelp')}
          value={name}
          onChange={setName}
          autoFocus
        />
        <Choices
          label={tell('people.role')}
          choices={roles.map((value) => ({ value, label: tell(`role.${value}`) }))}
          value={role}
          onChange={setRole}
        />
        <Choices
          label={tell('people.life')}
          choices={lives.map((value) => ({
            value,
            label: value === 0 ? tell('people.always') : tell('people.days', { days: value }),
          }))}
          value={days}
          onChange={setDays}
        />
        <FaultLine fault={make.error} />
        <DialogActions>
          <Button onPress={props.onClose}>{tell('people.cancel')}</Button>
          <Button look="primary" type="submit" isDisabled={make.isPending || name.trim() === ''}>
            {tell('people.makeKey')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
