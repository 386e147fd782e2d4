import { DateTime } from 'luxon';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { durableMs } from '../../src/core/figures.ts';
import { createFactKeeper } from '../../src/insight/fact-keeper.ts';
import { createInsight, type InsightReport } from '../../src/insight/insight.ts';
import { reportCsv } from '../../src/insight/report-csv.ts';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { ana, answer, createStory, handOver, leo, newCustomer } from '../contract/story.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';

const zone = 'America/Bogota';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Half past nine in Bogotá. */
const monday = DateTime.fromISO('2026-11-16T09:30', { zone }).toMillis();

describe('what reports tell of conversations', () => {
  let database: TestDatabase;
  let store: Store;
  let now = monday;
  const clock = { now: () => now };
  const keeper = () =>
    createFactKeeper({
      log: store.log,
      facts: store.facts,
      hoursBetween: (_who, _tier, from, to) => to - from,
      dayOf: (at) => DateTime.fromMillis(at, { zone }).toISODate() ?? '',
      hourOf: (at) => DateTime.fromMillis(at, { zone }).hour,
      clock,
    });
  const week = { from: '2026-11-16', to: '2026-11-22' };
  async function report(query: Partial<typeof week> & { brands?: string[]; channel?: string } = {}) {
    await keeper().refresh();
    return await createInsight(store.facts, () => '2026-11-19').report({ ...week, ...query });
  }

  beforeAll(async () => {
    database = await openDatabase();
    store = await createPostgresStore({ url: database.url, log: pino({ level: 'silent' }), clock });
    await tellTheWeek();
    now = monday + 3 * day;
  });
  afterAll(async () => {
    await store?.stop();
    await database?.drop();
  });

  /** The week before: one question. This week: a confirmed answer of the bot, two cases, and one that nobody closed. */
  async function tellTheWeek(): Promise<void> {
    const before = createStory(store, newCustomer(), { at: monday - 5 * day });
    await before.writes('¿abren hoy?');
    before.wait(1_000);
    await before.botDecides(answer);
    await before.rings();

    const helped = createStory(store, newCustomer('norte'), { at: monday });
    await helped.writes('sin internet');
    helped.wait(2_000);
    await helped.botDecides({ ...answer, action: { kind: 'resolve' } });

    const rated = createStory(store, newCustomer(), { at: monday + hour });
    await rated.writes('quiero una persona');
    rated.wait(4_000);
    await rated.botDecides(handOver);
    await rated.act({
      type: 'tell-wait',
      since: monday + hour + 4_000,
      wait: { position: 2, range: { lowMs: 0, highMs: 5 * minute } },
    });
    rated.wait(3 * minute);
    await rated.claims(ana);
    rated.wait(minute);
    await rated.replies(ana, 'Hola, soy Ana.');
    await rated.solves(ana);
    await rated.rings();

    const late = createStory(store, newCustomer(), { at: monday + day });
    await late.writes('ayuda');
    late.wait(1_000);
    await late.botDecides(handOver);
    await late.rings();
    late.wait(minute);
    await late.claims(leo);
    late.wait(minute);
    await late.replies(leo, 'Hola.');
  }

  const figure = ({ list }: InsightReport, id: string, of?: string) =>
    list.find(({ now: one }) => one.id === id && one.of === of);

  test('counts conversations by day, hour, channel and brand, beside the period before', async () => {
    const all = await report();
    expect(figure(all, 'conversations')).toMatchObject({ now: { value: 3 }, before: { value: 1 } });
    expect(all.byDay).toEqual([
      { day: '2026-11-16', conversations: 2 },
      { day: '2026-11-17', conversations: 1 },
    ]);
    expect(all.figures.byHour[9]).toBe(2);
    expect(all.figures.byHour[10]).toBe(1);
    expect(all.byChannel).toMatchObject([{ channel: 'webchat', conversations: 3 }]);
    expect(figure(await report({ brands: ['norte'] }), 'conversations')).toMatchObject({ now: { value: 1 } });
    expect(figure(await report({ channel: 'email' }), 'conversations')).toMatchObject({ now: { value: 0 } });
  });

  test('keeps confirmed, assumed and durable ends apart, by who had the conversation', async () => {
    const all = await report();
    expect(all.figures.ends.bot).toEqual({ confirmed: 1, assumed: 0, abandoned: 0 });
    expect(all.figures.ends.person).toEqual({ confirmed: 0, assumed: 1, abandoned: 0 });
    expect(all.figures.open).toBe(1);
    expect(all.figures.tooFresh).toBe(2);
    expect(all.figures.durable).toEqual({ bot: 0, person: 0 });
    expect(figure(all, 'bot.confirmed')).toMatchObject({ now: { value: 1 / 3, from: 3, unit: 'share' } });
  });

  test('an end becomes durable by itself once it has lasted', async () => {
    await report();
    now += durableMs;
    const later = await report();
    now -= durableMs;
    expect(later.figures.durable.bot).toBe(1);
    expect(later.figures.tooFresh).toBe(0);
  });

  test('tells how long the first answer and the first person took, and why it was handed over', async () => {
    const all = await report();
    expect(figure(all, 'handedOver')).toMatchObject({ now: { value: 2 / 3 } });
    expect(figure(all, 'handOver', 'asked')).toMatchObject({ now: { value: 2 }, before: null });
    expect(figure(all, 'firstAnswer.median')?.now.value).toBeCloseTo(2_000, -2);
    const human = figure(all, 'firstHuman.median')?.now;
    expect(human?.from).toBe(2);
    expect(human?.value).toBeGreaterThan(3.9 * minute);
    expect(human?.value).toBeLessThan(4.1 * minute);
  });

  test('says which deadlines were kept, by tier, and how many promised waits held', async () => {
    const all = await report();
    expect(figure(all, 'deadline.accept', '1')).toMatchObject({ now: { value: 1 / 2, from: 2 } });
    expect(figure(all, 'deadline.accept', '2')).toMatchObject({ now: { value: 1, from: 1 } });
    expect(figure(all, 'deadline.solve', '1')).toMatchObject({ now: { value: 1, from: 1 } });
    expect(figure(all, 'promise.held')).toMatchObject({ now: { value: 1, from: 1 } });
  });

  test('comes out the same however often and in whatever portions the log is read', async () => {
    const first = await report();
    const facts = await store.facts.ofDay('2026-11-16');
    await report();
    expect(await report()).toEqual(first);
    expect(await store.facts.ofDay('2026-11-16')).toEqual(facts);
    const fromNothing = new Map(facts.map((fact) => [fact.conversation, fact]));
    for (const [conversation, fact] of fromNothing) {
      const commits = await store.log.commits(conversation, 0, 100);
      expect(commits.at(-1)?.seq).toBe(fact.seq);
    }
  });

  test('a commit that came out of order, by a clock that was behind, is not lost', async () => {
    const customer = createStory(store, newCustomer(), { at: monday + 2 * day });
    await customer.writes('uno');
    now = monday + 2 * day + 1_000;
    await keeper().refresh();
    customer.wait(-30 * minute);
    await customer.botDecides(answer);
    await keeper().refresh();
    expect((await store.facts.of([customer.id]))[0]?.seq).toBe(1);
    customer.wait(hour);
    await customer.writes('dos');
    now = monday + 3 * day;
    await keeper().refresh();
    const [fact] = await store.facts.of([customer.id]);
    expect(fact).toMatchObject({ seq: 3, wrote: { customer: 2, bot: 1 } });
  });

  test("knows the last days by the installation's own calendar", () => {
    const insight = createInsight(store.facts, () => '2026-03-02');
    expect(insight.last(1)).toEqual({ from: '2026-03-02', to: '2026-03-02' });
    expect(insight.last(7)).toEqual({ from: '2026-02-24', to: '2026-03-02' });
  });

  test('refuses a period that is none', async () => {
    const insight = createInsight(store.facts, () => '2026-11-19');
    for (const [from, to] of [
      ['2026-11-22', '2026-11-16'],
      ['2024-01-01', '2026-11-16'],
      ['2026-02-30', '2026-03-01'],
    ] as const) {
      await expect(insight.report({ from, to })).rejects.toMatchObject({ code: 'bad_period' });
    }
  });

  test('goes into a table that no spreadsheet executes', async () => {
    const all = await report();
    const hostile = {
      ...all,
      list: [{ now: { id: '=cmd()', unit: 'count', value: 1, from: 1 }, before: null }],
    };
    expect(reportCsv(hostile as InsightReport)).toContain(",'=cmd(),");
    const lines = reportCsv(all).trimEnd().split('\n');
    expect(lines).toHaveLength(all.list.length + 1);
    expect(lines[1]).toBe('2026-11-16,2026-11-22,conversations,,count,4,4,1,1');
  });
});
