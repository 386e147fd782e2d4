import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rules } from '../../src/core/rules.ts';
import { createPresence } from '../../src/escalation/presence.ts';
import { createStaff } from '../../src/escalation/staff.ts';
import { createNow } from '../../src/insight/now.ts';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { ana, answer, createStory, handOver, leo, newCustomer, start } from '../contract/story.ts';
import { rules } from '../core/rules.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';

const hour = 60 * 60_000;

describe('how things are now', () => {
  let database: TestDatabase;
  let store: Store;
  const clock = { now: () => start + hour };
  const closedUntil = start + 10 * hour;
  const [first, ...others] = rules.tiers;
  const asleep: Rules = {
    ...rules,
    tiers: [
      first,
      ...others.slice(0, -1),
      {
        ...(others.at(-1) ?? first),
        hours: {
          timeZone: null,
          isOpen: () => false,
          opensAt: () => closedUntil,
          after: (at, ms) => at + ms,
          between: () => 0,
        },
      },
    ],
  };

  beforeAll(async () => {
    database = await openDatabase();
    store = await createPostgresStore({ url: database.url, log: pino({ level: 'silent' }), clock });
  });
  afterAll(async () => {
    await store?.stop();
    await database?.drop();
  });

  const staff = createStaff({
    accounts: { users: async () => [] },
    slackAgents: () => [
      { slack: 'UANA', name: 'Ana' },
      { slack: 'ULEO', name: 'Leo' },
    ],
  });
  const slackAna = { ...ana, id: 'slack-UANA' };

  function look(brands?: readonly string[]) {
    const now = createNow({
      cases: store.cases,
      staff,
      presence: createPresence(store.cursors, store.signals),
      outbox: store.outbox,
      quarantine: store.quarantine,
      channels: () => [
        { name: 'webchat', title: 'Web chat', state: 'on' },
        { name: 'telegram', title: 'Telegram', state: 'fault' },
      ],
      rules: () => asleep,
      clock,
    });
    return now.look(brands);
  }

  async function queued(account = 'main') {
    const story = createStory(store, newCustomer(account));
    await story.writes('ayuda');
    await story.botDecides(handOver);
    return story;
  }

  test('counts conversations by whose move it is, queues by tier, and what agents hold', async () => {
    const told = createStory(store, newCustomer());
    await told.writes('hola');
    await told.botDecides(answer);
    const waits = await queued();
    await queued('norte');
    const works = await queued();
    await works.claims(slackAna);
    const answered = await queued();
    await answered.claims(slackAna);
    await answered.replies(slackAna, 'Reinicie el router.');
    const gone = await queued();
    await gone.claims(leo);
    await gone.act({ type: 'to-vendor', agent: leo, reference: 'V-1', remindAt: start + 5 * hour });
    const done = await queued();
    await done.claims(leo);
    await done.solves(leo);
    const confirmed = await queued();
    await confirmed.claims(leo);
    await confirmed.solves(leo);
    await confirmed.confirms();
    await createPresence(store.cursors, store.signals).setAway({ ids: ['slack-ULEO'] }, true);

    const view = await look();
    expect(view.owners).toEqual({ bot: 1, tiers: 2, agents: 1, customers: 3, vendors: 1 });
    const number = (await store.log.load(waits.id))?.state.number;
    expect(view.tiers[0]).toMatchObject({
      queued: 2,
      claimed: 3,
      solved: 1,
      next: { number },
      opensAt: null,
    });
    expect(view.tiers.at(-1)).toMatchObject({ queued: 0, next: null, opensAt: closedUntil });
    expect(view.agents).toEqual([
      { id: 'slack-UANA', name: 'Ana', away: false, held: 1 },
      { id: 'slack-ULEO', name: 'Leo', away: true, held: 0 },
    ]);
    expect((await look(['norte'])).owners).toEqual({ bot: 0, tiers: 1, agents: 0, customers: 0, vendors: 0 });
  });

  test('alarms for a case at the top that nobody takes, a channel with a fault and what was quarantined', async () => {
    const stuck = await queued();
    for (let rung = 0; rung < rules.tiers.length; rung += 1) await stuck.rings();
    await store.quarantine.add({ key: 'k', channel: 'telegram', at: start, reason: 'no sense', raw: '?' });
    const { alarms } = await look();
    const number = (await store.log.load(stuck.id))?.state.number;
    expect(alarms).toEqual([
      { kind: 'top', number, tier: rules.tiers.at(-1)?.level, rang: 1 },
      { kind: 'channel', name: 'telegram', title: 'Telegram' },
      { kind: 'quarantine', count: 1 },
    ]);
  });
});
