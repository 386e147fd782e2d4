import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { appToken, botToken, signingSecret, startFakeSlack } from '../../channels/slack/fake-slack.ts';
import { createAgent } from '../../flow/agent.ts';
import { echoBot, startApp } from '../../flow/app.ts';
import { openDatabase } from '../../postgres-server.ts';
import { createDeskPeople } from './desk-people.ts';

const desk = `desk:
  slack:
    tiers: { 1: C00000001 }
    agents: [{ slack: U0000ANA1, name: Ana }]
`;

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A whole Relevo with a desk in a fake Slack. */
async function openRelevo(mode: 'webhook' | 'socket') {
  const database = await openDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'relevo-desk-'));
  const fake = await startFakeSlack();
  endings.push(database.drop, () => rm(folder, { recursive: true, force: true }), fake.stop);
  fake.state.channels.set('C00000001', { direct: false, messages: [] });
  const config = join(folder, 'relevo.yaml');
  await writeFile(config, desk);
  const started = await startApp(database.url, {
    bot: {
      take: async (turn, signal) => ({
        ...(await echoBot().take(turn, signal)),
        action: { kind: 'hand-over', reason: 'asked' },
      }),
    },
    variables: {
      RELEVO_CONFIG: config,
      RELEVO_DATA: folder,
      SLACK_BOT_TOKEN: botToken,
      SLACK_API_URL: fake.url,
      ...(mode === 'webhook' ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: appToken }),
    },
  });
  endings.push(() => started.app.stop(1_000));
  if (mode === 'webhook') fake.connect(`${started.url}/hooks/slack`);
  const cards = () =>
    fake.state.channels.get('C00000001')?.messages.filter((one) => one.thread_ts === undefined);
  const people = createDeskPeople(fake);
  return { fake, url: started.url, cards, people };
}

test.each(['webhook', 'socket'] as const)(
  'by %s: a customer of the web chat, a card, taken in Slack',
  async (mode) => {
    const { fake, url, cards, people } = await openRelevo(mode);
    await fetch(`${url}/api/chat/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-relevo-visitor': 'rita'.padEnd(40, '0') },
      body: JSON.stringify({ id: 'm-1', text: 'quiero hablar con una persona' }),
    });
    const patient = { timeout: 20_000, interval: 50 };
    await vi.waitFor(() => expect(cards()).toHaveLength(1), patient);
    const web = createAgent(() => url);
    const found = await web.finds();
    await people.presses('U0000ANA1', 'C00000001', cards()?.[0], 'take');
    await vi.waitFor(() => expect(JSON.stringify(cards()?.[0]?.blocks)).toContain('Lo atiende Ana'), patient);
    expect(await web.opens(found.id)).toMatchObject({ stage: 'claimed', owner: { agent: { name: 'Ana' } } });
    // What agents type under a card is no customer's message.
    await people.types('U0000ANA1', 'C00000001', cards()?.[0]?.ts ?? '', 'miro la placa');
    await vi.waitFor(async () => {
      const { messages } = await web.opens(found.id);
      expect(messages).toContainEqual(expect.objectContaining({ from: 'note', text: 'miro la placa' }));
    }, patient);
    expect(fake.log.filter(({ message }) => message.text.includes('una respuesta'))).toEqual([]);
  },
  90_000,
);
