import { Bot, CircleCheck, Hourglass, UserRound } from 'lucide-react';
import { Avatar } from '../parts/avatar.tsx';
import { Brand } from '../parts/brand.tsx';
import { type Say, useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { PreferencesButton } from '../parts/preferences-button.tsx';
import type { Status } from './chat.ts';
import css from './chat-header.module.css';

/** What the head says. */
export interface ChatHeaderProps {
  readonly status: Status | null;
  readonly lost: boolean;
  /** The customer said that it is solved and is asked for stars. */
  readonly rating: boolean;
}

/** Whose move it is, always in sight. */
export function ChatHeader({ status, lost, rating }: ChatHeaderProps) {
  const say = useSay();
  const person = status?.stage === 'claimed' || status?.stage === 'solved' ? status.agent : undefined;
  return (
    <header className={css.header}>
      {person === undefined ? <Brand /> : <Avatar of="agent" name={person} size="l" />}
      <div className={css.words}>
        <h1 className={css.name}>{say('chat.title')}</h1>
        <p className={css.status} role="status">
          <StatusIcon stage={lost ? null : (status?.stage ?? 'bot')} />
          <span>{lost ? say('chat.reconnecting') : describe(status, rating, say)}</span>
        </p>
      </div>
      <PreferencesButton />
    </header>
  );
}

function describe(status: Status | null, rating: boolean, say: Say): string {
  const number = status?.number ?? 0;
  const agent = status?.agent ?? say('who.agent');
  switch (status?.stage) {
    case 'queued':
      return say('status.queued', { number });
    case 'claimed':
      return say('status.claimed', { agent, number });
    case 'solved':
      return rating ? say('status.rating', { number }) : say('status.solved', { agent, number });
    case 'closed':
      return say('status.closed', { number });
    default:
      return say('status.bot');
  }
}

function StatusIcon({ stage }: { readonly stage: Status['stage'] | null }) {
  const size = 14;
  if (stage === null) return <span className={classNames(css.dot, css.off)} />;
  if (stage === 'bot') return <Bot size={size} aria-hidden="true" />;
  if (stage === 'queued') return <Hourglass size={size} aria-hidden="true" />;
  if (stage === 'claimed') return <UserRound size={size} aria-hidden="true" />;
  return <CircleCheck size={size} aria-hidden="true" />;
}
