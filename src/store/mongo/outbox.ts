import type { Clock } from '../../core/clock.ts';
import { type Address, addressKey, type DeliveryReport } from '../../core/message.ts';
import { partOf } from '../../core/message-part.ts';
import type { EffectResult, Outbox } from '../outbox.ts';
import { effectKey } from '../postgres/effect-name.ts';
import type { Database } from './database.ts';
import type { EffectDocument } from './documents.ts';
import { leaseEffects } from './lease.ts';

const receipts = ['sent', 'delivered', 'read'] as const;

/** The outbox in MongoDB. */
export function createOutbox(database: Database, clock: Clock): Outbox {
  const { ask, effects, conversations } = database;

  async function findSent(address: Address, externalId: string): Promise<string | null> {
    const sent = await ask(() => effects.find({ sentIds: externalId }, { conversation: 1 }).lean());
    if (sent.length === 0) return null;
    const ids = sent.map(({ conversation }) => conversation);
    const newest = await ask(() =>
      conversations
        .findOne({ _id: { $in: ids }, address: addressKey(address) }, { _id: 1 })
        .sort({ ordinal: -1 })
        .lean(),
    );
    return sent.find(({ conversation }) => conversation === newest?._id)?._id ?? null;
  }

  /** Decides on an effect as it stands and writes only if it still stands so. @returns null when there is none */
  async function report({ status, error, externalId }: DeliveryReport, name: string, part: number | null) {
    for (;;) {
      const effect = await ask(() => effects.findById(name).lean());
      if (effect === null) return null;
      const update =
        status === 'failed'
          ? {
              $set: {
                state: 'failed' as const,
                error: error ?? null,
                ...noted(effect.touchedAt, error ?? null),
              },
            }
          : arrived(effect, status, part, externalId);
      const { _id, version } = effect;
      const done = await ask(() => effects.updateOne({ _id, version }, { ...update, $inc: { version: 1 } }));
      if (done.matchedCount > 0) return effect.conversation;
    }
  }

  /** An update of an effect that this lease still holds: the lease in the condition is the fence. */
  async function underLease(name: string, lease: string, update: object): Promise<boolean> {
    effectKey(name);
    const done = await ask(() => effects.updateOne({ _id: name, lease, state: 'sending' }, update));
    return done.matchedCount > 0;
  }

  return {
    lease: (conversation, lease, now, leaseUntil) =>
      leaseEffects(database, conversation, lease, now, leaseUntil),
    settle: (name, lease, result) => underLease(name, lease, settled(result, clock.now())),
    progress: (name, lease, externalId) =>
      underLease(name, lease, {
        $push: { partIds: externalId },
        $addToSet: { sentIds: externalId },
        // What went out leaves the next part with nothing unknown about it.
        $set: { unknown: false, touchedAt: clock.now() },
        $inc: { version: 1 },
      }),
    async release(names, lease) {
      if (names.length === 0) return;
      await ask(() =>
        effects.updateMany(
          { _id: { $in: [...names] }, lease, state: 'sending' },
          {
            $set: { state: 'pending', dueAt: 0, touchedAt: clock.now(), lease: null },
            $inc: { attempts: -1, version: 1 },
          },
        ),
      );
    },
    async markDone(names) {
      for (const name of names) effectKey(name);
      if (names.length === 0) return;
      await ask(() =>
        effects.updateMany(
          { _id: { $in: [...names] }, state: 'pending' },
          { $set: { state: 'done', error: null, touchedAt: clock.now() }, $inc: { attempts: 1, version: 1 } },
        ),
      );
    },
    async report(told) {
      const { message } = told;
      const found =
        'name' in message
          ? partOf(message.name)
          : { effect: await findSent(message.to, message.externalId), part: null };
      if (found.effect === null) return null;
      effectKey(found.effect);
      return report(told, found.effect, found.part);
    },
    async again(name) {
      effectKey(name);
      const fresh = { state: 'pending', attempts: 0, dueAt: 0, unknown: false, error: null } as const;
      const done = await ask(() =>
        effects.updateOne(
          { _id: name, state: 'failed' },
          { $set: { ...fresh, touchedAt: clock.now() }, $unset: { notedAt: '' }, $inc: { version: 1 } },
        ),
      );
      return done.matchedCount > 0;
    },
    async failed(limit) {
      const found = await ask(() =>
        effects
          .find({ notedAt: { $gt: 0 } })
          .sort({ notedAt: -1 })
          .limit(limit)
          .lean(),
      );
      const ids = [...new Set(found.map(({ conversation }) => conversation))];
      const models = await ask(() =>
        conversations.find({ _id: { $in: ids } }, { number: 1, channel: 1 }).lean(),
      );
      const byId = new Map(models.map((model) => [model._id, model]));
      return found.flatMap(({ _id, conversation, state, error, touchedAt }) => {
        const model = byId.get(conversation);
        if (model === undefined || error === null) return [];
        const { number, channel } = model;
        return [
          { name: _id, conversation, number, channel, given: state === 'failed', error, at: touchedAt },
        ];
      });
    },
    findSent,
    async rows(conversation) {
      const found = await ask(() => effects.find({ conversation }).sort({ seq: 1, index: 1 }).lean());
      return found.map(({ _id, state, attempts, externalId, error, receipt }) => ({
        name: _id,
        state,
        attempts,
        externalId,
        error,
        receipt,
      }));
    },
  };
}

/** That people should look at an effect. */
function noted(at: number, error: string | null): { notedAt?: number } {
  return error === null ? {} : { notedAt: Math.max(at, 1) };
}

function settled(result: EffectResult, now: number): object {
  const set = { lease: null, touchedAt: now, unknown: false };
  switch (result.kind) {
    case 'done': {
      const { externalId, note = null } = result;
      const sent = externalId === null ? {} : { externalId };
      return {
        $set: { ...set, state: 'done', dueAt: 0, error: note, ...sent, ...noted(now, note) },
        ...(externalId === null ? {} : { $addToSet: { sentIds: externalId } }),
        $inc: { version: 1 },
      };
    }
    case 'retry': {
      const { notBefore, error, unknown = false, waited = false } = result;
      return {
        $set: { ...set, state: 'pending', dueAt: notBefore, error, unknown },
        $inc: { version: 1, attempts: waited ? -1 : 0 },
      };
    }
    case 'failed':
      return {
        $set: { ...set, state: 'failed', dueAt: 0, error: result.error, ...noted(now, result.error) },
        $inc: { version: 1 },
      };
  }
}

/**
 * A part the platform says it has is known to have gone out, whatever became of the worker that sent it.
 * @param part from 0; null when the effect was found by its id
 */
function arrived(
  effect: EffectDocument,
  status: (typeof receipts)[number],
  part: number | null,
  externalId: string | undefined,
) {
  const { partIds, receipt, state, unknown } = effect;
  const next = part === partIds.length;
  const further = receipt === null || receipts.indexOf(status) > receipts.indexOf(receipt);
  const id = next && state !== 'done' ? externalId : undefined;
  return {
    $set: { unknown: unknown && !next, receipt: further ? status : receipt },
    ...(id === undefined ? {} : { $push: { partIds: id }, $addToSet: { sentIds: id } }),
  };
}
