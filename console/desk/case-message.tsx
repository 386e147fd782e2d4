import { MapPin, ShieldAlert } from 'lucide-react';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { FileView } from '../parts/file-view.tsx';
import { MessageBubble } from '../parts/message-bubble.tsx';
import type { CaseDetail, Entry } from './case.ts';
import css from './case-message.module.css';
import { FailedSend } from './failed-send.tsx';

/** One message as an agent sees it: its words, its file, and all that became of it since. */
export function CaseMessage({ theCase, entry }: { readonly theCase: CaseDetail; readonly entry: Entry }) {
  const say = useSay();
  const { from, text, file, location, before, reaction, deleted } = entry;
  const options = entry.options ?? [];
  const sources = entry.sources ?? [];
  const hasBubble = text !== '' || location !== undefined || options.length > 0 || sources.length > 0;
  return (
    <div className={css.message}>
      {entry.unverified === true && (
        <p className={css.unverified}>
          <ShieldAlert size={13} aria-hidden="true" /> {say('entry.unverified')}
        </p>
      )}
      {file !== undefined && <FileView file={file} href={`/api/files/${file.id}`} state={file.state} />}
      {hasBubble && (
        <div className={classNames(deleted === true && css.struck)}>
          <MessageBubble tone={from === 'event' ? 'system' : from} text={text} markdown={isMarkdown(entry)}>
            {location !== undefined && <Place {...location} />}
            {sources.length > 0 && (
              <p className={css.extra}>
                {say('sources', { titles: sources.map((source) => source.title).join(' · ') })}
              </p>
            )}
            {options.length > 0 && (
              <p className={css.options}>
                {options.map((option) => (
                  <span key={option.id}>{option.label}</span>
                ))}
              </p>
            )}
          </MessageBubble>
        </div>
      )}
      {reaction !== undefined && (
        <p className={css.reaction} title={say('entry.reacted', { emoji: reaction })}>
          <span aria-hidden="true">{reaction}</span>
          <span className="sr-only">{say('entry.reacted', { emoji: reaction })}</span>
        </p>
      )}
      {deleted === true && <p className={css.about}>{say('entry.deleted')}</p>}
      {before !== undefined && <More summary={say('entry.edited')} texts={before} />}
      {entry.whole !== undefined && <More summary={say('entry.whole')} texts={[entry.whole]} />}
      {entry.effect === 'failed' && <FailedSend theCase={theCase} entry={entry} />}
      {entry.effect === 'done' && entry.error !== undefined && (
        <p className={css.doubt} title={entry.error}>
          {say('effect.twice')}
        </p>
      )}
    </div>
  );
}

/** The bot's and the system's words are Markdown; what people type is plain text. */
function isMarkdown({ from }: Entry): boolean {
  return from === 'bot' || from === 'system';
}

/** A place as a link to a map: who follows it tells the map nothing of where they came from. */
function Place({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }) {
  const say = useSay();
  const point = `${latitude}, ${longitude}`;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return (
    <p className={css.place}>
      <MapPin size={16} aria-hidden="true" />
      <span>
        {point}{' '}
        <a href={href} target="_blank" rel="noopener noreferrer">
          {say('entry.map')}
        </a>
      </span>
    </p>
  );
}

function More({ summary, texts }: { readonly summary: string; readonly texts: readonly string[] }) {
  return (
    <details className={css.more}>
      <summary>{summary}</summary>
      {texts.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
        <p key={at}>{text}</p>
      ))}
    </details>
  );
}
