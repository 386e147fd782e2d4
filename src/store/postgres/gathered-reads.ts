/**
 * Asks for many keys at once what is asked for one at a time: those asked for in the same turn of the event loop go together,
 * so that nobody waits for it and a busy process asks seldom.
 * @param read what is known of the keys given, each of them once
 * @returns what is known of a key; undefined: nothing. It throws what `read` throws to everybody it was asked for
 */
export function createGatheredReads<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | undefined> {
  let gathering: { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, Value>> } | null =
    null;

  async function readSoon(keys: ReadonlySet<string>): Promise<ReadonlyMap<string, Value>> {
    await new Promise((resolve) => setImmediate(resolve));
    gathering = null;
    return await read([...keys]);
  }

  return async (key) => {
    if (gathering === null) {
      const keys = new Set<string>();
      gathering = { keys, found: readSoon(keys) };
    }
    gathering.keys.add(key);
    return (await gathering.found).get(key);
  };
}
