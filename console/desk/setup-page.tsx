import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ApiError } from '../live/api-error.ts';
import { type Say, useSay } from '../parts/catalogue.tsx';
import { Field } from '../parts/field.tsx';
import { useDesk } from './desk-context.tsx';
import css from './door.module.css';
import { Door, ShutDoor } from './door.tsx';
import { describeFault } from './fault.ts';
import { useSession } from './queries.ts';
import { Waiting } from './waiting.tsx';

const passwordLength = 10;

/** The first administrator. The link's token stays out of the history and is sent only in the request's body. */
export function SetupPage() {
  const say = useSay();
  const navigate = useNavigate();
  const { request, queries } = useDesk();
  const session = useSession();
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
  const missing = missingOf({ name, email, password }, say);
  const faults = create.error === null ? null : describeFault(create.error, say);
  if (session.data === undefined) return <Waiting fault={session.error} retry={session.refetch} />;
  // While this page itself creates the account, the session's answer is not news.
  const used = !session.data.needsSetup && create.isIdle;
  if (used || create.error?.code === 'already_set_up') {
    return (
      <ShutDoor title={say('signIn.title')} words={say('error.already_set_up')}>
        <Link to="/desk/sign-in" className={css.link}>
          {say('signIn.submit')}
        </Link>
      </ShutDoor>
    );
  }
  return (
    <Door
      title={say('setup.title')}
      words={say('setup.words')}
      submit={say('setup.submit')}
      busy={create.isPending || missing !== undefined || token === null}
      missing={token === null ? undefined : missing}
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

type Fields = Readonly<Record<'name' | 'email' | 'password', string>>;

/** The first thing that is not filled in as it must be. */
function missingOf({ name, email, password }: Fields, say: Say): string | undefined {
  if (name.trim() === '') return say('setup.needsName');
  if (!email.includes('@')) return say('setup.needsEmail');
  const count = passwordLength - password.length;
  return count > 0 ? say('setup.needsPassword', { count }) : undefined;
}
