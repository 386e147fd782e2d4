import type { FastifyRequest } from 'fastify';
import { type BrandsOf, personOf } from './access.ts';
import { HttpProblem } from './problem.ts';

/** Whether somebody who works for `own` brands (undefined: all) decides over what is `theirs` (undefined: all brands'). Pure. */
export function decidesOver(
  own: readonly string[] | undefined,
  theirs: readonly string[] | undefined,
): boolean {
  if (own === undefined) return true;
  return theirs !== undefined && theirs.length > 0 && theirs.every((name) => own.includes(name));
}

/** @throws HttpProblem `not_for_brands` unless they decide over these */
export async function insistOver(
  brandsOf: BrandsOf,
  request: FastifyRequest,
  theirs: readonly string[] | undefined,
): Promise<void> {
  const own = await brandsOf(personOf(request).agent);
  if (decidesOver(own, theirs)) return;
  throw new HttpProblem(
    403,
    'not_for_brands',
    `This needs brands that are yours: ${(own ?? []).join(', ')}.`,
  );
}
