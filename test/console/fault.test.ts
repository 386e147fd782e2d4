import { expect, test } from 'vitest';
import { faultWords } from '../../console/desk/fault-words.ts';
import type { Refusal } from '../../src/core/command.ts';

/** The type makes a missing one an error. */
const codes: Readonly<Record<Refusal['code'], true>> = {
  not_found: true,
  already_claimed: true,
  not_claimed: true,
  not_yours: true,
  closed: true,
  no_such_tier: true,
  no_such_plan: true,
  no_higher_tier: true,
  not_open_to_people: true,
  assessment_missing: true,
  not_with_vendor: true,
  no_video: true,
  no_call: true,
  no_call_minutes: true,
  call_under_way: true,
  call_in_the_past: true,
  call_overlaps: true,
  no_such_question: true,
  too_many_questions: true,
  not_in_tier: true,
  not_a_member: true,
  at_capacity: true,
  away: true,
  nothing_waits: true,
  superseded: true,
};

test('every refusal has words of its own at the desk', () => {
  const words: Readonly<Record<string, string>> = faultWords;
  // What is not found is told by its status.
  const said = Object.keys(codes).filter((code) => code !== 'not_found');
  expect(said.filter((code) => words[code] === undefined)).toEqual([]);
  expect(new Set(said.map((code) => words[code])).size).toBe(said.length);
});
