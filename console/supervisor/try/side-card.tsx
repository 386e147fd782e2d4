import { UserRound } from 'lucide-react';
import { OptionRow } from '../../chat/option-row.tsx';
import type { Option } from '../../live/message.ts';
import { classNames } from '../../parts/class-names.ts';
import { MessageBubble } from '../../parts/message-bubble.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './side-card.module.css';
import type { Move } from './trial.ts';
import { Why } from './why.tsx';

/** What one base does in a turn, and why. */
export function SideCard(props: {
  readonly name: string;
  /** Missing: the bot had ended the conversation before. */
  readonly move: Move | undefined;
  /** It is the last turn: its options can be chosen. */
  readonly live: boolean;
  readonly differs?: boolean;
  readonly onChoose: (option: Option) => void;
}) {
  const tell = useTell();
  const { name, move, live, differs = false, onChoose } = props;
  return (
    <section className={page.card} aria-label={name}>
      <h2 className={css.name}>
        {name}
        {differs && <span className={classNames(page.badge, page.warn)}>{tell('try.differs')}</span>}
      </h2>
      {move === undefined ? (
        <p className={page.soft}>{tell('try.over')}</p>
      ) : (
        <>
          {move.say.map(({ text, options, sources }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a saying is known by its place
            <div key={place} className={css.saying}>
              <MessageBubble tone="bot" text={text} markdown />
              {sources.flatMap(({ article, title, passage }) =>
                passage === undefined ? (
                  []
                ) : (
                  <figure key={article} className={css.passage}>
                    <blockquote>{passage}</blockquote>
                    <figcaption>{tell('try.passage', { title })}</figcaption>
                  </figure>
                ),
              )}
              {options.length > 0 && live && place === move.say.length - 1 && (
                <OptionRow options={options} onChoose={onChoose} />
              )}
            </div>
          ))}
          {move.action === 'hand-over' && (
            <p className={css.ended}>
              <UserRound size={16} aria-hidden="true" />
              {tell('try.handedOver')}
            </p>
          )}
          <Why move={move} />
        </>
      )}
    </section>
  );
}
