import { beforeEach, describe, expect, test } from 'vitest';
import type { Commit, Event } from '../../src/core/event.ts';
import { addressKey } from '../../src/core/message.ts';
import type { Engine } from '../../src/kb/engine/types.ts';
import { publishDraft } from '../../src/kb/publish.ts';
import { createKnowledge } from '../../src/kb/published.ts';
import { sideOf } from '../../src/kb/trial/side.ts';
import { createTrialRecord } from '../../src/kb/trial/trial-record.ts';
import { createTrialWork, type TrialWork } from '../../src/kb/trial/trial-work.ts';
import { silentLog } from '../log.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { createMemoryCursors } from '../store/memory-cursors.ts';
import { articleOf, contentOf, memoryBases } from './memory-bases.ts';

const start = 1_000_000;
const eva = { id: 'eva', name: 'Eva', reason: 'simpler words' };
const article = articleOf();
/** Answers everything with the one article there is: what is looked at is who is asked. */
const engineOf = async (): Promise<Engine> => ({
  decide: () => ({
    decision: 'answer',
    article: article.id,
    confidence: 1,
    candidates: [{ article: article.id, probability: 1 }],
  }),
});
const wish = { version: null, share: 0.5, brands: null, force: false };
const addressOf = (n: number) => ({ channel: 'telegram', account: 'main', user: String(n) });

let now = start;
let commits: Commit[];
let bases: ReturnType<typeof memoryBases>;
let cursors: ReturnType<typeof createMemoryCursors>;
let audit: ReturnType<typeof createMemoryAudit>['audit'];
let signalled: string[];
let trials: TrialWork;

beforeEach(async () => {
  now = start;
  commits = [];
  signalled = [];
  bases = memoryBases();
  cursors = createMemoryCursors();
  ({ audit } = createMemoryAudit());
  await bases.saveDraft(contentOf([article]), 0);
  await publishDraft({ bases, clock: { now: () => now } }, { by: 'Eva' });
  await bases.saveDraft(contentOf([{ ...article, answer: 'Apaga y enciende la caja.' }]), 1);
  trials = createTrialWork({
    bases,
    memory: cursors,
    log: {
      since: async (after, until) => commits.filter(({ at }) => at > after.at && at < until).slice(0, 1_000),
    },
    signals: { publish: (topic) => void signalled.push(topic) },
    writeDown: async (who, action, subject, before, after) => {
      await audit.add({
        at: now,
        who: { id: who.id, name: who.name },
        action,
        subject,
        reason: who.reason,
        before,
        after,
      });
    },
    train: engineOf,
    clock: { now: () => now },
    id: () => `id-${commits.length}`,
  });
});

const audited = async () =>
  (await audit.list({ limit: 20 })).map(({ action, subject }) => `${action} ${subject}`);

/** A customer's conversation that the bot resolves, or that ends with a person. */
function converse(n: number, resolved: boolean, brand?: string): void {
  now += 10;
  const closed: Event = { type: 'closed', outcome: { how: 'assumed', by: 'bot' } } as Event;
  const over: Event = { type: 'handed-over', reason: 'disliked', tier: 1, acceptBy: 0 };
  const events: Event[] = [
    {
      ...{ type: 'started', ordinal: 1, number: n, address: addressOf(n), language: 'es', idleAt: 0 },
      ...(brand === undefined ? {} : { brand }),
    } as Event,
    resolved ? closed : over,
  ];
  commits.push({
    conversation: `c${commits.length}`,
    seq: 1,
    at: now,
    by: { kind: 'bot' },
    key: null,
    events,
    effects: [],
  });
}

test('the draft, frozen, answers its share of customers in its own words, and the same ones each time', async () => {
  const knowledge = createKnowledge({
    bases,
    log: silentLog,
    makeEngine: engineOf,
    trial: createTrialRecord(cursors).running,
  });
  await knowledge.ready;
  const trial = await trials.start(eva, wish);
  expect(trial).toMatchObject({ candidate: 2, live: 1, ended: null });
  expect(signalled).toEqual(['base']);
  await knowledge.reload();
  const answers = Array.from({ length: 200 }, (_, n) => {
    const customer = addressKey(addressOf(n));
    const { version, candidates } = knowledge.of(null, customer).ask('internet', 'es');
    expect(version).toBe(sideOf(trial, customer, null) === 'candidate' ? 2 : 1);
    expect(candidates[0]?.article.answer).toBe(version === 2 ? 'Apaga y enciende la caja.' : article.answer);
    return version;
  });
  expect(answers.filter((version) => version === 2).length).toBeGreaterThan(70);
  expect(knowledge.of(null).ask('internet', 'es').version).toBe(1);
  expect(knowledge.version()).toBe(1);

  await trials.end(eva, 'dropped');
  await knowledge.reload();
  expect(knowledge.of(null, addressKey(addressOf(answers.indexOf(2)))).ask('internet', 'es').version).toBe(1);
  expect(await audited()).toEqual(['trial.dropped version/2', 'trial.start version/2']);
  expect((await bases.current())?.version).toBe(1);
  await knowledge.close();
});

test('is made live as a new version, and what is published ends it', async () => {
  await trials.start(eva, wish);
  await expect(trials.start(eva, wish)).rejects.toMatchObject({ code: 'kb_trial_running' });
  await trials.end(eva, 'made-live');
  expect(await bases.current()).toMatchObject({
    version: 3,
    articles: [{ answer: 'Apaga y enciende la caja.' }],
  });
  await expect(trials.end(eva, 'dropped')).rejects.toMatchObject({ code: 'kb_trial_none' });
  await expect(trials.start(eva, { ...wish, version: 2 })).rejects.toMatchObject({ code: 'kb_trial_same' });
  await expect(trials.start(eva, { ...wish, version: 9 })).rejects.toMatchObject({
    code: 'kb_version_unknown',
  });

  await trials.start(eva, { ...wish, version: 1 });
  await publishDraft({ bases, clock: { now: () => now } }, { by: 'Luis' }).catch(() => undefined);
  await bases.saveDraft(contentOf([article, articleOf({ id: 'otro' })]), 2);
  await publishDraft({ bases, clock: { now: () => now } }, { by: 'Luis' });
  await trials.watch();
  expect((await trials.status())?.trial.ended).toMatchObject({ why: 'published', by: 'Relevo' });
});

describe('a trial counts', () => {
  test("each customer's first conversation on each side, by company", async () => {
    const trial = await trials.start(eva, { ...wish, brands: ['acme'] });
    converse(1, true, 'acme');
    converse(1, false, 'acme');
    converse(2, false, 'acme');
    converse(3, true, 'beta');
    await trials.watch();
    await trials.watch();
    const status = await trials.status();
    const of = (n: number) => sideOf(trial, addressKey(addressOf(n)), 'acme');
    const customers = { live: 0, candidate: 0 };
    for (const n of [1, 2]) customers[of(n)] += 1;
    expect(status?.sides.live.customers).toBe(customers.live);
    expect(status?.sides.candidate.customers).toBe(customers.candidate);
    expect(Object.keys(status?.byBrand ?? {})).toEqual(['acme']);
    const all = [status?.sides.live, status?.sides.candidate];
    const sum = (key: 'resolved' | 'disliked' | 'handedOver') =>
      all.reduce((total, one) => total + (one?.[key] ?? 0), 0);
    expect([sum('resolved'), sum('disliked'), sum('handedOver')]).toEqual([1, 1, 1]);
  });

  test('and stops by itself when the candidate is clearly worse', async () => {
    const trial = await trials.start(eva, wish);
    for (let n = 0; n < 150; n += 1)
      converse(n, sideOf(trial, addressKey(addressOf(n)), null) === 'live' ? n % 4 > 0 : n % 4 === 0);
    await trials.watch();
    const status = await trials.status();
    expect(status?.trial.ended).toMatchObject({ why: 'candidate-worse', by: 'Relevo' });
    expect(status?.evidence).toBeGreaterThanOrEqual(status?.stopsAt ?? 0);
    expect(status?.sides.live.ranges.resolved?.low).toBeGreaterThan(
      status?.sides.candidate.ranges.resolved?.high ?? 1,
    );
    expect((await audited())[0]).toBe('trial.candidate-worse version/2');
    expect(await createTrialRecord(cursors).running()).toBeNull();
  });
});
