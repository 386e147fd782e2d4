import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { useSay } from '../../parts/catalogue.tsx';
import { Choices } from '../../parts/choices.tsx';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { FaultLine } from '../fault-line.tsx';
import { useOfferedBrands } from '../offered-brands.ts';
import page from '../page.module.css';
import { useSession } from '../session.ts';
import { useTell } from '../words.ts';
import css from './people.module.css';
import { type Invitation, type Role, roles } from './people.ts';

/** Somebody who was asked to join, and the code of their link. */
export interface Made {
  readonly invitation: Invitation;
  readonly code: string;
}

/** Asks somebody to join: who, what they may do, and for which brands. */
export function InviteDialog(props: { readonly onClose: () => void; readonly onMade: (made: Made) => void }) {
  const tell = useTell();
  const say = useSay();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const own = useSession().data?.brands ?? null;
  const [brands, setBrands] = useState<readonly string[]>(own ?? []);
  const offered = useOfferedBrands(own);
  const [role, setRole] = useState<Role>('agent');
  const invite = useMutation<Made, Error>({
    mutationFn: () => {
      const bound = brands.length === 0 ? null : brands;
      return request('POST', '/api/invitations', { name, email: email.trim(), role, brands: bound });
    },
    onSuccess: props.onMade,
  });
  return (
    <Dialog title={tell('people.invite')} isOpen onClose={props.onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        <Field label={tell('people.name')} value={name} onChange={setName} autoFocus />
        <Field label={say('signIn.email')} type="email" value={email} onChange={setEmail} />
        <Choices
          label={tell('people.role')}
          choices={roles.map((value) => ({ value, label: tell(`role.${value}`) }))}
          value={role}
          onChange={setRole}
        />
        {offered.length > 0 && (
          <fieldset className={css.brands}>
            <legend>{tell('people.brands')}</legend>
            {offered.map(({ name, title }) => (
              <label key={name} className={css.brand}>
                <input
                  type="checkbox"
                  checked={brands.includes(name)}
                  onChange={({ target: { checked } }) =>
                    setBrands(checked ? [...brands, name] : brands.filter((one) => one !== name))
                  }
                />
                {title ?? name}
              </label>
            ))}
            {own === null && <p className={page.faint}>{tell('people.brandsHelp')}</p>}
          </fieldset>
        )}
        <FaultLine fault={invite.error} />
        <DialogActions>
          <Button onPress={props.onClose}>{tell('people.cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            isDisabled={
              invite.isPending ||
              name.trim() === '' ||
              !email.includes('@') ||
              (own !== null && brands.length === 0)
            }
          >
            {tell('people.makeLink')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
