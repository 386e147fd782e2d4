import { emojiOf } from './emoji.ts';

/** Slack's own marks in a text: links, mentions, channels; nothing a customer types arrives as one. */
const mark = /<([^<>|]*)(?:\|([^<>]*))?>/gu;
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
    .replace(
      /:([a-z0-9_+'-]+):(?::(skin-tone-[2-6]):)?/giu,
      (whole, name: string, tone?: string) =>
        emojiOf(tone === undefined ? name : `${name}::${tone}`) ?? whole,
    );
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
