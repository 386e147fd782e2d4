import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** A paragraph, a numbered step or a dashed item, in the simplest Markdown: `**strong**` and links. */
export interface Block {
  readonly kind: 'paragraph' | 'step' | 'item';
  readonly text: string;
  /** Whether it held HTML: none of ours does. */
  readonly html: boolean;
}

const webAddress = /(?:https?:\/\/|www\.)[^\s<>"«»]+/giu;
const trailing = /[.,;:!?)\]*]+$/u;

/**
 * Reads Markdown of any kind as blocks of the simplest kind.
 * @param allowed the addresses that links may have; null: any. Of other links their words stay
 */
export function readBlocks(markdown: string, allowed: ReadonlySet<string> | null): Block[] {
  return fromMarkdown(markdown).children.flatMap((node) => blocksOf(node, allowed, 'paragraph'));
}

function blocksOf(node: RootContent, allowed: ReadonlySet<string> | null, kind: Block['kind']): Block[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading': {
      const text = inline(node.children, allowed).trim();
      return text === '' ? [] : [{ kind, text, html: holdsHtml(node) }];
    }
    case 'list':
      return node.children.flatMap((item) =>
        item.children.flatMap((child, at) =>
          blocksOf(child, allowed, at > 0 ? 'paragraph' : node.ordered === true ? 'step' : 'item'),
        ),
      );
    case 'blockquote':
      return node.children.flatMap((child) => blocksOf(child, allowed, kind));
    case 'code':
      return [{ kind, text: withoutForeign(node.value, allowed), html: false }];
    case 'html':
      return [{ kind, text: '', html: true }];
    default:
      return [];
  }
}

function inline(nodes: readonly PhrasingContent[], allowed: ReadonlySet<string> | null): string {
  return nodes.map((node) => inlineOf(node, allowed)).join('');
}

function inlineOf(node: PhrasingContent, allowed: ReadonlySet<string> | null): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return withoutForeign(node.value, allowed);
    case 'strong': {
      const words = inline(node.children, allowed);
      return words.trim() === '' ? words : `**${words.trim()}**`;
    }
    case 'link': {
      const words = inline(node.children, allowed);
      if (allowed !== null && !allowed.has(node.url)) return words === node.url ? '' : words;
      return words === node.url ? words : `[${words}](${node.url})`;
    }
    case 'break':
      return '\n';
    case 'emphasis':
    case 'delete':
    case 'linkReference':
      return inline(node.children, allowed);
    default:
      return '';
  }
}

/** Bare addresses are links wherever they are shown. */
function withoutForeign(text: string, allowed: ReadonlySet<string> | null): string {
  if (allowed === null) return text;
  return text.replace(webAddress, (found) => {
    const address = found.replace(trailing, '');
    return allowed.has(address) ? found : found.slice(address.length);
  });
}

function holdsHtml(node: Nodes): boolean {
  return node.type === 'html' || ('children' in node && node.children.some(holdsHtml));
}

/** Every address that a text links to, marked up or bare. */
export function addressesIn(markdown: string): Set<string> {
  const addresses = new Set<string>();
  const visit = (node: Nodes): void => {
    if (node.type === 'link') addresses.add(node.url);
    else if (node.type === 'text')
      for (const [found] of node.value.matchAll(webAddress)) addresses.add(found.replace(trailing, ''));
    if ('children' in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(markdown));
  return addresses;
}

/** The words of a block's text that people read. */
export function plainText(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)\s]*\)/gu, '$1')
    .replace(webAddress, ' ')
    .replaceAll('**', '');
}

/** Blocks as Markdown; steps are numbered from 1. */
export function writeBlocks(blocks: readonly Pick<Block, 'kind' | 'text'>[]): string {
  let step = 0;
  let markdown = '';
  blocks.forEach(({ kind, text }, at) => {
    if (kind === 'step') step += 1;
    const line = kind === 'step' ? `${step}. ${text}` : kind === 'item' ? `- ${text}` : text;
    const listGoesOn = kind !== 'paragraph' && blocks[at - 1]?.kind === kind;
    markdown += at === 0 ? line : `${listGoesOn ? '\n' : '\n\n'}${line}`;
  });
  return markdown;
}
