import TinyQueue from 'tinyqueue';
import type { Conversation, Deadline, Stage } from '../core/conversation.ts';
import { deadlineOf } from '../core/conversation.ts';
import { RelevoError } from '../core/errors.ts';
import type { Commit } from '../core/event.ts';
import { effectName } from '../core/event.ts';
import { addressKey } from '../core/message.ts';
import type { Cases, HeldCases } from '../store/cases.ts';
import type { ConversationLog, LogCursor, Snapshot } from '../store/conversation-log.ts';
import { heldIn } from '../store/held.ts';
import type { EffectRow, LeasedEffect, Outbox } from '../store/outbox.ts';
import type { UndoneWork } from '../store/undone.ts';

/** The parts of a store that a simulated month needs, in memory. */
export interface MemoryStore {
  readonly log: ConversationLog;
  readonly cases: Pick<Cases, 'list' | 'held'>;
  readonly undone: UndoneWork;
  readonly outbox: Omit<Outbox, 'report' | 'again' | 'findSent' | 'failed'>;
  /** All conversations with their logs, for the judge. */
  all(): Iterable<{ snapshot: Snapshot; commits: readonly Commit[]; effects: readonly EffectRow[] }>;
}

interface Row {
  readonly name: string;
  readonly index: number;
  readonly commit: Commit;
  state: EffectRow['state'];
  attempts: number;
  notBefore: number;
  lease: string | null;
  leaseUntil: number;
  externalId: string | null;
  error: string | null;
  unknown: boolean;
  partIds: readonly string[];
  receipt: EffectRow['receipt'];
}

interface Entry {
  readonly commits: Commit[];
  snapshot: Snapshot;
  readonly rows: Row[];
}

/**
 * A store in memory that keeps every promise of the port. It lives as long as its object.
 * @param pause called inside every operation before it takes effect, so that operations of several writers meet
 */
export function createMemoryStore(pause: () => Promise<void> = async () => undefined): MemoryStore {
  const entries = new Map<string, Entry>();
  const keys = new Map<string, { conversation: string; seq: number }>();
  const byAddress = new Map<string, string[]>();
  const owedTurns = new Map<string, number>();
  const owedEffects = new Map<string, number>();
  const byStage = new Map<Stage['kind'], Set<string>>();
  /** By their deadlines, those in the same stages; made anew once one of them has changed. */
  const lists = new Map<string, { readonly stages: readonly Stage['kind'][]; readonly found: Snapshot[] }>();
  let held: HeldCases[] | null = null;
  const timeline: Commit[] = [];
  const deadlines = new TinyQueue<{ conversation: string; seq: number; deadline: Deadline }>(
    [],
    (a, b) => a.deadline.at - b.deadline.at,
  );
  let numbers = 0;

  const log: ConversationLog = {
    async load(conversation) {
      await pause();
      return entries.get(conversation)?.snapshot ?? null;
    },
    async newest(address) {
      await pause();
      const id = byAddress.get(addressKey(address))?.at(-1);
      return id === undefined ? null : (entries.get(id)?.snapshot ?? null);
    },
    async nextNumber() {
      numbers += 1;
      return numbers;
    },
    async append(commit, after) {
      await pause();
      if (commit.key !== null && keys.has(commit.key)) return 'repeated';
      const entry = entries.get(commit.conversation);
      if (commit.seq !== (entry?.commits.length ?? 0) + 1) return 'conflict';
      store(entry, commit, after);
      return 'stored';
    },
    async findKey(key) {
      await pause();
      return keys.get(key) ?? null;
    },
    async commits(conversation, afterSeq, limit) {
      await pause();
      return (entries.get(conversation)?.commits ?? []).slice(afterSeq, afterSeq + limit);
    },
    async history(address, after, limit) {
      await pause();
      const from = after ?? { ordinal: 0, seq: 0 };
      return commitsOf(addressKey(address))
        .filter(
          ({ ordinal, commit }) =>
            ordinal > from.ordinal || (ordinal === from.ordinal && commit.seq > from.seq),
        )
        .slice(0, limit);
    },
    async recent(address, limit) {
      await pause();
      return commitsOf(addressKey(address)).slice(-limit);
    },
    async since(after, until, limit) {
      await pause();
      const found: Commit[] = [];
      for (let next = placeOf(after.at); next < timeline.length; next += 1) {
        const commit = timeline[next];
        if (commit === undefined || commit.at >= until) break;
        // Those of one moment are in no order yet: all of them, or none.
        if (found.length >= limit && commit.at > (found.at(-1)?.at ?? 0)) break;
        if (byTime(commit, after) > 0) found.push(commit);
      }
      return found.sort(byTime).slice(0, limit);
    },
  };

  function store(existing: Entry | undefined, commit: Commit, after: Conversation): void {
    const snapshot = { state: after, seq: commit.seq };
    const entry = existing ?? { commits: [], snapshot, rows: [] };
    const before = entry.snapshot.state.stage.kind;
    entry.commits.push(commit);
    timeline.push(commit);
    entry.snapshot = snapshot;
    if (existing === undefined) {
      entries.set(commit.conversation, entry);
      const key = addressKey(after.address);
      byAddress.set(key, [...(byAddress.get(key) ?? []), commit.conversation]);
    }
    if (commit.key !== null) keys.set(commit.key, { conversation: commit.conversation, seq: commit.seq });
    commit.effects.forEach((_, index) => {
      entry.rows.push({
        name: effectName(commit, index),
        index,
        commit,
        state: 'pending',
        attempts: 0,
        notBefore: commit.at,
        lease: null,
        leaseUntil: 0,
        externalId: null,
        error: null,
        unknown: false,
        partIds: [],
        receipt: null,
      });
    });
    if (commit.effects.length > 0) owedEffects.set(commit.conversation, commit.at);
    if (after.stage.kind === 'bot' && after.stage.turn !== null)
      owedTurns.set(commit.conversation, commit.at);
    else owedTurns.delete(commit.conversation);
    standsAt(commit.conversation, existing === undefined ? null : before, after.stage.kind);
    if (before === 'claimed' || after.stage.kind === 'claimed') held = null;
    for (const [key, { stages }] of lists) {
      if (stages.includes(before) || stages.includes(after.stage.kind)) lists.delete(key);
    }
    const deadline = deadlineOf(after.stage);
    if (deadline !== null) deadlines.push({ conversation: commit.conversation, seq: commit.seq, deadline });
  }

  function standsAt(id: string, before: Stage['kind'] | null, now: Stage['kind']): void {
    if (before !== null && before !== now) byStage.get(before)?.delete(id);
    const there = byStage.get(now) ?? new Set<string>();
    byStage.set(now, there.add(id));
  }

  function snapshotsAt(stage: Stage['kind']): Snapshot[] {
    return [...(byStage.get(stage) ?? [])].flatMap((id) => entries.get(id)?.snapshot ?? []);
  }

  function standingAt(stages: readonly Stage['kind'][]): readonly Snapshot[] {
    const key = stages.join();
    const known = lists.get(key);
    if (known !== undefined) return known.found;
    const found = stages
      .flatMap(snapshotsAt)
      .map((snapshot) => ({ snapshot, at: deadlineOf(snapshot.state.stage)?.at ?? 0 }))
      .sort((a, b) => a.at - b.at)
      .map(({ snapshot }) => snapshot);
    lists.set(key, { stages, found });
    return found;
  }

  /** The first commit in the timeline that is not before a moment. */
  function placeOf(at: number): number {
    let [low, high] = [0, timeline.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((timeline[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function commitsOf(key: string): { ordinal: number; commit: Commit }[] {
    return (byAddress.get(key) ?? []).flatMap((id, place) =>
      (entries.get(id)?.commits ?? []).map((commit) => ({ ordinal: place + 1, commit })),
    );
  }

  const cases: MemoryStore['cases'] = {
    async list({ stages, tier, agent, brands, limit }) {
      await pause();
      const found: Snapshot[] = [];
      for (const snapshot of standingAt(stages)) {
        if (found.length === limit) break;
        const { brand, stage } = snapshot.state;
        if (brands !== undefined && !brands.includes(brand ?? '')) continue;
        if (tier !== undefined && !('tier' in stage && stage.tier === tier)) continue;
        if (agent !== undefined && !('agent' in stage && stage.agent.id === agent)) continue;
        found.push(snapshot);
      }
      return found;
    },
    async held() {
      await pause();
      held ??= heldIn(snapshotsAt('claimed'));
      return held;
    },
  };

  const undone: UndoneWork = {
    files: async () => [],
    async deadlines(dueBefore, limit) {
      await pause();
      const due = [];
      while ((deadlines.peek()?.deadline.at ?? Number.POSITIVE_INFINITY) <= dueBefore && due.length < limit) {
        const next = deadlines.pop();
        if (next !== undefined && entries.get(next.conversation)?.snapshot.seq === next.seq) due.push(next);
      }
      for (const one of due) deadlines.push(one);
      return due;
    },
    async turns(storedBefore, limit) {
      await pause();
      return [...owedTurns].flatMap(([id, at]) => (at < storedBefore ? [id] : [])).slice(0, limit);
    },
    async effects(dueBefore, touchedBefore, limit) {
      await pause();
      const due: string[] = [];
      for (const [id, touchedAt] of owedEffects) {
        if (touchedAt >= touchedBefore) continue;
        const row = entries.get(id)?.rows.find(isOpen);
        if (row === undefined) owedEffects.delete(id);
        else if ((row.state === 'pending' ? row.notBefore : row.leaseUntil) <= dueBefore) due.push(id);
        if (due.length >= limit) break;
      }
      return due;
    },
  };

  const outbox: MemoryStore['outbox'] = {
    async lease(conversation, lease, now, leaseUntil) {
      await pause();
      const leased: LeasedEffect[] = [];
      const left = entries.get(conversation)?.rows.find(isOpen);
      for (const row of entries.get(conversation)?.rows.filter(isOpen) ?? []) {
        if (row.state === 'sending' && row.leaseUntil > now) break;
        if (row.state === 'pending' && row.notBefore > now) break;
        const unknown = row.unknown || (row === left && row.state === 'sending');
        Object.assign(row, { state: 'sending', lease, leaseUntil, attempts: row.attempts + 1, unknown });
        const { name, index, commit, attempts: attempt, partIds } = row;
        leased.push({ name, index, commit, attempt, unknown, partIds });
      }
      return leased;
    },
    async settle(name, lease, result) {
      await pause();
      const row = rowOf(name);
      if (row.state !== 'sending' || row.lease !== lease) return false;
      row.lease = null;
      row.unknown = result.kind === 'retry' && (result.unknown ?? false);
      if (result.kind === 'retry') {
        const attempts = row.attempts - (result.waited ? 1 : 0);
        Object.assign(row, { state: 'pending', notBefore: result.notBefore, attempts });
      } else row.state = result.kind;
      if (result.kind === 'done') row.externalId = result.externalId;
      row.error = result.kind === 'done' ? (result.note ?? null) : result.error;
      return true;
    },
    async progress(name, lease, externalId) {
      await pause();
      const row = rowOf(name);
      if (row.state !== 'sending' || row.lease !== lease) return false;
      Object.assign(row, { partIds: [...row.partIds, externalId], unknown: false });
      return true;
    },
    async release(names, lease) {
      await pause();
      for (const row of names.map(rowOf)) {
        if (row.lease === lease)
          Object.assign(row, { state: 'pending', lease: null, attempts: row.attempts - 1 });
      }
    },
    async markDone(names) {
      await pause();
      for (const row of names.map(rowOf)) if (row.state === 'pending') row.state = 'done';
    },
    async rows(conversation) {
      return (entries.get(conversation)?.rows ?? []).map(
        ({ name, state, attempts, externalId, error, receipt }) => {
          return { name, state, attempts, externalId, error, receipt };
        },
      );
    },
  };

  function rowOf(name: string): Row {
    const row = entries.get(name.split('.')[0] ?? '')?.rows.find((one) => one.name === name);
    if (row === undefined) throw new RelevoError('no_such_effect', `no effect is named ${name}`);
    return row;
  }

  return {
    log,
    cases,
    undone,
    outbox,
    *all() {
      for (const { snapshot, commits, rows } of entries.values()) yield { snapshot, commits, effects: rows };
    },
  };
}

function byTime(one: LogCursor, other: LogCursor): number {
  if (one.at !== other.at) return one.at - other.at;
  if (one.conversation !== other.conversation) return one.conversation < other.conversation ? -1 : 1;
  return one.seq - other.seq;
}

function isOpen(row: Row): boolean {
  return row.state === 'pending' || row.state === 'sending';
}
