import type { Nodes, Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** Words as the two halves of a mail say them. */
export interface Rendered {
  readonly plain: string;
  readonly html: string;
}

/** Renders the simple Markdown of our messages. Whatever else it holds is shown as it was written. Pure. */
export function renderMarkdown(text: string): Rendered {
  return { plain: text.trim() === '' ? '' : plainOf(text), html: children(fromMarkdown(text), text) };
}

/** Plain text keeps the author's lines and only loses the marks. */
function plainOf(text: string): string {
  return text
    .replace(/\*\*(?=\S)([^*\n]+?)\*\*/gu, '$1')
    .replace(/\[([^\]\n]+)\]\((https?:[^\s)]+)\)/gu, '$1 ($2)');
}

/** Makes text harmless within HTML. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/gu, (one) => entities[one] ?? one);
}

const children = (node: Parents, source: string): string =>
  node.children.map((child) => htmlOf(child, source)).join('');

function htmlOf(node: Nodes, source: string): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value).replace(/\n/gu, '<br>\n');
    case 'break':
      return '<br>\n';
    case 'paragraph':
      return `<p>${children(node, source)}</p>\n`;
    case 'strong':
      return `<strong>${children(node, source)}</strong>`;
    case 'emphasis':
      return `<em>${children(node, source)}</em>`;
    case 'listItem':
      return `<li>${children(node, source)}</li>\n`;
    case 'list': {
      const start = node.ordered && (node.start ?? 1) !== 1 ? ` start="${node.start}"` : '';
      const tag = node.ordered ? 'ol' : 'ul';
      return `<${tag}${start}>\n${children(node, source)}</${tag}>\n`;
    }
    case 'link':
      if (!/^(https?|mailto|tel):/iu.test(node.url)) return children(node, source);
      return `<a href="${escapeHtml(node.url)}">${children(node, source)}</a>`;
    default: {
      const [from, to] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
      return `<p>${escapeHtml(source.slice(from, to)).replace(/\n/gu, '<br>\n')}</p>\n`;
    }
  }
}
