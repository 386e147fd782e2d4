import type { Decision } from '../engine/types.ts';

/** Remembers what an engine decided about a question, by what they are: neither ever changes. Nothing is held that nobody else has. */
export function decidedOnce<MadeBy extends object, Question extends object>(
  decide: (engine: MadeBy, question: Question) => Decision,
): (engine: MadeBy, question: Question) => Decision {
  const all = new WeakMap<MadeBy, WeakMap<Question, Decision>>();
  return (engine, question) => {
    const known = all.get(engine) ?? new WeakMap<Question, Decision>();
    all.set(engine, known);
    const decision = known.get(question) ?? decide(engine, question);
    known.set(question, decision);
    return decision;
  };
}
