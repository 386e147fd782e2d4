import type { Nodes, Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

const address = /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'"»)\]}]/gu;

/** A text with Slack's three control characters made harmless: no `<!channel>` survives it. Pure. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most how long a text is as mrkdwn. Pure and quick: it is asked for many seams. */
export function mrkdwnLength(text: string): number {
  return escapeText(text).length + 2 * (text.match(/https?:|\n/gu)?.length ?? 0);
}

/** Simple Markdown as Slack's mrkdwn, everything in it escaped. Pure. */
export function toMrkdwn(markdown: string): string {
  return blocks(fromMarkdown(markdown), markdown, '\n\n');
}

function blocks(parent: Parents, source: string, between: string): string {
  return parent.children
    .map((child) => block(child, source))
    .filter((text) => text !== '')
    .join(between);
}

function block(node: Nodes, source: string): string {
  switch (node.type) {
    case 'heading':
      return `*${inline(node, source)}*`;
    case 'list': {
      const start = node.start ?? 1;
      const items = node.children.map((item, index) => {
        const sign = node.ordered ? `${start + index}.` : '•';
        return `${sign} ${blocks(item, source, '\n').replaceAll('\n', '\n  ')}`;
      });
      return items.join('\n');
    }
    case 'blockquote':
      return blocks(node, source, '\n').replace(/^/gmu, '> ');
    case 'code':
      return `\`\`\`\n${escapeText(node.value)}\n\`\`\``;
    case 'thematicBreak':
      return '———';
    case 'paragraph':
      return inline(node, source);
    default:
      return span(node, source);
  }
}

function inline(parent: Parents, source: string): string {
  return parent.children.map((child) => span(child, source)).join('');
}

function span(node: Nodes, source: string): string {
  switch (node.type) {
    case 'text':
      return linked(node.value);
    case 'strong':
      return `*${inline(node, source)}*`;
    case 'emphasis':
      return `_${inline(node, source)}_`;
    case 'inlineCode':
      return `\`${escapeText(node.value)}\``;
    case 'break':
      return '\n';
    case 'link':
      return link(node.url, node.children.map((child) => words(child)).join(''));
    case 'image':
      return escapeText(node.alt ?? '');
    case 'linkReference':
      return inline(node, source);
    default: {
      // HTML, definitions and whatever else: the words as they were written.
      const { start, end } = node.position ?? {};
      return escapeText(source.slice(start?.offset ?? 0, end?.offset ?? 0));
    }
  }
}

function words(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map((child) => words(child)).join('') : '';
}

function link(url: string, label: string): string {
  if (!/^(?:https?:\/\/|mailto:)/iu.test(url)) return escapeText(label === '' ? url : label);
  const target = escapeText(url.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E'));
  return label === '' || label === url ? `<${target}>` : `<${target}|${escapeText(label)}>`;
}

function linked(text: string): string {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(address)) {
    out += escapeText(text.slice(at, match.index)) + link(match[0], '');
    at = match.index + match[0].length;
  }
  return out + escapeText(text.slice(at));
}
