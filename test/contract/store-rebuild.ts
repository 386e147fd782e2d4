import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { effectName } from '../../src/core/event.ts';
import type { Store } from '../../src/store/store.ts';
import type { OpenStore } from './store.ts';
import { ana, answer, createStory, handOver, newCustomer, start } from './story.ts';

const never = Number.MAX_SAFE_INTEGER;

/** Read models made anew from the log. */
export function describeRebuild(open: () => Promise<OpenStore>): void {
  describe('rebuild', () => {
    let opened: OpenStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.cleanup());

    /** Everything that can be asked, of all conversations. */
    async function picture(ids: readonly string[]) {
      const stages = ['bot', 'queued', 'claimed', 'solved', 'closed'] as const;
      return {
        loaded: await Promise.all(ids.map((id) => store.log.load(id))),
        rows: await Promise.all(ids.map((id) => store.outbox.rows(id))),
        open: await store.cases.list({ stages: stages.slice(0, 4), limit: 100 }),
        closed: await store.cases.list({ stages: ['closed'], limit: 100 }),
        counts: await store.cases.counts(),
        // Those of the same moment come in any order.
        deadlines: (await store.undone.deadlines(never, 100)).toSorted(
          (a, b) => a.deadline.at - b.deadline.at || (a.conversation < b.conversation ? -1 : 1),
        ),
        turns: (await store.undone.turns(never, 100)).toSorted(),
        effects: (await store.undone.effects(never, never, 100)).toSorted(),
      };
    }

    /** Conversations in all stages, with effects in all states. */
    async function town() {
      const stories = Array.from({ length: 8 }, (_, n) =>
        createStory(store, newCustomer(), { at: start + n * 1_000 }),
      );
      for (const story of stories) await story.writes('ayuda');
      for (const story of stories.slice(1)) {
        story.wait(100);
        await story.botDecides(stories.indexOf(story) < 3 ? answer : handOver);
      }
      await stories[2]?.writes('más');
      for (const story of stories.slice(4)) await story.claims(ana);
      for (const story of stories.slice(5)) await story.solves(ana);
      await stories[6]?.rings();
      return stories.map((story) => story.id);
    }

    test('changes nothing where all is well, and can be repeated', async () => {
      const ids = await town();
      const before = await picture(ids);
      const reports: number[] = [];
      const result = await store.rebuild((commits) => reports.push(commits));
      expect(result.conversations).toBe(8);
      expect(reports.at(-1)).toBe(result.commits);
      expect(await picture(ids)).toEqual(before);
      await store.rebuild(() => undefined);
      expect(await picture(ids)).toEqual(before);
    });

    test('mends a read model that does not follow from its log', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('ayuda');
      const { commit, after } = await story.next({ type: 'bot-turn', throughSeq: 1, decision: handOver });
      const wrong = {
        ...after,
        stage: { kind: 'bot', turn: null, idleAt: start, asking: null },
        lastTier: null,
      } as const;
      expect(await store.log.append(commit, wrong)).toBe('stored');
      expect(await store.cases.list({ stages: ['queued'], limit: 10 })).toEqual([]);

      await store.rebuild(() => undefined);
      expect(await store.log.load(story.id)).toEqual({ state: after, seq: 2 });
      expect(await store.cases.list({ stages: ['queued'], limit: 10 })).toEqual([{ state: after, seq: 2 }]);
      expect((await store.undone.deadlines(never, 10)).map(({ deadline }) => deadline.kind)).toEqual([
        'accept',
      ]);
    });

    test('never makes anything go out again', async () => {
      const ids = await town();
      const effects = (await Promise.all(ids.map((id) => store.log.commits(id, 0, 100))))
        .flat()
        .flatMap((commit) =>
          commit.effects.map((_, i) => ({ id: commit.conversation, name: effectName(commit, i) })),
        );
      const [first = { id: '', name: '' }, second = first] = effects;
      await store.outbox.markDone([first.name]);
      await store.outbox.lease(second.id, 'a', start, start + 1_000);
      await store.outbox.settle(second.name, 'a', { kind: 'failed', error: 'no' });
      const before = await picture(ids);
      await store.rebuild(() => undefined);
      expect(await picture(ids)).toEqual(before);
    });

    test('goes through logs of many commits', async () => {
      const story = createStory(store, newCustomer());
      const other = createStory(store, newCustomer());
      await story.writes('uno');
      await other.writes('uno');
      for (let n = 0; n < 600; n++) {
        await story.act({ type: 'note', agent: ana, text: `${n}` });
        await other.writes(`${n}`);
      }
      const before = await picture([story.id, other.id]);
      expect(await store.rebuild(() => undefined)).toEqual({ conversations: 2, commits: 1_202 });
      expect(await picture([story.id, other.id])).toEqual(before);
    });

    test('leaves what is written meanwhile as it is', async () => {
      const stories = Array.from({ length: 5 }, () => createStory(store, newCustomer()));
      for (const story of stories) await story.writes('uno');
      const [, ...written] = await Promise.all([
        store.rebuild(() => undefined),
        ...stories.map(async (story) => {
          for (let n = 0; n < 20; n++) await story.writes(`${n}`);
          return store.log.load(story.id);
        }),
      ]);
      await store.rebuild(() => undefined);
      expect(await Promise.all(stories.map((story) => store.log.load(story.id)))).toEqual(written);
      expect(written.map((snapshot) => snapshot?.seq)).toEqual(Array(5).fill(21));
    });
  });
}
