import Markdown, { type Components } from 'react-markdown';
import css from './prose.module.css';

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  // A picture would be a request to somebody else's server: its words are enough.
  img: ({ alt }) => <>{alt}</>,
};

/** The bot's words: simple Markdown, never HTML. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <div className={css.prose}>
      <Markdown components={components} skipHtml>
        {text}
      </Markdown>
    </div>
  );
}
