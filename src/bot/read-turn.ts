import type { Content } from '../core/message.ts';
import { clean } from './words/fold.ts';

/** What a customer said in one turn, put together from all messages that waited. */
export interface Heard {
  /** All words, one message a line, fit to be stored; empty when there were none. */
  readonly text: string;
  /** The option pressed last. */
  readonly choice: { readonly option: string; readonly label: string } | null;
  /** Every option pressed. */
  readonly pressed: readonly string[];
  /** What came that nobody here can read, such as `audio`. */
  readonly unsupported: readonly string[];
}

/** Longer questions are read this far. */
export const maxQuestionLength = 10_000;

/** Puts a turn's messages together. Never throws, whatever they hold. */
export function readTurn(messages: readonly Content[]): Heard {
  const texts: string[] = [];
  const pressed: string[] = [];
  const unsupported: string[] = [];
  let choice: Heard['choice'] = null;
  for (const content of messages) {
    switch (content.kind) {
      case 'text':
        texts.push(content.text);
        break;
      case 'choice':
        pressed.push(content.option);
        choice = { option: content.option, label: clean(content.label ?? '', 200) };
        break;
      case 'media':
        if (content.caption !== undefined) texts.push(content.caption);
        unsupported.push(content.media.kind);
        break;
      case 'location':
        unsupported.push('location');
        break;
      case 'unsupported':
        unsupported.push(content.what);
        break;
    }
  }
  return { text: clean(texts.join('\n'), maxQuestionLength), choice, pressed, unsupported };
}

/**
 * The parts of a message that may be questions of their own, at most five.
 * @param text one message a line
 */
export function questionsIn(text: string): string[] {
  return text
    .split(/[\n?!.;]+/u)
    .map((part) => part.trim())
    .filter((part) => part.length >= 6)
    .slice(0, 5);
}
