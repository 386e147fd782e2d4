import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import type { Look } from './doctor-models.ts';

/** The provider that people sign in by: it is asked about itself, for real. Nothing where everybody has a password. */
export function signInLooks({ oidc, publicUrl }: Pick<Config, 'oidc' | 'publicUrl'>): Look[] {
  if (oidc === null) return [];
  const at = async () => {
    const { createOidcProvider } = await import('../oidc/provider.ts');
    await createOidcProvider({ settings: oidc, clock: systemClock, fetch }).check();
    return `${new URL(oidc.issuer).host} answers; it must send people back to ${publicUrl}/api/session/oidc/callback`;
  };
  return [{ what: 'sign-in', at }];
}
