import { createHash } from 'node:crypto';
import type { Side, Trial } from './trial.ts';

const bytes = 6;

/**
 * On which side of a trial a customer is: always the same, whatever process asks; with another seed another one.
 * @param customer the customer's address as text
 * @param brand the company that was written to; null: the only one
 */
export function sideOf(
  { seed, share, brands }: Pick<Trial, 'seed' | 'share' | 'brands'>,
  customer: string,
  brand: string | null,
): Side {
  if (!takesPart({ brands }, brand)) return 'live';
  const hash = createHash('sha256').update(`${seed}\n${customer}`).digest();
  return hash.readUIntBE(0, bytes) / 2 ** (8 * bytes) < share ? 'candidate' : 'live';
}

/** Whether a company's customers are divided at all. */
export function takesPart({ brands }: Pick<Trial, 'brands'>, brand: string | null): boolean {
  return brands === null || (brand !== null && brands.includes(brand));
}
