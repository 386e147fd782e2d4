const magic = 'relevo-shelves\n';

/** Trained engines by the company they are for; null: no company's. */
export type PackedShelves = ReadonlyMap<string | null, Uint8Array>;

/** Several engines as one file; the engine itself where there is only that of no company. */
export function packShelves(shelves: PackedShelves): Uint8Array {
  const [only] = shelves.size === 1 ? [...shelves] : [];
  if (only !== undefined && only[0] === null) return only[1];
  const head = JSON.stringify([...shelves].map(([name, { length }]) => [name, length]));
  return Buffer.concat([Buffer.from(`${magic}${head}\n`), ...shelves.values()]);
}

/** What `packShelves` made. @throws SyntaxError when it is damaged */
export function unpackShelves(packed: Uint8Array): PackedShelves {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (bytes.toString('latin1', 0, magic.length) !== magic) return new Map([[null, packed]]);
  const end = bytes.indexOf(0x0a, magic.length);
  const head = JSON.parse(bytes.toString('utf8', magic.length, end)) as [string | null, number][];
  let at = end + 1;
  return new Map(
    head.map(([name, length]) => {
      const from = at;
      at += length;
      return [name, Uint8Array.from(bytes.subarray(from, at))];
    }),
  );
}
