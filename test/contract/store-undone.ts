import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deadlineOf } from '../../src/core/conversation.ts';
import { effectName } from '../../src/core/event.ts';
import type { Store } from '../../src/store/store.ts';
import { limits } from '../core/rules.ts';
import type { OpenStore } from './store.ts';
import { ana, answer, createStory, handOver, newCustomer, start } from './story.ts';

const second = 1_000;
const never = Number.MAX_SAFE_INTEGER;

export function describeUndone(open: () => Promise<OpenStore>): void {
  describe('undone work', () => {
    let opened: OpenStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.cleanup());

    test('deadlines: each open conversation has its next one, soonest first', async () => {
      const [idle, owing, queued, closed] = [0, 1, 2, 3].map((n) =>
        createStory(store, newCustomer(), { at: start + n * second }),
      ) as [Story, Story, Story, Story];
      for (const story of [idle, owing, queued, closed]) await story.writes('uno');
      await idle.botDecides(answer);
      await queued.botDecides(handOver);
      await closed.botDecides({ ...answer, action: { kind: 'resolve' } });

      const due = await store.undone.deadlines(never, 10);
      expect(due.map((each) => each.conversation)).toEqual([owing.id, queued.id, idle.id]);
      expect(due.map((each) => each.deadline.kind)).toEqual(['turn', 'accept', 'idle']);
      expect(due.map((each) => each.seq)).toEqual([1, 2, 2]);
      for (const { conversation, deadline } of due) {
        const snapshot = await store.log.load(conversation);
        expect(deadline).toEqual(snapshot && deadlineOf(snapshot.state.stage));
      }
      expect(await store.undone.deadlines(never, 2)).toEqual(due.slice(0, 2));
      const turnDueAt = start + second + limits.turnMs;
      expect(await store.undone.deadlines(turnDueAt, 10)).toEqual([]);
      expect(await store.undone.deadlines(turnDueAt + 1, 10)).toEqual(due.slice(0, 1));
      await owing.rings();
      expect((await store.undone.deadlines(never, 1))[0]?.deadline.at).toBeGreaterThan(turnDueAt);
    });

    test('turns: whoever the bot owes an answer, from the oldest message on', async () => {
      const [owing, answered] = [createStory(store, newCustomer()), createStory(store, newCustomer())];
      await owing.writes('uno');
      await answered.writes('uno');
      await answered.botDecides(answer);
      expect(await store.undone.turns(start, 10)).toEqual([]);
      expect(await store.undone.turns(start + 1, 10)).toEqual([owing.id]);
      owing.wait(second);
      await owing.writes('dos');
      expect(await store.undone.turns(start + 1, 10)).toEqual([owing.id]);
      await owing.rings();
      expect(await store.undone.turns(start + 1, 10)).toEqual([owing.id]);
      await owing.botDecides(handOver);
      expect(await store.undone.turns(never, 10)).toEqual([]);
    });

    test("turns: a message that came during the bot's turn counts from itself", async () => {
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      story.wait(second);
      await story.writes('dos');
      await story.act({ type: 'bot-turn', throughSeq: 1, decision: answer });
      expect(await store.undone.turns(start + second, 10)).toEqual([]);
      expect(await store.undone.turns(start + second + 1, 10)).toEqual([story.id]);
    });

    test('turns: the longest wait first, and no more than asked for', async () => {
      const stories = [3, 1, 2].map((n) => createStory(store, newCustomer(), { at: start + n * second }));
      for (const story of stories) await story.writes('uno');
      const [three, one, two] = stories.map((story) => story.id);
      expect(await store.undone.turns(never, 10)).toEqual([one, two, three]);
      expect(await store.undone.turns(never, 2)).toEqual([one, two]);
    });

    test('effects: due ones that nobody touched for a while', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      expect(await store.undone.effects(never, never, 10)).toEqual([]);
      const { commit } = await story.botDecides(handOver);
      const found = (due: number, touched: number) => store.undone.effects(due, touched, 10);
      expect(await found(start + 1, start + 1)).toEqual([story.id]);
      expect(await found(start + 1, start)).toEqual([]);

      await store.outbox.lease(story.id, 'a', start, start + 60 * second);
      expect(await found(start + second, never)).toEqual([]);
      expect(await found(start + 60 * second + 1, never)).toEqual([story.id]);
      const notBefore = start + 10 * second;
      const names = commit.effects.map((_, i) => effectName(commit, i));
      await store.outbox.settle(names[0] ?? '', 'a', { kind: 'retry', notBefore, error: 'x' });
      await store.outbox.release(names.slice(1), 'a');
      expect(await found(notBefore, never)).toEqual([]);
      expect(await found(notBefore + 1, never)).toEqual([story.id]);

      await store.outbox.lease(story.id, 'b', notBefore, notBefore + second);
      for (const name of names) await store.outbox.settle(name, 'b', { kind: 'failed', error: 'x' });
      expect(await found(never, never)).toEqual([]);
    });

    test('effects: each conversation once, and no more than asked for', async () => {
      for (let n = 0; n < 3; n++) {
        const story = createStory(store, newCustomer());
        await story.writes('uno');
        await story.botDecides(handOver);
        await story.claims(ana);
      }
      expect(new Set(await store.undone.effects(never, never, 10)).size).toBe(3);
      expect(await store.undone.effects(never, never, 10)).toHaveLength(3);
      expect(await store.undone.effects(never, never, 2)).toHaveLength(2);
    });
  });
}

type Story = ReturnType<typeof createStory>;
