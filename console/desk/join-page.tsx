import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ApiError } from '../live/api-error.ts';
import { useSay } from '../parts/catalogue.tsx';
import { Field } from '../parts/field.tsx';
import { useDesk } from './desk-context.tsx';
import css from './door.module.css';
import { Door, ShutDoor } from './door.tsx';
import { describeFault } from './fault.ts';
import { Waiting } from './waiting.tsx';

const passwordLength = 10;

/** Whoever was asked to join chooses a password. The link's code stays out of the history. */
export function JoinPage() {
  const say = useSay();
  const navigate = useNavigate();
  const { request, queries } = useDesk();
  const [code] = useState(() => new URLSearchParams(location.hash.slice(1)).get('code') ?? '');
  const [typed, setName] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
  }, []);
  const asked = useQuery<{ name: string; email: string }, ApiError>({
    queryKey: ['join', code],
    queryFn: () => request('POST', '/api/join/look', { code }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const join = useMutation<unknown, ApiError>({
    mutationFn: () => request('POST', '/api/join', { code, name: name.trim(), password }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['session'] });
      await navigate('/desk', { replace: true });
    },
  });
  const name = typed ?? asked.data?.name ?? '';
  if (asked.error?.code === 'invitation_invalid') {
    return (
      <ShutDoor title={say('invited.title')} words={say('error.invitation_invalid')}>
        <Link to="/desk/sign-in" className={css.link}>
          {say('signIn.submit')}
        </Link>
      </ShutDoor>
    );
  }
  if (asked.data === undefined) return <Waiting fault={asked.error} retry={asked.refetch} />;
  const count = passwordLength - password.length;
  const lacking = count > 0 ? say('setup.needsPassword', { count }) : undefined;
  const missing = name.trim() === '' ? say('setup.needsName') : lacking;
  return (
    <Door
      title={say('invited.title')}
      words={say('invited.words', { email: asked.data.email })}
      submit={say('invited.submit')}
      busy={join.isPending || missing !== undefined}
      missing={missing}
      fault={join.error === null ? null : describeFault(join.error, say)}
      onSubmit={() => join.mutate()}
    >
      <Field
        label={say('setup.name')}
        help={say('setup.nameHelp')}
        autoComplete="name"
        value={name}
        onChange={setName}
      />
      <Field
        label={say('signIn.password')}
        help={say('setup.passwordHelp')}
        type="password"
        autoComplete="new-password"
        autoFocus
        value={password}
        onChange={setPassword}
      />
    </Door>
  );
}
