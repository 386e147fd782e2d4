import type { Commit } from '../../src/core/event.ts';
import type { MissedConversation } from '../../src/core/missed.ts';
import type { LogCursor } from '../../src/store/conversation-log.ts';
import { type Missed, newestMissed } from '../../src/store/missed.ts';
import type { Store } from '../../src/store/store.ts';

/** The store's missed questions in memory. */
export function createMemoryMissed(): Missed {
  const kept = new Map<string, MissedConversation>();
  let [place, revision, changes]: [LogCursor | null, number, number] = [null, 0, 0];
  return {
    place: async () => ({ place, revision, changes }),
    of: async (conversations) => conversations.flatMap((conversation) => kept.get(conversation) ?? []),
    async save(found, to, from) {
      if (from !== revision) return false;
      for (const one of found)
        if ((kept.get(one.conversation)?.seq ?? 0) < one.seq) kept.set(one.conversation, one);
      [place, revision, changes] = [to, revision + 1, changes + (found.length > 0 ? 1 : 0)];
      return true;
    },
    since: async (from, limit) =>
      [...kept.values()]
        .filter((one) => (newestMissed(one) ?? -1) >= from)
        .sort((a, b) => (newestMissed(b) ?? 0) - (newestMissed(a) ?? 0))
        .slice(0, limit),
    async forget() {
      kept.clear();
      [place, revision, changes] = [null, revision + 1, changes + 1];
    },
  };
}

/** The logs of commits that a test has, as far as reading them goes. */
export function logOf(commits: () => readonly Commit[]): Store['log'] {
  const byTime = (a: LogCursor, b: LogCursor) =>
    a.at - b.at ||
    (a.conversation < b.conversation ? -1 : a.conversation > b.conversation ? 1 : a.seq - b.seq);
  return {
    since: async (after: LogCursor, until: number, limit: number) =>
      commits()
        .filter((one) => byTime(one, after) > 0 && one.at < until)
        .toSorted(byTime)
        .slice(0, limit),
    commits: async (conversation: string, after: number, limit: number) =>
      commits()
        .filter((one) => one.conversation === conversation && one.seq > after)
        .slice(0, limit),
  } as unknown as Store['log'];
}
