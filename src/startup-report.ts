import type { App } from './app.ts';
import type { ChannelKind } from './channels/channel-kind.ts';
import type { ChannelState } from './channels/listening.ts';
import type { Config } from './config.ts';
import type { Role } from './role.ts';

/** What the report is made of. */
export interface StartupFacts {
  readonly config: Config;
  readonly app: Pick<App, 'description' | 'setupToken' | 'base'>;
  /** What this process of the installation does. */
  readonly role: Role;
  /** How the channels that are switched on are doing. */
  readonly channels: readonly ChannelState[];
  /** All that could be switched on. */
  readonly kinds: readonly Pick<ChannelKind, 'name' | 'switchedOnBy'>[];
  /** Where the server listens, without a slash at the end. */
  readonly address: string;
  /** Where the embedded database is; null when there is none. */
  readonly dataFolder: string | null;
  readonly seconds: number;
  /** Makes words stand out, where the report is shown to people; left out: nothing does. */
  readonly strong?: (words: string) => string;
}

/** Who finds what where. */
const pages = [
  ["Customer's chat", '/'],
  ["Agents' desk", '/desk'],
  ["Supervisors' console", '/console'],
  ['Chat and desk, side by side', '/demo'],
] as const;
const pageWidth = Math.max(...pages.map(([who]) => who.length));

/** What start-up prints: what is on, what is off and what would turn it on, and last where to go. Pure. */
export function startupReport(facts: StartupFacts): string {
  const { config, app, role, address, dataFolder, seconds, strong = (words) => words } = facts;
  const here = config.publicUrl ?? address.replace('127.0.0.1', 'localhost').replace('[::1]', 'localhost');
  const { store, queue } = app.description;
  const { version, articles } = app.base;
  const lines = [
    '',
    `  Data      ${dataFolder ?? `in your database; files in ${config.dataFolder}`}`,
    `  Store     on   ${store}${config.databaseUrl === null ? '; your own server: DATABASE_URL' : ''}`,
    `  Queue     on   ${queue}${config.redisUrl === null ? '; on Redis: REDIS_URL' : ''}`,
    `  Knowledge on   ${articles} articles, version ${version}; change it: npm run relevo -- kb --help`,
    ...channelLines(facts),
    ...videoLines(facts),
    config.oidc === null
      ? '  Sign-in   on   by password; by your own provider too: OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET (docs/sign-in.md)'
      : `  Sign-in   on   by password, and at ${new URL(config.oidc.issuer).host}`,
    config.publicUrl === null
      ? '  Public    off  reachable as below only; behind your own address: PUBLIC_URL, HOST'
      : `  Public    on   ${config.publicUrl}`,
    '',
    `  ${strong(`Relevo${role === 'all' ? '' : ` (${role})`} is ready`)} (${seconds.toFixed(1)} s)`,
    '',
    ...(role === 'worker'
      ? [`  In the background; is it ready: ${address}/readyz`]
      : pages.map(([who, path]) => `  ${who.padEnd(pageWidth)}  ${strong(`${here}${path}`)}`)),
    '',
  ];
  if (app.setupToken !== null && role !== 'worker') {
    lines.push(
      '  Nobody has an account yet: desk and console are open to this computer only (demo).',
      '  Create the first administrator, once, with this link:',
      `  ${here}/desk/setup#token=${app.setupToken}`,
      '',
    );
  }
  lines.push('  Ctrl-C stops everything.', '');
  return lines.join('\n');
}

function videoLines({ config: { video } }: StartupFacts): string[] {
  if (video === null) return ['  Video     off  JITSI_DOMAIN, or VIDEO_LINK_TEMPLATE (docs/video.md)'];
  if (video.kind === 'link')
    return [`  Video     on   at ${new URL(video.template).host}; links are not signed by Relevo`];
  const signs = video.signing === null ? 'links are not signed: whoever has one gets in' : 'signed links';
  return [`  Video     on   at ${video.domain}; ${signs}`];
}

function channelLines({ channels, kinds }: StartupFacts): string[] {
  const width = Math.max(...[...channels, ...kinds].map(({ name }) => name.length));
  const line = (state: string, name: string, more: string) =>
    `  Channel   ${state.padEnd(4)} ${name.padEnd(width)}  ${more}`.trimEnd();
  const on = channels.flatMap(({ name, state, fault }) => {
    if (state === 'on') return [line('on', name, '')];
    if (state === 'elsewhere') return [line('on', name, 'run by another process')];
    if (fault === undefined) return [line('…', name, 'is still starting')];
    const hint = fault.hint === undefined ? [] : [line('', '', fault.hint)];
    return [line('WRONG', name, fault.message), ...hint];
  });
  const off = kinds
    .filter(({ name }) => channels.every((one) => one.name !== name))
    .map(({ name, switchedOnBy }) => line('off', name, switchedOnBy.join(', ')));
  return [...on, ...off];
}
