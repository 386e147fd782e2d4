import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ApiError } from '../live/api-error.ts';
import { useSay } from '../parts/catalogue.tsx';
import { Field } from '../parts/field.tsx';
import { useDesk } from './desk-context.tsx';
import { Door } from './door.tsx';
import { describeFault } from './fault.ts';

/** The first administrator. The link's token stays out of the history and is sent only in the request's body. */
export function SetupPage() {
  const say = useSay();
  const navigate = useNavigate();
  const { request, queries } = useDesk();
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'));
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
  }, []);
  const create = useMutation<unknown, ApiError>({
    mutationFn: () =>
      request('POST', '/api/setup', { token, name: name.trim(), email: email.trim(), password }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['session'] });
      await navigate('/desk', { replace: true });
    },
  });
  const ready = name.trim() !== '' && email.includes('@') && password.length >= 10;
  const faults = create.error === null ? null : describeFault(create.error, say);
  return (
    <Door
      title={say('setup.title')}
      words={say('setup.words')}
      submit={say('setup.submit')}
      busy={create.isPending || !ready || token === null}
      fault={token === null ? say('setup.noToken') : faults}
      onSubmit={() => create.mutate()}
    >
      <Field
        label={say('setup.name')}
        help={say('setup.nameHelp')}
        autoComplete="name"
        autoFocus
        value={name}
        onChange={setName}
      />
      <Field
        label={say('signIn.email')}
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
      />
      <Field
        label={say('signIn.password')}
        help={say('setup.passwordHelp')}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
    </Door>
  );
}
