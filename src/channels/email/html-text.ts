import { compile } from 'html-to-text';

const convert = compile({
  wordwrap: false,
  // More than any person writes; what is beyond is cut, and the mail's raw form still has it.
  limits: { maxInputLength: 2_000_000, maxDepth: 200, maxChildNodes: 20_000, ellipsis: '…' },
  selectors: [
    {
      selector: 'a',
      options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, linkBrackets: ['(', ')'] },
    },
    // Nothing is loaded from anywhere: a picture is only seen when it came with the mail.
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'table', format: 'block' },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'h4', options: { uppercase: false } },
  ],
});

/** The words of an HTML mail: links stay visible with where they really lead, quotations as `> ` lines. Pure. */
export function htmlToPlain(html: string): string {
  return convert(html).replace(/\u00a0/gu, ' ');
}
