import type { Commit, Event } from '../../core/event.ts';
import { effectName } from '../../core/event.ts';
import type { Content, Media, MediaKind, Option } from '../../core/message.ts';
import { formatCursor } from './cursor.ts';

/** A commit and which of its address's conversations it belongs to. */
export interface HistoryEntry {
  readonly ordinal: number;
  readonly commit: Commit;
}

/** A file as a visitor sees it. */
export interface ChatFile {
  readonly id: string;
  readonly kind: MediaKind;
  readonly name?: string;
  readonly bytes?: number;
  /** As the bytes tell. */
  readonly type?: string;
}

/** One message as a visitor sees it. */
export interface ChatMessage {
  /** A visitor's own message has the id that the client gave it. */
  readonly id: string;
  readonly from: 'customer' | 'bot' | 'agent' | 'system';
  /** Empty where a file says it all. */
  readonly text: string;
  readonly file?: ChatFile;
  readonly options?: readonly Option[];
  readonly sources?: readonly { readonly article: string; readonly title: string }[];
  /** The agent's name. */
  readonly author?: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A message and the cursor after it. */
export interface PlacedMessage {
  readonly message: ChatMessage;
  readonly cursor: string;
}

/**
 * What a visitor sees of these commits, in order. Law 7: only `customer-wrote` and `said` are ever shown,
 * whatever else a commit holds.
 */
export function renderHistory(entries: readonly HistoryEntry[]): PlacedMessage[] {
  const labels = new Map<string, string>();
  return entries.flatMap(({ ordinal, commit }) => {
    const messages = commit.events.flatMap((event, index) => {
      if (event.type === 'said') for (const { id, label } of event.options) labels.set(id, label);
      return renderEvent(commit, event, index, labels) ?? [];
    });
    return messages.map((message, index): PlacedMessage => {
      const part = index + 1 === messages.length ? null : index + 1;
      return { message, cursor: formatCursor({ ordinal, seq: commit.seq, part }) };
    });
  });
}

/** What was written on an option when it was last offered; undefined when it never was. */
export function labelOf(entries: readonly HistoryEntry[], option: string): string | undefined {
  const offered = entries.flatMap(({ commit }) =>
    commit.events.flatMap((event) => (event.type === 'said' ? event.options : [])),
  );
  return offered.findLast(({ id }) => id === option)?.label;
}

/** Whether these commits may have changed where the conversation stands, as a visitor is told. */
export function movesStatus(entries: readonly HistoryEntry[]): boolean {
  return entries.some(({ commit }) => commit.events.some(({ type }) => !still.has(type)));
}

/** Events that leave the stage, its tier and its agent as they were. */
const still: ReadonlySet<Event['type']> = new Set([
  'customer-wrote',
  'said',
  'noted',
  'turn-due',
  'bot-took-turn',
  'lease-extended',
  'customer-awaited',
  'customer-answered',
  'deadline-missed',
  'rated',
]);

function renderEvent(
  commit: Commit,
  event: Event,
  index: number,
  labels: ReadonlyMap<string, string>,
): ChatMessage | null {
  if (event.type === 'customer-wrote') {
    const { externalId, content } = event;
    const file = content.kind === 'media' ? { file: chatFileOf(content.media) } : {};
    return { id: externalId, from: 'customer', text: wordsOf(content, labels), ...file, at: commit.at };
  }
  if (event.type !== 'said') return null;
  const effect = commit.effects.findIndex((one) => one.kind === 'send' && one.event === index);
  return {
    id: effectName(commit, effect),
    from: event.from,
    text: event.text,
    ...(event.attachment === undefined ? {} : { file: chatFileOf(event.attachment) }),
    ...(event.options.length === 0 ? {} : { options: event.options }),
    ...(event.sources.length === 0
      ? {}
      : { sources: event.sources.map(({ article, title }) => ({ article, title })) }),
    ...(event.agent === undefined ? {} : { author: event.agent.name }),
    at: commit.at,
  };
}

/** A file without what only the server needs to know of it. */
export function chatFileOf({ id, kind, name, bytes, type }: Media): ChatFile {
  return {
    id,
    kind,
    ...(name === undefined ? {} : { name }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(type === undefined ? {} : { type }),
  };
}

/** Whether a visitor is shown this file in these commits. */
export function showsFile(entries: readonly HistoryEntry[], id: string): boolean {
  return entries.some(({ commit }) =>
    commit.events.some((event) => {
      if (event.type === 'said') return event.attachment?.id === id;
      return (
        event.type === 'customer-wrote' && event.content.kind === 'media' && event.content.media.id === id
      );
    }),
  );
}

function wordsOf(content: Content, labels: ReadonlyMap<string, string>): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'choice':
      return content.label ?? labels.get(content.option) ?? content.option;
    case 'media':
      return content.caption ?? '';
    case 'location':
      return content.name ?? `${content.latitude}, ${content.longitude}`;
    case 'unsupported':
      return content.what;
  }
}
