import type { Words } from './words.ts';

/** Number of hash buckets of the word features; character features have as many of their own. */
export const buckets = 2 ** 18;

/** What a text is made of: hashed features with their counts, ascending; ids below `buckets` are word features. */
export interface Features {
  readonly ids: Int32Array;
  readonly counts: Float32Array;
}

const shortestGram = 2;
const longestGram = 5;

/**
 * Hashes stems, pairs of neighbouring stems, and character 2–5-grams of the words with a blank at either end.
 * `spelt` are more words to take character grams of.
 */
export function hashFeatures(
  text: Words,
  concepts: readonly string[] = [],
  spelt: readonly string[] = [],
): Features {
  const hashes: number[] = [];
  const { stems, words } = text;
  for (let i = 0; i < stems.length; i += 1) {
    const own = hashString(stems[i] ?? '', 17);
    hashes.push(own & (buckets - 1));
    const next = stems[i + 1];
    if (next !== undefined) hashes.push(buckets + (mix(own, hashString(next, 91)) & (buckets - 1)));
  }
  for (const concept of concepts) hashes.push(2 * buckets + (hashString(concept, 53) & (buckets - 1)));
  pushGrams(` ${[...words, ...spelt].join(' ')} `, hashes);
  return count(Int32Array.from(hashes).sort());
}

function pushGrams(text: string, hashes: number[]): void {
  for (let start = 0; start + shortestGram <= text.length; start += 1) {
    let hash = 2166136261;
    const end = Math.min(longestGram, text.length - start);
    for (let length = 1; length <= end; length += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(start + length - 1), 16777619);
      if (length >= shortestGram) hashes.push(3 * buckets + (mix(hash, length) & (buckets - 1)));
    }
  }
}

function count(sorted: Int32Array): Features {
  const ids = new Int32Array(sorted.length);
  const counts = new Float32Array(sorted.length);
  let size = 0;
  for (const id of sorted) {
    if (size > 0 && ids[size - 1] === id) {
      counts[size - 1] = (counts[size - 1] ?? 0) + 1;
    } else {
      ids[size] = id;
      counts[size] = 1;
      size += 1;
    }
  }
  return { ids: ids.slice(0, size), counts: counts.slice(0, size) };
}

/** FNV-1a over UTF-16 units. */
export function hashString(text: string, seed: number): number {
  let hash = 2166136261 ^ seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return mix(hash, seed);
}

/** The finaliser of MurmurHash3: spreads the low bits, which are the ones that are kept. */
function mix(a: number, b: number): number {
  let hash = a ^ Math.imul(b, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
