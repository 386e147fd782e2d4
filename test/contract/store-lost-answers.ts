import { expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import type { TcpProxy } from '../store/tcp-proxy.ts';
import { answer, createStory, handOver, newCustomer } from './story.ts';

/** A store behind a line that loses answers. */
export interface LosingStore {
  readonly proxy: Pick<TcpProxy, 'loseAnswerTo'>;
  /** One connection by way of the line; its tests stop it. */
  open(): Promise<Store>;
  /** Straight to the server, for what a test itself wants to know. */
  readonly direct: Store;
}

/**
 * What a store promises about a commit whose answer is lost with the connection.
 * @param words what stands in the question, and in none before it
 * @param losing that of the test that runs
 */
export function testLostAnswers(words: string, losing: () => LosingStore): void {
  test.each(['webchat:ambiguous', null])('that was stored is found to be ours (key %s)', async (key) => {
    const { proxy, direct, open } = losing();
    const store = await open();
    const story = createStory(direct, newCustomer());
    await story.writes('uno');
    const prepared = await story.next({ type: 'bot-turn', throughSeq: 1, decision: handOver }, key);
    proxy.loseAnswerTo(words, 1);
    expect(await store.log.append(prepared.commit, prepared.after)).toBe('stored');
    await store.stop();
    expect(await direct.log.commits(story.id, 0, 10)).toHaveLength(2);
    expect(await direct.outbox.rows(story.id)).toHaveLength(prepared.commit.effects.length);
  });

  test("is not taken for somebody else's commit", async () => {
    const { proxy, direct, open } = losing();
    const store = await open();
    const story = createStory(direct, newCustomer());
    await story.writes('uno');
    const mine = await story.nextWrites('mine');
    const theirs = await story.next({ type: 'bot-turn', throughSeq: 1, decision: answer });
    expect(await direct.log.append(theirs.commit, theirs.after)).toBe('stored');
    proxy.loseAnswerTo(words, 1);
    expect(await store.log.append(mine.commit, mine.after)).toBe('conflict');
    await store.stop();
    expect(await direct.log.commits(story.id, 1, 10)).toEqual([theirs.commit]);
  });

  test('is given up when it happens again, and repeating the call is harmless', async () => {
    const { proxy, direct, open } = losing();
    const store = await open();
    const story = createStory(direct, newCustomer());
    const { commit, after } = await story.nextWrites('uno');
    proxy.loseAnswerTo(words, 2);
    await expect(store.log.append(commit, after)).rejects.toMatchObject({ code: 'store_unreachable' });
    expect(await store.log.append(commit, after)).toBe('repeated');
    await store.stop();
    expect(await direct.log.commits(story.id, 0, 10)).toEqual([commit]);
  });
}
