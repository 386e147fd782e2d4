import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { botToken, signingSecret, startFakeSlack } from '../../channels/slack/fake-slack.ts';
import { startFakeTelegram } from '../../channels/telegram/fake-telegram.ts';
import { createDeskPeople } from '../../escalation/slack-desk/desk-people.ts';
import type { OpenCase } from '../agent.ts';
import { type Account, setupLink } from '../door-page.ts';
import { startRelevo } from '../relevo-process.ts';
import type { Person } from './desk-hands.ts';
import { members, tierChannels } from './slack-hands.ts';

/** Who works here; the last one only looks. */
export const people = {
  ana: { name: 'Ana Ruiz', email: 'ana@example.com', password: 'correct horse battery' },
  leo: { name: 'Leo Peña', email: 'leo@example.com', password: 'staple battery horse' },
  eva: { name: 'Eva Sol', email: 'eva@example.com', password: 'a long pass phrase' },
} as const satisfies Record<string, Account>;

const ladder = `tiers:
  - { level: 1, name: Primera atención, acceptWithin: 3s }
  - { level: 2, name: Especialistas, acceptWithin: 30m }
  - { level: 3, name: Expertos, acceptWithin: 30m, assess: true }
  - { level: 4, name: Dirección, acceptWithin: 30m }
desk:
  slack:
    tiers: ${JSON.stringify(tierChannels)}
    agents:
      - { slack: ${members.ana}, name: Ana, email: ${people.ana.email} }
      - { slack: ${members.leo}, name: Leo, email: ${people.leo.email} }
`;

/** A case as an observer reads it. */
export interface Observed extends OpenCase {
  readonly tier: number | null;
  readonly tierName: string | null;
  readonly logbook: Readonly<Record<string, string>> | null;
}

/** The built program on a ladder with a first deadline of seconds, between a fake Telegram and a fake Slack. */
export type LadderWorld = Awaited<ReturnType<typeof openLadderWorld>>;

const patience = { timeout: 60_000, interval: 40 };

/** Starts it all, with an account for everybody. */
export async function openLadderWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-ladder-'));
  const [slack, telegram] = await Promise.all([startFakeSlack(), startFakeTelegram({ limits: false })]);
  for (const channel of Object.values(tierChannels)) {
    slack.state.channels.set(channel, { direct: false, messages: [] });
  }
  const config = join(folder, 'relevo.yaml');
  await writeFile(config, ladder);
  const relevo = await startRelevo({
    RELEVO_CONFIG: config,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.url,
  });
  slack.connect(`${relevo.url}/hooks/slack`);
  const call = async (path: string, body: object | null, cookie = '') => {
    const response = await fetch(`${relevo.url}${path}`, {
      headers: { 'content-type': 'application/json', origin: relevo.url, cookie },
      ...(body === null ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const token = new URL(setupLink(relevo)).hash.replace('#token=', '');
  const begun = await call('/api/setup', { token, ...people.eva });
  const cookie = (begun.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  for (const one of [people.ana, people.leo]) await call('/api/users', { ...one, role: 'agent' }, cookie);

  const reads = async <T>(path: string) => (await (await call(path, null, cookie)).json()) as T;
  const { commands } = createDeskPeople(slack);
  return {
    relevo,
    slack,
    /** Sends the slash command. @returns what they alone are answered */
    commands: (who: Person, text: string) => commands(members[who], text),
    telegram,
    opens: (number: number) => reads<Observed>(`/api/cases/${number}`),
    /** A customer of Telegram, who reads what comes in its order. */
    customer(name: string) {
      telegram.meets(name);
      let seen = 0;
      return {
        writes: (text: string) => telegram.customerWrites(name, text),
        taps: (label: string) => telegram.customerTaps(name, label),
        /** Waits for words that come after all that was heard before. */
        hears: (what: RegExp) =>
          vi.waitFor(() => {
            const mine = telegram.log.filter(({ chat }) => chat === telegram.chatOf(name));
            const place = mine.findIndex(({ text }, index) => index >= seen && what.test(text));
            if (place < 0) throw new Error(`${what} never came: ${JSON.stringify(mine.slice(seen))}`);
            seen = place + 1;
            return mine[place]?.text ?? '';
          }, patience),
        /** All that ever came. */
        all: () =>
          telegram.log
            .filter(({ chat }) => chat === telegram.chatOf(name))
            .map(({ text }) => text)
            .join('\n'),
      };
    },
    async stop() {
      await relevo.discard();
      await Promise.all([slack.stop(), telegram.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
