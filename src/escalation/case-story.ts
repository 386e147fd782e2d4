import type { Commit, Event } from '../core/event.ts';
import { effectName } from '../core/event.ts';
import type { Content, Media, Option } from '../core/message.ts';
import type { FileRow } from '../store/files.ts';
import type { EffectRow } from '../store/outbox.ts';
import { caseEventOf } from './case-event.ts';
import type { CaseFile, CaseMessage } from './case-view.ts';

/** What is known beside the log of a case's messages and files. */
export interface StoryRows {
  readonly effects: readonly EffectRow[];
  readonly files: readonly FileRow[];
}

/** A case's whole story for agents: words, files, notes and changes of hands, oldest first. Pure. */
export function storyOf(commits: readonly Commit[], rows: StoryRows): CaseMessage[] {
  const effects = new Map(rows.effects.map((row) => [row.name, row]));
  const files = new Map(rows.files.map((row) => [row.media.id, row]));
  const sent = new Map(
    rows.effects.flatMap(({ name, externalId }) => (externalId ? [[externalId, name]] : [])),
  );
  const labels = new Map<string, string>();
  const told: CaseMessage[] = [];
  // Where each of the platform's messages stands in the story, for what is said about it later.
  const places = new Map<string, number>();

  for (const commit of commits) {
    for (const [index, event] of commit.events.entries()) {
      if (event.type === 'said') for (const { id, label } of event.options) labels.set(id, label);
      const about = 'of' in event ? places.get(sent.get(event.of) ?? event.of) : undefined;
      const earlier = about === undefined ? undefined : told[about];
      if (about !== undefined && earlier !== undefined) {
        told[about] = amended(earlier, event, labels, files);
        continue;
      }
      const line = lineOf(event, labels, files);
      if (line === null) continue;
      const effect = commit.effects.findIndex((one) => one.kind === 'send' && one.event === index);
      const name = effect < 0 ? null : effectName(commit, effect);
      const row = name === null ? undefined : effects.get(name);
      const id = name ?? `${commit.conversation}.${commit.seq}.e${index}`;
      if ('externalId' in event) places.set(event.externalId, told.length);
      if (name !== null) places.set(name, told.length);
      told.push({ id, at: commit.at, ...line, ...(row === undefined ? {} : wayOf(row)) });
    }
  }
  return told;
}

type Line = Omit<CaseMessage, 'id' | 'at' | 'effect'>;

function wayOf({ state, error, receipt }: EffectRow): Pick<CaseMessage, 'effect' | 'error' | 'receipt'> {
  return {
    effect: state,
    ...(error === null ? {} : { error }),
    ...(receipt === null ? {} : { receipt }),
  };
}

/** A message as it stands after something was said about it. */
function amended(
  message: CaseMessage,
  event: Event,
  labels: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, FileRow>,
): CaseMessage {
  switch (event.type) {
    case 'customer-edited':
      return {
        ...message,
        ...lineOfContent(event.content, labels, files),
        before: [...(message.before ?? []), message.text],
      };
    case 'customer-deleted':
      return { ...message, deleted: true };
    case 'customer-reacted': {
      const { reaction: _, ...rest } = message;
      return event.emoji === null ? rest : { ...rest, reaction: event.emoji };
    }
    default:
      return message;
  }
}

function lineOf(
  event: Event,
  labels: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, FileRow>,
): Line | null {
  switch (event.type) {
    case 'customer-wrote':
      return {
        from: 'customer',
        ...lineOfContent(event.content, labels, files),
        ...(event.unverified ? { unverified: true } : {}),
      };
    case 'bystander-wrote':
      return {
        from: 'customer',
        ...lineOfContent(event.content, labels, files),
        author: event.who,
        bystander: true,
        ...(event.unverified ? { unverified: true } : {}),
      };
    case 'customer-edited':
      // Of a message that was written before this conversation.
      return { from: 'customer', ...lineOfContent(event.content, labels, files) };
    case 'said':
      return {
        from: event.from,
        text: event.text,
        ...(event.attachment === undefined ? {} : { file: fileOf(event.attachment, files) }),
        ...(event.agent === undefined ? {} : { author: event.agent.name }),
        ...optionsOf(event.options),
        ...(event.sources.length === 0 ? {} : { sources: event.sources }),
      };
    case 'noted':
      return { from: 'note', text: event.text, author: event.agent.name };
    default: {
      const happened = caseEventOf(event);
      return happened === null ? null : { from: 'event', text: '', event: happened };
    }
  }
}

function lineOfContent(
  content: Content,
  labels: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, FileRow>,
): Pick<Line, 'text' | 'whole' | 'file' | 'location'> {
  switch (content.kind) {
    case 'text':
      return { text: content.text, ...(content.whole === undefined ? {} : { whole: content.whole }) };
    case 'choice':
      return { text: content.label ?? labels.get(content.option) ?? content.option };
    case 'media':
      return { text: content.caption ?? '', file: fileOf(content.media, files) };
    case 'location': {
      const { latitude, longitude, name = '' } = content;
      return { text: name, location: { latitude, longitude } };
    }
    case 'unsupported':
      return { text: `[${content.what}]` };
  }
}

/** A file in a story: as the log names it and as it stands. */
export function fileOf(media: Media, files: ReadonlyMap<string, FileRow>): CaseFile {
  const row = files.get(media.id);
  const { id, kind, name } = media;
  const bytes = row?.kept?.bytes ?? media.bytes;
  return {
    id,
    kind,
    ...(name === undefined ? {} : { name }),
    ...(bytes === undefined ? {} : { bytes }),
    type: row?.kept?.type ?? null,
    state: row?.state ?? 'remote',
  };
}

function optionsOf(options: readonly Option[]): Pick<Line, 'options'> {
  return options.length === 0 ? {} : { options };
}
