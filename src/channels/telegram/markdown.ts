import type { List, Nodes, Parent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** A text as Telegram's HTML mode takes it, and the same without any marks. */
export interface Rendered {
  readonly html: string;
  readonly plain: string;
}

/** One way of writing: how words are escaped and what stands around what is marked. */
interface Hand {
  readonly text: (text: string) => string;
  readonly wrap: (tag: 'b' | 'i' | 's' | 'code' | 'pre' | 'blockquote', inner: string) => string;
  readonly link: (label: string, url: string) => string;
}

const html: Hand = {
  text: escapeHtml,
  wrap: (tag, inner) => `<${tag}>${inner}</${tag}>`,
  link: (label, url) => `<a href="${escapeHtml(url)}">${label}</a>`,
};

const plain: Hand = {
  text: (text) => text,
  wrap: (_tag, inner) => inner,
  link: (label, url) => (label === url ? label : `${label} (${url})`),
};

/** Renders Markdown. Pure. */
export function renderMarkdown(markdown: string): Rendered {
  const tree = fromMarkdown(markdown);
  return { html: blocks(tree, markdown, html).trim(), plain: blocks(tree, markdown, plain).trim() };
}

/** Puts a text into Markdown so that it is read as it is. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&#~]/gu, '\\$&').replace(/\s+/gu, ' ');
}

// https://core.telegram.org/bots/api#html-style: these three everywhere, the quote within an attribute.
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Blocks with the lines between them that were between them: at most one empty one. */
function blocks(parent: Parent, source: string, hand: Hand): string {
  let out = '';
  let end = 0;
  for (const node of parent.children) {
    const written = render(node, source, hand);
    if (written === '') continue;
    const start = node.position?.start.offset ?? end;
    const lines = source.slice(end, start).split('\n').length - 1;
    if (out !== '') out += lines > 1 ? '\n\n' : '\n';
    out += written;
    end = node.position?.end.offset ?? start;
  }
  return out;
}

function render(node: Nodes, source: string, hand: Hand): string {
  switch (node.type) {
    case 'text':
      return hand.text(node.value);
    case 'paragraph':
      return inline(node, source, hand);
    case 'heading':
    case 'strong':
      return marked('b', inline(node, source, hand), hand);
    case 'emphasis':
      return marked('i', inline(node, source, hand), hand);
    case 'list':
      return list(node, source, hand);
    case 'blockquote':
      return hand.wrap('blockquote', blocks(node, source, hand));
    case 'break':
      return '\n';
    case 'inlineCode':
      return hand.wrap('code', hand.text(node.value));
    case 'code':
      return hand.wrap('pre', hand.text(node.value));
    case 'link': {
      const label = inline(node, source, hand);
      // Telegram makes links of web addresses only; of others it drops the address without a word.
      if (label !== '' && /^https?:\/\//iu.test(node.url)) return hand.link(label, node.url);
      const address = hand.text(node.url.replace(/^(?:mailto|tel):/iu, ''));
      return label === '' || label === address ? address : `${label} (${address})`;
    }
    default:
      // What has no form here stays as it was written: HTML, pictures, tables.
      return hand.text(source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0));
  }
}

function inline(parent: Parent, source: string, hand: Hand): string {
  return parent.children.map((child) => render(child, source, hand)).join('');
}

function marked(tag: 'b' | 'i', inner: string, hand: Hand): string {
  return inner === '' ? '' : hand.wrap(tag, inner);
}

function list(node: List, source: string, hand: Hand): string {
  const first = node.start ?? 1;
  const between = node.spread === true ? '\n\n' : '\n';
  return node.children
    .map((item, index) => {
      const mark = node.ordered === true ? `${first + index}.` : '•';
      const inner = blocks(item, source, hand).replaceAll('\n', '\n  ');
      return `${mark} ${inner}`;
    })
    .join(between);
}
