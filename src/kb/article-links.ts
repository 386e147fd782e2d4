import type { Article } from '../core/article.ts';

/** Where an article points. */
export interface ArticleLink {
  /** As written. */
  readonly target: string;
  /** What is wrong with it, to be read after the link; null when it is well-formed. */
  readonly fault: string | null;
}

const markdown = /\]\(\s*<?([^)\s>]*)>?[^)]*\)/gu;
const bare = /(?<![(<\w])https?:\/\/[^\s)<>\]]+|<(https?:\/\/[^>\s]+)>/giu;
const handedOn = /^(?:mailto|tel):\S+$/iu;

/** The links of an article's texts, each once. */
export function linksIn({ answer, simple = '', technical = '' }: Article): ArticleLink[] {
  const text = [answer, simple, technical].join('\n');
  const targets = new Set<string>();
  for (const [, target = ''] of text.matchAll(markdown)) targets.add(target);
  for (const [found, inner] of text.matchAll(bare)) targets.add((inner ?? found).replace(/[.,;:!?*]+$/u, ''));
  return [...targets].map((target) => ({ target, fault: faultOf(target) }));
}

function faultOf(target: string): string | null {
  if (target === '') return 'goes nowhere: write its address';
  if (handedOn.test(target)) return null;
  if (!URL.canParse(target)) return 'is no whole address: expected one that begins with https://';
  const { protocol, hostname, username } = new URL(target);
  if (protocol !== 'http:' && protocol !== 'https:') return 'is neither http nor https';
  if (username !== '') return 'holds a user name: take it out';
  return hostname.includes('.') ? null : 'has no full host name: customers cannot reach it';
}
