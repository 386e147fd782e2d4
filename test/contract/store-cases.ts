import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stage } from '../../src/core/conversation.ts';
import type { CaseFilter } from '../../src/store/cases.ts';
import type { Store } from '../../src/store/store.ts';
import type { OpenStore } from './store.ts';
import { ana, answer, createStory, handOver, leo, newCustomer, start } from './story.ts';

const minute = 60_000;
const open: Stage['kind'][] = ['queued', 'claimed', 'solved'];

/** The lists people work from. */
export function describeCases(openStore: () => Promise<OpenStore>): void {
  describe('cases', () => {
    let opened: OpenStore;
    let store: Store;
    beforeEach(async () => {
      opened = await openStore();
      store = opened.store;
    });
    afterEach(() => opened.cleanup());

    async function told(minutes: number, account = 'main') {
      const story = createStory(store, newCustomer(account), { at: start + minutes * minute });
      await story.writes('ayuda');
      return story;
    }
    async function queued(minutes: number) {
      const story = await told(minutes);
      await story.botDecides(handOver);
      return story;
    }
    async function claimed(minutes: number, agent = ana) {
      const story = await queued(minutes);
      await story.claims(agent);
      return story;
    }
    const list = async (filter: Partial<CaseFilter>) =>
      (await store.cases.list({ stages: open, limit: 50, ...filter })).map((found) => found.state.id);

    test('are open conversations that people have, by next deadline', async () => {
      const [late, early] = [await queued(2), await queued(1)];
      const held = await claimed(0);
      const waiting = await claimed(3);
      await waiting.replies(ana, 'hola');
      await (await told(0)).botDecides(answer);
      expect(await list({})).toEqual([early.id, late.id, held.id, waiting.id]);
      expect(await list({ limit: 2 })).toEqual([early.id, late.id]);
      expect(await list({ stages: ['claimed'] })).toEqual([held.id, waiting.id]);
      expect(await list({ stages: [] })).toEqual([]);
      const [first] = await store.cases.list({ stages: open, limit: 1 });
      expect(first).toEqual(await store.log.load(early.id));
    });

    test('can be asked for by company, and then no other one is among them', async () => {
      const of = async (minutes: number, account: string) => {
        const story = await told(minutes, account);
        await story.botDecides(handOver);
        return story;
      };
      const [none, acme, beta] = [await of(0, 'main'), await of(1, 'acme'), await of(2, 'beta')];
      const closed = await of(3, 'acme');
      await closed.claims(ana);
      await closed.solves(ana);
      await closed.rings();
      expect(await list({})).toEqual([none.id, acme.id, beta.id]);
      expect(await list({ brands: ['acme'] })).toEqual([acme.id]);
      expect(await list({ brands: ['acme', 'beta'] })).toEqual([acme.id, beta.id]);
      expect(await list({ brands: ['acme'], stages: ['closed'] })).toEqual([closed.id]);
      expect(await list({ brands: ['beta'], stages: ['closed'] })).toEqual([]);
      expect(await list({ brands: ['beta', 'acme'], stages: ['closed', 'queued'], limit: 3 })).toEqual([
        acme.id,
        beta.id,
        closed.id,
      ]);
      expect(await list({ brands: ['nobody'] })).toEqual([]);
      expect(await store.cases.counts(['beta'])).toEqual([{ stage: 'queued', tier: 1, count: 1 }]);
      expect(await store.cases.counts()).toEqual([{ stage: 'queued', tier: 1, count: 3 }]);
    });

    test('can be asked for by tier and by agent', async () => {
      const [mine, his] = [await claimed(0, ana), await claimed(1, leo)];
      const higher = await claimed(2, ana);
      await higher.act({ type: 'escalate', agent: ana, reason: 'hard', tier: 2 });
      expect(await list({ agent: 'ana' })).toEqual([mine.id]);
      expect(await list({ agent: 'leo', stages: ['claimed'] })).toEqual([his.id]);
      expect(await list({ agent: 'nobody' })).toEqual([]);
      expect(await list({ tier: 2 })).toEqual([higher.id]);
      expect(await list({ tier: 1 })).toEqual([mine.id, his.id]);
      await mine.solves(ana);
      expect(await list({ agent: 'ana', stages: ['solved'] })).toEqual([mine.id]);
    });

    test('that are closed come newest first, after the open ones', async () => {
      const stories = [await claimed(2), await claimed(1)];
      for (const story of stories) {
        await story.solves(ana);
        await story.rings();
      }
      const [newer, older] = stories.map((story) => story.id);
      const byBot = await told(9);
      await byBot.botDecides({ ...answer, action: { kind: 'resolve' } });
      const waiting = await queued(5);
      expect(await list({ stages: ['closed'] })).toEqual([newer, older]);
      expect(await list({ stages: ['closed'], limit: 1 })).toEqual([newer]);
      expect(await list({ stages: ['closed', 'queued'] })).toEqual([waiting.id, newer, older]);
      expect(await list({ stages: ['closed'], tier: 1 })).toEqual([newer, older]);
      expect(await list({})).toEqual([waiting.id]);
    });

    test('given back to the bot stay cases, and those the bot never gave away are none', async () => {
      const story = await claimed(0);
      await story.act({ type: 'return-to-bot', agent: ana });
      await told(1);
      expect(await list({ stages: ['bot'] })).toEqual([story.id]);
    });

    test('are counted while they are open, by stage and tier', async () => {
      expect(await store.cases.counts()).toEqual([]);
      await told(0);
      await told(0);
      await queued(0);
      const higher = await claimed(0);
      await higher.act({ type: 'escalate', agent: ana, reason: 'hard', tier: 3 });
      const back = await claimed(0);
      await back.act({ type: 'return-to-bot', agent: ana });
      const counts = await store.cases.counts();
      expect(counts).toHaveLength(2);
      expect(counts).toEqual(
        expect.arrayContaining([
          { stage: 'queued', tier: 1, count: 1 },
          { stage: 'queued', tier: 3, count: 1 },
        ]),
      );
    });

    test('are counted apart while the bot has them', async () => {
      expect(await store.cases.withBot()).toBe(0);
      await told(0);
      await queued(0);
      const back = await claimed(0);
      await back.act({ type: 'return-to-bot', agent: ana });
      expect(await store.cases.withBot()).toBe(2);
      expect(await store.cases.withBot(['beta'])).toBe(0);
    });

    test('that wait for the agents who hold them are counted, by agent and tier', async () => {
      expect(await store.cases.held()).toEqual([]);
      await queued(0);
      await claimed(1, ana);
      const answered = await claimed(2, ana);
      await answered.replies(ana, 'hola');
      await answered.writes('gracias');
      await (await claimed(2, ana)).replies(ana, 'hola');
      const remindAt = start + 60 * minute;
      await (await claimed(2, ana)).act({ type: 'to-vendor', agent: ana, reference: 'RMA', remindAt });
      await claimed(3, leo);
      await (await claimed(4, leo)).solves(leo);
      const higher = await claimed(5, ana);
      await higher.act({ type: 'escalate', agent: ana, reason: 'hard', tier: 2 });
      await higher.claims(ana);
      expect(await store.cases.held()).toEqual([
        { agent: 'ana', tier: 1, count: 2 },
        { agent: 'ana', tier: 2, count: 1 },
        { agent: 'leo', tier: 1, count: 1 },
      ]);
    });

    test('that agents hold are counted by whose move it is', async () => {
      expect(await store.cases.moves()).toEqual({ agent: 0, customer: 0, vendor: 0 });
      await queued(0);
      await claimed(1, ana);
      await (await claimed(2, leo)).writes('¿sigue ahí?');
      await (await claimed(3, ana)).replies(ana, 'hola');
      const remindAt = start + 60 * minute;
      await (await claimed(4, ana)).act({ type: 'to-vendor', agent: ana, reference: 'RMA', remindAt });
      await (await claimed(5, leo)).solves(leo);
      const counted = { agent: 2, customer: 1, vendor: 1 };
      expect(await store.cases.moves()).toEqual(counted);
      expect(await store.cases.moves(['beta'])).toEqual({ agent: 0, customer: 0, vendor: 0 });
      await store.rebuild(() => undefined);
      expect(await store.cases.moves()).toEqual(counted);
    });

    test('that are solved are counted while the customer has not said so, by tier', async () => {
      expect(await store.cases.unconfirmed()).toEqual([]);
      await claimed(0);
      await (await claimed(1, leo)).solves(leo);
      const confirmed = await claimed(2, ana);
      await confirmed.solves(ana);
      expect(await store.cases.unconfirmed()).toEqual([{ tier: 1, count: 2 }]);
      await confirmed.confirms();
      expect(await list({ stages: ['solved'] })).toContain(confirmed.id);
      expect(await store.cases.unconfirmed()).toEqual([{ tier: 1, count: 1 }]);
      expect(await store.cases.unconfirmed(['beta'])).toEqual([]);
    });

    test('with questions to tiers are those that nobody has answered, the first asked first', async () => {
      const asked = async (minutes: number) => {
        const story = await claimed(minutes);
        await story.act({ type: 'ask', agent: ana, tier: 2, text: 'which cable?' });
        return story;
      };
      const [late, early] = [await asked(2), await asked(1)];
      await claimed(0);
      const waiting = async (limit = 9) =>
        (await store.cases.withQuestions(limit)).map(({ state }) => state.id);
      expect(await waiting()).toEqual([early.id, late.id]);
      expect(await waiting(1)).toEqual([early.id]);
      const [first] = await store.cases.withQuestions(1);
      expect(first).toEqual(await store.log.load(early.id));
      await early.act({ type: 'answer-question', agent: leo, question: 1, answer: 'the blue one' });
      expect(await waiting()).toEqual([late.id]);
    });

    test('are found by number', async () => {
      const story = await told(0);
      const snapshot = await store.log.load(story.id);
      expect(await store.cases.findNumber(snapshot?.state.number ?? 0)).toEqual(snapshot);
      expect(await store.cases.findNumber(999_999)).toBeNull();
    });
  });
}
