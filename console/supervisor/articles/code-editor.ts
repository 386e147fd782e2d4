import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { markdown, markdownKeymap } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** An editor on the page. */
export interface CodeEditor {
  readonly element: HTMLElement;
  text(): string;
  setText(text: string): void;
  /** Puts marks around what is selected, or takes them away. */
  wrap(before: string, after: string): void;
  /** Begins every line that is selected with a mark; numbered ones count. */
  begin(mark: '- ' | '1. '): void;
  destroy(): void;
}

const look = EditorView.theme({
  '&': { fontSize: '0.9375rem', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.55' },
  '.cm-content': { padding: '0.6rem 0.25rem', minHeight: '13rem', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 0.5rem' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
});

const marks = HighlightStyle.define([
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.link, tags.url], color: 'var(--accent-ink)' },
  { tag: tags.monospace, fontFamily: 'var(--font-mono)' },
  { tag: [tags.processingInstruction, tags.meta, tags.labelName], color: 'var(--ink-faint)' },
]);

/**
 * Makes an editor of Markdown inside a shadow root: there its styles are adopted sheets, which the
 * Content-Security-Policy allows, while in the document they would be inline ones.
 */
export function createCodeEditor(
  root: ShadowRoot,
  given: {
    readonly text: string;
    readonly label: string;
    readonly lang: string;
    readonly onChange: (text: string) => void;
  },
): CodeEditor {
  const bold = (view: EditorView) => wrapIn(view, '**', '**');
  const link = (view: EditorView) => wrapIn(view, '[', '](https://)');
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: given.text,
      extensions: [
        history(),
        markdown({ addKeymap: false }),
        syntaxHighlighting(marks),
        EditorView.lineWrapping,
        look,
        // Tab leaves the editor, as it leaves every field.
        keymap.of([
          { key: 'Mod-b', run: bold },
          { key: 'Mod-k', run: link },
          ...markdownKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({
          'aria-label': given.label,
          lang: given.lang,
          spellcheck: 'true',
          autocapitalize: 'sentences',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) given.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    element: view.contentDOM,
    text: () => view.state.doc.toString(),
    setText(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    wrap(before, after) {
      wrapIn(view, before, after);
      view.focus();
    },
    begin(mark) {
      const { from, to } = view.state.selection.main;
      const [first, last] = [view.state.doc.lineAt(from).number, view.state.doc.lineAt(to).number];
      const changes = Array.from({ length: last - first + 1 }, (_, place) => ({
        from: view.state.doc.line(first + place).from,
        insert: mark === '- ' ? mark : `${place + 1}. `,
      }));
      view.dispatch({ changes });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function wrapIn(view: EditorView, before: string, after: string): boolean {
  const { from, to } = view.state.selection.main;
  const chosen = view.state.sliceDoc(from, to);
  const wrapped =
    view.state.sliceDoc(from - before.length, from) === before &&
    view.state.sliceDoc(to, to + after.length) === after;
  view.dispatch(
    wrapped
      ? {
          changes: { from: from - before.length, to: to + after.length, insert: chosen },
          selection: { anchor: from - before.length, head: to - before.length },
        }
      : {
          changes: { from, to, insert: `${before}${chosen}${after}` },
          selection: { anchor: from + before.length, head: to + before.length },
        },
  );
  return true;
}
