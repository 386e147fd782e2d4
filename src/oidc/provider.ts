import type { Configuration } from 'openid-client';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { createReach, faultOf } from './faults.ts';
import type { OidcSettings } from './settings.ts';
import { createTickets, type Journey, ticketSeconds } from './ticket.ts';

/** Who somebody is, by the word of the provider. */
export interface Identified {
  readonly issuer: string;
  /** The issuer, a blank, and what it knows them by: theirs for ever, whatever their e-mail becomes. */
  readonly identity: string;
  /** Null unless the provider says that it is theirs. */
  readonly email: string | null;
  readonly name: string | null;
}

/** A place elsewhere where people show who they are. */
export interface SignInProvider {
  /** What people call it. */
  readonly name: string;
  /** Asks it about itself. @throws RelevoError `oidc_unreachable`, `oidc_invalid` */
  check(): Promise<void>;
  /**
   * @param back where the provider sends people when they have signed in
   * @param to what is handed back in the end: where somebody wanted to go
   * @returns where the browser goes now, and what it must keep meanwhile, and for how long
   * @throws RelevoError `oidc_unreachable`, `oidc_invalid`
   */
  begin(
    back: string,
    to: string,
  ): Promise<{ readonly url: string; readonly ticket: string; readonly keepSeconds: number }>;
  /**
   * @param came the address that the browser came back to, with all that is in it
   * @param ticket what it has kept
   * @throws RelevoError `oidc_expired`, `oidc_declined`, `oidc_unreachable`, `oidc_invalid`
   */
  finish(came: URL, ticket: string): Promise<{ readonly who: Identified; readonly to: string }>;
}

/** For each question to the provider. */
const timeoutSeconds = 8;
/** What a provider says of itself is asked for anew after this time. */
const knownForMs = 60 * 60_000;
/** What the specification allows. */
const maxSubject = 255;

/**
 * A provider of OpenID Connect, by the authorization code flow with PKCE. It is asked about itself when somebody comes
 * for the first time: one that is away holds up no start. Times in tokens are compared with this computer's.
 */
export function createOidcProvider(deps: {
  readonly settings: OidcSettings;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
}): SignInProvider {
  const { settings, clock } = deps;
  const tickets = createTickets(settings.clientSecret, clock);
  const reach = createReach(deps.fetch);
  let known: { readonly at: number; readonly config: Promise<Configuration> } | null = null;

  async function discover(): Promise<Configuration> {
    const client = await import('openid-client');
    const issuer = new URL(settings.issuer);
    const methods = (config: Configuration) => config.serverMetadata().token_endpoint_auth_methods_supported;
    const ask = (auth: ReturnType<typeof client.ClientSecretBasic>) =>
      client.discovery(issuer, settings.clientId, {}, auth, {
        timeout: timeoutSeconds,
        [client.customFetch]: reach,
        execute: [
          // Without it a token that came over https would be believed whoever has signed it.
          client.enableNonRepudiationChecks,
          ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
        ],
      });
    const config = await ask(client.ClientSecretBasic(settings.clientSecret));
    const basic = methods(config)?.includes('client_secret_basic') ?? true;
    return basic ? config : ask(client.ClientSecretPost(settings.clientSecret));
  }

  function configuration(): Promise<Configuration> {
    const now = clock.now();
    if (known !== null && now - known.at < knownForMs) return known.config;
    const asked = { at: now, config: discover() };
    known = asked;
    asked.config.catch(() => {
      if (known === asked) known = null;
    });
    return asked.config;
  }

  /** What the provider says of whoever brings a code: the e-mail and whether it is theirs always come together. */
  async function exchange(came: URL, { state, nonce, verifier }: Omit<Journey, 'to'>) {
    const [config, client] = await Promise.all([configuration(), import('openid-client')]);
    const tokens = await client.authorizationCodeGrant(config, came, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined || claims.sub.length > maxSubject)
      throw new RelevoError('oidc_invalid', 'the provider does not say who somebody is');
    const { iss, sub } = claims;
    const whole = claims.email !== undefined && claims.email_verified !== undefined;
    const asks = !whole && config.serverMetadata().userinfo_endpoint !== undefined;
    const said = asks ? await client.fetchUserInfo(config, tokens.access_token, sub) : claims;
    return { iss, sub, email: said.email, verified: said.email_verified, name: said.name ?? claims.name };
  }

  return {
    name: settings.name,
    async check() {
      try {
        await configuration();
      } catch (error) {
        throw faultOf(error);
      }
    },
    async begin(back, to) {
      try {
        const [config, client] = await Promise.all([configuration(), import('openid-client')]);
        const verifier = client.randomPKCECodeVerifier();
        const [state, nonce] = [client.randomState(), client.randomNonce()];
        const url = client.buildAuthorizationUrl(config, {
          redirect_uri: back,
          scope: settings.scopes.join(' '),
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        });
        const ticket = await tickets.seal({ state, nonce, verifier, to });
        return { url: url.href, ticket, keepSeconds: ticketSeconds };
      } catch (error) {
        throw faultOf(error);
      }
    },
    async finish(came, ticket) {
      const journey = await tickets.open(ticket);
      // An answer to another question than ours: the provider is not even asked about it.
      if (came.searchParams.get('state') !== journey.state)
        throw new RelevoError('oidc_expired', 'the provider answers what this browser did not ask last');
      try {
        const { iss, sub, email, verified, name } = await exchange(came, journey);
        // Some providers write the truth as a text.
        const theirs = verified === true || String(verified) === 'true';
        const who: Identified = {
          issuer: iss,
          identity: `${iss} ${sub}`,
          email: theirs && typeof email === 'string' && email !== '' ? email.toLowerCase() : null,
          name: typeof name === 'string' && name.trim() !== '' ? name.trim() : null,
        };
        return { who, to: journey.to };
      } catch (error) {
        throw faultOf(error);
      }
    },
  };
}
