/**
 * How old a commit may be for its effects, when the outbox has lost them, to be taken up again: what is older was sent
 * long ago or is no news to anybody. In milliseconds.
 */
export const lostEffectMs = 60 * 60_000;

/** What is written on those that are older: people may still send them again. */
export const lostEffectError = 'unknown_outcome: the outbox had lost it; it was not sent again';
