import { emojiOf } from './emoji.ts';

/** Slack's own marks in a text: links, mentions, channels; nothing a customer types arrives as one. */
const mark = /<([^<>|]*)(?:\|([^<>]*))?>/gu;
const emojiName = /:([a-z0-9_+'-]+):(?::(skin-tone-[2-6]):)?/giu;
const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * What a customer wrote, out of Slack's text: marks and emoji names turned back, our own mention left out. Pure.
 * @param ours our bot's user id
 */
export function customerText(text: string, ours: string): string {
  const mentioned = `<@${ours}>`;
  const said = text.includes(mentioned)
    ? text.replaceAll(mentioned, ' ').replace(/ {2,}/gu, ' ').trim()
    : text;
  return said
    .replace(mark, (_, target: string, label?: string) => plainMark(target, label))
    .replace(/&(?:amp|lt|gt);/gu, (entity) => entities[entity] ?? entity)
    .replace(emojiName, (whole, name: string, tone: string | undefined, at: number, all: string) => {
      // A short name within a word is none: `10:100:20`, `fe80:a:b::1`.
      const inWord = /[\w:]/u.test(all[at - 1] ?? '') || /[\w:]/u.test(all[at + whole.length] ?? '');
      if (inWord && /^[a-z0-9]{1,3}$/iu.test(name)) return whole;
      return emojiOf(tone === undefined ? name : `${name}::${tone}`) ?? whole;
    });
}

function plainMark(target: string, label: string | undefined): string {
  const kind = target[0];
  if (kind === '@') return `@${label ?? target.slice(1)}`;
  if (kind === '#') return `#${label ?? target.slice(1)}`;
  if (kind === '!') return label ?? `@${target.slice(1).split('^')[0]}`;
  if (label === undefined) return target.replace(/^(?:mailto|tel):/u, '');
  // What Slack linked by itself: the label is the address as it was written.
  return target.endsWith(label) || target === `${label}/` ? label : `${label} (${target})`;
}
