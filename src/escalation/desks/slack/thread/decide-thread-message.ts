import { looksLikeAnswer } from './looks-like-answer.ts';

/** What somebody typed in a case's thread, and what is known of them and the case. */
export interface TypedMessage {
  /** As Slack gives it. */
  readonly text: string;
  /** Slack's kind of message beside the plain one; null for a plain one. */
  readonly subtype: string | null;
  /** Whether a bot or an app posted it. */
  readonly byBot: boolean;
  /** Whether its author is mapped to an agent. */
  readonly known: boolean;
  /** Whether files came with it. */
  readonly hasFiles: boolean;
  /** With what a message to the customer begins in this tier; null: only the button sends. */
  readonly mark: string | null;
  /** Whether its author holds the case and may answer. */
  readonly mayAnswer: boolean;
}

/** What becomes of it. Only `send` is meant for the customer, and only after the time to undo. */
export type ThreadDecision =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'note'; readonly text: string; readonly hint: boolean }
  | { readonly kind: 'send'; readonly text: string }
  /** Marked to be sent, by somebody who may not: kept as a note, and they are told. */
  | { readonly kind: 'may-not-send'; readonly text: string };

/** Kinds of messages that a person typed. */
const typed: ReadonlySet<string | null> = new Set([null, 'file_share', 'thread_broadcast', 'me_message']);

/**
 * Law 7 at its door: what is typed in a thread is internal unless it begins with the tier's mark and its author holds
 * the case. Pure.
 */
export function decideThreadMessage(message: TypedMessage): ThreadDecision {
  const { subtype, byBot, known, mark, mayAnswer, hasFiles } = message;
  if (byBot || !typed.has(subtype)) return { kind: 'ignore' };
  if (!known) return { kind: 'stranger' };
  const text = message.text.trim();
  if (text === '' && !hasFiles) return { kind: 'ignore' };
  if (mark !== null && mark !== '' && text.startsWith(mark)) {
    const words = text.slice(mark.length).trim();
    if (words === '' && !hasFiles) return { kind: 'ignore' };
    return { kind: mayAnswer ? 'send' : 'may-not-send', text: words };
  }
  return { kind: 'note', text, hint: mayAnswer && !hasFiles && looksLikeAnswer(text) };
}
