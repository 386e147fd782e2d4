import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** Somebody who has an account at the provider. */
export interface Subject {
  readonly email?: string;
  readonly email_verified?: boolean | string;
  readonly name?: string;
}

/** A real provider of OpenID Connect (oidc-provider), where whoever comes is signed in at once. */
export interface OidcServer {
  /** Without a slash at the end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What tokens are signed with. */
  readonly key: JWK;
  /** Its people, by what it knows them by. */
  readonly people: Map<string, Subject>;
  /** Who comes next; null: somebody who will not sign in. */
  comes: string | null;
  /** Every question it was asked: method and path. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** @param back where it may send people back to */
export async function startOidcServer(back: string): Promise<OidcServer> {
  const { Provider } = await quietly(() => import('oidc-provider'));
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['relevo', 'a secret: of+the client/0123456789'];
  const people = new Map<string, Subject>();
  const asked: string[] = [];
  const self = { issuer, clientId, clientSecret, key, people, comes: null as string | null, asked, stop };
  const provider = await quietly(
    async () =>
      new Provider(issuer, {
        clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [back] }],
        jwks: { keys: [key] },
        cookies: { keys: ['k'] },
        claims: { email: ['email', 'email_verified'], profile: ['name'] },
        ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
        pkce: { required: () => true },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_context, { uid }) => `/here/${uid}` },
        findAccount: (_context, id) => ({
          accountId: id,
          claims: async () => ({ sub: id, ...people.get(id) }),
        }),
        async loadExistingGrant({ oidc }) {
          const { client, session } = oidc;
          const grant = new oidc.provider.Grant({
            ...(client === undefined ? {} : { clientId: client.clientId }),
            ...(session?.accountId === undefined ? {} : { accountId: session.accountId }),
          });
          grant.addOIDCScope('openid email profile');
          await grant.save();
          return grant;
        },
      }),
  );
  const answer = provider.callback();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    // Nobody is still signed in from the last time.
    if (url.startsWith('/auth?')) delete request.headers.cookie;
    asked.push(`${method} ${url.split('?')[0] ?? ''}`);
    if (!url.startsWith('/here/')) return void (await answer(request, response));
    const { comes } = self;
    const end =
      comes === null ? { error: 'access_denied' } : { login: { accountId: comes, remember: false } };
    await provider.interactionFinished(request, response, end, { mergeWithLastSubmission: false });
  }

  async function stop(): Promise<void> {
    server.closeAllConnections();
    server.close();
    if (server.listening) await once(server, 'close');
  }

  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  return self;
}

/** The library tells everybody who starts it that nothing outlives it; a test knows. */
async function quietly<Made>(work: () => Promise<Made>): Promise<Made> {
  const { warn, info } = console;
  Object.assign(console, { warn: () => undefined, info: () => undefined });
  try {
    return await work();
  } finally {
    Object.assign(console, { warn, info });
  }
}
