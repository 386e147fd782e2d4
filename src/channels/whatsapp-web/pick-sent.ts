/** A message of ours as the page knows it. */
export interface SentBefore {
  readonly id: string;
  readonly text: string;
  /** Epoch seconds. */
  readonly at: number;
  /** The platform's mark of how far it got: 0 is waiting, below it failed, 1 and more left. */
  readonly ack: number;
}

/**
 * The message that was sent before we lost sight of it. Only one that can be no other counts: the exact words, not too
 * old, surely gone out, not known as another message, and alone in all that. Pure.
 * @returns null when nobody can say
 */
export function pickSent(
  sent: readonly SentBefore[],
  ask: { readonly text: string; readonly since: number; readonly not: readonly string[] },
): SentBefore | null {
  if (ask.text === '') return null;
  const fitting = sent.filter(
    ({ id, text, at }) => text === ask.text && at >= ask.since && !ask.not.includes(id),
  );
  const [one] = fitting;
  return fitting.length === 1 && one !== undefined && one.ack >= 1 ? one : null;
}
