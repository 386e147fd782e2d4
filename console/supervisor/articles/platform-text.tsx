import { Fragment, type ReactNode } from 'react';
import { Prose } from '../../parts/prose.tsx';

/** How a platform reads the words it is given. */
export type Form = 'markdown' | 'html' | 'slack' | 'whatsapp';

/** Words as a platform shows them. Nothing of them ever becomes HTML: only the marks that are listed here mean anything. */
export function PlatformText({ text, form }: { readonly text: string; readonly form: Form }) {
  if (form === 'markdown') return <Prose text={text} />;
  if (form === 'html') return <>{childrenOf(new DOMParser().parseFromString(text, 'text/html').body)}</>;
  return <>{lines(text, form)}</>;
}

const tags = [
  'b',
  'strong',
  'i',
  'em',
  's',
  'code',
  'pre',
  'blockquote',
  'p',
  'br',
  'ol',
  'ul',
  'li',
] as const;

function childrenOf(node: Node): ReactNode[] {
  return [...node.childNodes].map((child, place) => {
    if (child.nodeType === Node.TEXT_NODE) return child.textContent;
    if (!(child instanceof Element)) return null;
    const name = child.localName;
    // biome-ignore-start lint/suspicious/noArrayIndexKey: a node is known by its place
    if (name === 'a')
      return (
        <Outward key={place} to={child.getAttribute('href') ?? ''}>
          {childrenOf(child)}
        </Outward>
      );
    const Tag = tags.find((tag) => tag === name);
    if (Tag === undefined) return <Fragment key={place}>{childrenOf(child)}</Fragment>;
    if (Tag === 'br') return <br key={place} />;
    if (Tag === 'ol')
      return (
        <ol key={place} start={Number(child.getAttribute('start') ?? 1)}>
          {childrenOf(child)}
        </ol>
      );
    return <Tag key={place}>{childrenOf(child)}</Tag>;
    // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
  });
}

function Outward({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  if (!/^(?:https?|mailto|tel):/iu.test(to)) return <>{children}</>;
  return (
    <a href={to} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function lines(text: string, form: 'slack' | 'whatsapp'): ReactNode[] {
  return text.split('\n').map((line, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
    <Fragment key={place}>
      {place > 0 && '\n'}
      {line.startsWith(form === 'slack' ? '&gt; ' : '> ') ? (
        <q>{marked(line.slice(form === 'slack' ? 5 : 2), form)}</q>
      ) : (
        marked(line, form)
      )}
    </Fragment>
  ));
}

/** `*bold*`, `_italic_`, `~struck~`, code, and Slack's links: beside a letter or a digit a mark is a plain sign. */
const mark =
  /(?<![\p{L}\p{N}])(?:\*(?<b>[^\s*](?:[^*]*[^\s*])?)\*|_(?<i>[^\s_](?:[^_]*[^\s_])?)_|~(?<s>[^\s~](?:[^~]*[^\s~])?)~|`(?<code>[^`]+)`)(?![\p{L}\p{N}])|<(?<url>[^|>\s]+)(?:\|(?<label>[^>]*))?>|(?<plain>https?:\/\/[^\s<>]*[^\s<>.,;:!?)])/u;

function marked(text: string, form: 'slack' | 'whatsapp'): ReactNode {
  const found = mark.exec(text);
  if (found === null) return plain(text, form);
  const { b, i, s, code, url, label, plain: address } = found.groups ?? {};
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)];
  return (
    <>
      {plain(before, form)}
      {b !== undefined && <b>{marked(b, form)}</b>}
      {i !== undefined && <i>{marked(i, form)}</i>}
      {s !== undefined && <s>{marked(s, form)}</s>}
      {code !== undefined && <code>{plain(code, form)}</code>}
      {url !== undefined &&
        (form === 'slack' ? <Outward to={plain(url, form)}>{plain(label ?? url, form)}</Outward> : found[0])}
      {address !== undefined && <Outward to={plain(address, form)}>{plain(address, form)}</Outward>}
      {marked(after, form)}
    </>
  );
}

function plain(text: string, form: 'slack' | 'whatsapp'): string {
  if (form !== 'slack') return text;
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
