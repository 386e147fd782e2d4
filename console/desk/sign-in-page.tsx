import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import type { ApiError } from '../live/api-error.ts';
import { ButtonLink } from '../parts/button.tsx';
import { type MessageId, type Say, useSay } from '../parts/catalogue.tsx';
import { Field } from '../parts/field.tsx';
import type { Session } from './case.ts';
import { useDesk } from './desk-context.tsx';
import css from './door.module.css';
import { Door } from './door.tsx';
import { describeFault } from './fault.ts';
import { useSession } from './queries.ts';

/** What went wrong at the sign-in provider, by the code in the address that it came back to. */
const providerFaults: Readonly<Record<string, MessageId>> = {
  oidc_unreachable: 'signIn.unreachable',
  oidc_declined: 'signIn.declined',
  oidc_expired: 'signIn.expired',
  oidc_invalid: 'signIn.invalid',
  oidc_unknown: 'signIn.unknown',
  oidc_unverified: 'signIn.unverified',
  oidc_disabled: 'signIn.disabled',
  oidc_other_person: 'signIn.otherPerson',
  too_many_tries: 'error.rate_limited',
};

/** Email and password, or another place that says who somebody is; afterwards back to where the agent was going. */
export function SignInPage() {
  const say = useSay();
  const { request, queries } = useDesk();
  const session = useSession();
  const from = (useLocation().state as { from?: string } | null)?.from ?? '/desk';
  const [search] = useSearchParams();
  const elsewhere = elsewhereIn(search.get('to'));
  const provider = session.data?.provider;
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
  const known = !session.isPending && signIn.isIdle;
  const cameBackWith = known ? providerFault(search.get('error'), provider?.name, say) : null;
  return (
    <Door
      title={say('signIn.title')}
      words={session.data?.needsSetup === true ? say('signIn.needsSetup') : undefined}
      submit={say('signIn.submit')}
      busy={signIn.isPending || email === '' || password === ''}
      fault={signIn.error === null ? cameBackWith : describeFault(signIn.error, say)}
      onSubmit={() => signIn.mutate()}
      otherWay={
        provider !== undefined && (
          <>
            <div className={css.or}>{say('signIn.or')}</div>
            <ButtonLink href={`${provider.url}?to=${encodeURIComponent(elsewhere ?? from)}`}>
              {say('signIn.provider', { name: provider.name })}
            </ButtonLink>
          </>
        )
      }
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

/** Why the sign-in provider let nobody in; null when nothing went wrong there. */
function providerFault(code: string | null, name = 'OpenID', say: Say): string | null {
  if (code === null) return null;
  return say(providerFaults[code] ?? 'error.unknown', { name, detail: `${code}.` });
}

/** The page of the console that somebody came from; null for anything else, above all for another site's. */
function elsewhereIn(to: string | null): string | null {
  return to !== null && /^\/console(?:[/?]|$)/u.test(to) ? to : null;
}
