import { nameToEmoji } from 'gemoji';

const tones = ['🏻', '🏼', '🏽', '🏾', '🏿'] as const;

/**
 * The character of an emoji that Slack names, such as `+1` or `+1::skin-tone-3`. Pure.
 * @returns null for a workspace's own emoji
 */
export function emojiOf(name: string): string | null {
  const [base = '', tone] = name.split('::');
  const character = Object.hasOwn(nameToEmoji, base) ? nameToEmoji[base] : undefined;
  if (character === undefined) return null;
  const number = /^skin-tone-([2-6])$/u.exec(tone ?? '')?.[1];
  return number === undefined ? character : character + (tones[Number(number) - 2] ?? '');
}
