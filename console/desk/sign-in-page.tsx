import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import type { ApiError } from '../live/api-error.ts';
import { useSay } from '../parts/catalogue.tsx';
import { Field } from '../parts/field.tsx';
import type { Session } from './case.ts';
import { useDesk } from './desk-context.tsx';
import { Door } from './door.tsx';
import { describeFault } from './fault.ts';
import { useSession } from './queries.ts';

/** Email and password; afterwards back to where the agent was going. */
export function SignInPage() {
  const say = useSay();
  const { request, queries } = useDesk();
  const session = useSession();
  const from = (useLocation().state as { from?: string } | null)?.from ?? '/desk';
  const elsewhere = elsewhereIn(useSearchParams()[0].get('to'));
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation<Session, ApiError>({
    mutationFn: () => request<Session>('POST', '/api/session', { email: email.trim(), password }),
    onSuccess: (answer) => queries.setQueryData(['session'], answer),
  });
  const signedIn = session.data?.user != null;
  useEffect(() => {
    if (signedIn && elsewhere !== null) window.location.replace(elsewhere);
  }, [signedIn, elsewhere]);
  if (signedIn) return elsewhere === null ? <Navigate to={from} replace /> : null;
  return (
    <Door
      title={say('signIn.title')}
      words={session.data?.needsSetup === true ? say('signIn.needsSetup') : undefined}
      submit={say('signIn.submit')}
      busy={signIn.isPending || email === '' || password === ''}
      fault={signIn.error === null ? null : describeFault(signIn.error, say)}
      onSubmit={() => signIn.mutate()}
    >
      <Field
        label={say('signIn.email')}
        type="email"
        autoComplete="username"
        autoFocus
        value={email}
        onChange={setEmail}
      />
      <Field
        label={say('signIn.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
    </Door>
  );
}

/** The page of the console that somebody came from; null for anything else, above all for another site's. */
function elsewhereIn(to: string | null): string | null {
  return to !== null && /^\/console(?:[/?]|$)/u.test(to) ? to : null;
}
