import type { Storage, StoreItems } from 'botbuilder-core';
import { RelevoError } from '../../core/errors.ts';

/** Botkit's storage for the turns under way: what a turn brings in goes out with it, and nothing stays. */
export interface TurnStorage extends Storage {
  /** Takes what was written under a key, and forgets it. */
  take(key: string): StoreItems[string] | undefined;
  /** Puts in what the conversation's log remembers. */
  put(key: string, item: StoreItems[string]): void;
}

/** A storage in memory. Items are copied in and out, so that nobody changes what another holds. */
export function createTurnStorage(): TurnStorage {
  const items = new Map<string, { json: string; eTag: number }>();
  let eTags = 0;

  function put(key: string, item: StoreItems[string]): void {
    eTags += 1;
    items.set(key, { json: JSON.stringify({ ...item, eTag: undefined }), eTag: eTags });
  }

  return {
    put,
    take(key) {
      const item = items.get(key);
      items.delete(key);
      return item === undefined ? undefined : JSON.parse(item.json);
    },
    async read(keys) {
      const found: StoreItems = {};
      for (const key of keys) {
        const item = items.get(key);
        if (item !== undefined) found[key] = { ...JSON.parse(item.json), eTag: String(item.eTag) };
      }
      return found;
    },
    async write(changes) {
      for (const [key, change] of Object.entries(changes)) {
        const held = items.get(key);
        const eTag: unknown = change.eTag;
        if (held !== undefined && eTag !== undefined && eTag !== '*' && eTag !== String(held.eTag)) {
          throw new RelevoError(
            'bot_state_conflict',
            'Two turns of one conversation wrote its dialog state.',
          );
        }
        put(key, change);
      }
    },
    async delete(keys) {
      for (const key of keys) items.delete(key);
    },
  };
}
