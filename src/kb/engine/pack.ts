import { RelevoError } from '../../core/errors.ts';

/** The arrays a package can hold. */
export type PackedArray = Int32Array | Float32Array | Float64Array;

/** A JSON value with named arrays of numbers beside it. */
export interface Package {
  readonly json: unknown;
  readonly arrays: Readonly<Record<string, PackedArray>>;
}

const magic = 0x524b4231; // "RKB1"
const headBytes = 8;
const makers = { i: Int32Array, f: Float32Array, d: Float64Array };

interface Header {
  readonly json: unknown;
  readonly arrays: readonly { name: string; kind: keyof typeof makers; length: number }[];
}

function kindOf(array: PackedArray): keyof typeof makers {
  if (array instanceof Int32Array) return 'i';
  return array instanceof Float32Array ? 'f' : 'd';
}

/** Where the next array starts: arrays begin at multiples of eight bytes. */
function aligned(at: number): number {
  return Math.ceil(at / 8) * 8;
}

/** Writes a package: magic, length of the header, header as JSON, then the arrays as this machine has them. */
export function pack({ json, arrays }: Package): Uint8Array {
  const entries = Object.entries(arrays);
  const header: Header = {
    json,
    arrays: entries.map(([name, array]) => ({ name, kind: kindOf(array), length: array.length })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  let size = aligned(headBytes + text.length);
  for (const [, array] of entries) size = aligned(size + array.byteLength);
  const bytes = new Uint8Array(size);
  new Uint32Array(bytes.buffer, 0, 2).set([magic, text.length]);
  bytes.set(text, headBytes);
  let at = aligned(headBytes + text.length);
  for (const [, array] of entries) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at = aligned(at + array.byteLength);
  }
  return bytes;
}

/** Reads a package. @throws RelevoError `kb_engine_unreadable` when the bytes are none, or were cut short */
export function unpack(bytes: Uint8Array): Package {
  const data = new Uint8Array(bytes);
  if (data.length < headBytes) throw unreadable('it is too short');
  const [mark, length] = new Uint32Array(data.buffer, 0, 2);
  if (mark !== magic || length === undefined) throw unreadable('it does not start as one');
  const header = readHeader(data.subarray(headBytes, headBytes + length));
  const arrays: Record<string, PackedArray> = {};
  let at = aligned(headBytes + length);
  for (const { name, kind, length: size } of header.arrays) {
    const make = makers[kind];
    if (at + size * make.BYTES_PER_ELEMENT > data.length) throw unreadable('it was cut short');
    const array = new make(data.buffer, at, size);
    arrays[name] = array;
    at = aligned(at + array.byteLength);
  }
  return { json: header.json, arrays };
}

function readHeader(bytes: Uint8Array): Header {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Header;
  } catch (cause) {
    throw unreadable('its header is damaged', cause);
  }
}

function unreadable(why: string, cause?: unknown): RelevoError {
  return new RelevoError('kb_engine_unreadable', `this is not a saved engine: ${why}`, {
    hint: 'Train the base again.',
    ...(cause === undefined ? {} : { cause }),
  });
}
