import { fromMarkdown } from 'mdast-util-from-markdown';

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root | Root['children'][number];

/** Invisible, and no boundary of a word: beside it a sign of WhatsApp's own is a plain sign. */
const joiner = '\u200b';

/** `*bold*`, `_italic_`, `~struck~` and code as WhatsApp finds them in a text. */
const wouldFormat = /(?<![\p{L}\p{N}])([*_~`])(?=[^\s*_~`])(?=[^\n]*\S\1(?![\p{L}\p{N}]))/gu;

/**
 * Simple Markdown in WhatsApp's own marks; signs that only look like marks stay signs. Pure.
 * @returns never more characters than `renderedLength` says
 */
export function toWhatsApp(markdown: string): string {
  const rendered = block(fromMarkdown(markdown), markdown);
  return rendered.trim() === '' ? markdown : rendered;
}

/** The most characters a text can have once rendered: cheap enough to try many places to split it. Pure. */
export function renderedLength(markdown: string): number {
  let extra = 0;
  for (const char of markdown) {
    if (char === '\n') extra += 3;
    else if ('*_~`'.includes(char)) extra += 2;
  }
  return markdown.length + extra;
}

/** Words as Markdown that shows them as they are. Pure. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+.!|~-]/gu, '\\$&');
}

function block(node: Node, source: string): string {
  switch (node.type) {
    case 'root':
      return node.children.map((child) => block(child, source)).join('\n\n');
    case 'paragraph':
      return inline(node.children, source);
    case 'heading':
      return `*${inline(node.children, source).replaceAll('*', '')}*`;
    case 'blockquote': {
      const quoted = node.children.map((child) => block(child, source)).join('\n');
      return quoted.replace(/^/gmu, '> ');
    }
    case 'list':
      return node.children
        .map((item, index) => {
          const mark = node.ordered === true ? `${(node.start ?? 1) + index}.` : '-';
          const lines = item.children.map((child) => block(child, source)).join('\n');
          return `${mark} ${lines.replace(/\n/gu, '\n  ')}`;
        })
        .join('\n');
    case 'code':
      return `\`\`\`${node.value}\`\`\``;
    case 'thematicBreak':
      return '———';
    default:
      return asWritten(node, source);
  }
}

function inline(nodes: readonly Node[], source: string): string {
  return nodes.map((node) => inlineOne(node, source)).join('');
}

function inlineOne(node: Node, source: string): string {
  switch (node.type) {
    case 'text':
      return node.value.replace(wouldFormat, `${joiner}$1${joiner}`);
    case 'strong':
      return `*${inline(node.children, source).replace(/^\*|\*$/gu, '')}*`;
    case 'emphasis':
      return `_${inline(node.children, source).replace(/^_|_$/gu, '')}_`;
    case 'inlineCode':
      return `\`${node.value}\``;
    case 'break':
      return '\n';
    case 'link': {
      const label = inline(node.children, source);
      const plain = node.url.replace(/^mailto:/u, '');
      return label === node.url || label === plain ? plain : `${label} (${node.url})`;
    }
    default:
      return asWritten(node, source);
  }
}

/** What has no counterpart is shown as it was written: no word is lost. */
function asWritten(node: Node, source: string): string {
  const { start, end } = node.position ?? {};
  return source.slice(start?.offset ?? 0, end?.offset ?? source.length);
}
