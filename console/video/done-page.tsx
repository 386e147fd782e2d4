/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Call } from './door.ts';
import css from './video.module.css';
import type { Say } from './words.ts';

/** The end of the page's story: what was agreed, and the way back. */
export function DonePage({
  say,
  words,
  children,
}: {
  readonly say: Say;
  readonly words: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section className={css.card}>
      <h1 tabIndex={-1}>{say('done.title')}</h1>
      <p>{words}</p>
      {children}
    </section>
  );
}

/** The way back to the conversation, or for agents to their case; in words where no address leads there. */
export function BackLink({
  who,
  call,
  say,
}: {
  readonly who: 'agent' | 'customer' | null;
  readonly call: Pick<Call, 'chatUrl' | 'deskUrl'> | null;
  readonly say: Say;
}) {
  if (who === 'agent' && call !== null)
    return (
      <a className={css.plain} href={call.deskUrl}>
        {say('back.desk')}
      </a>
    );
  if (call === null || call.chatUrl === null) return <p className={css.soft}>{say('back.words')}</p>;
  return (
    <a className={css.plain} href={call.chatUrl}>
      {say('back.chat')}
    </a>
  );
}
