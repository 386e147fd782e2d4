import { RelevoError } from '../../core/errors.ts';
import { type Address, type Media, mediaKindOf } from '../../core/message.ts';
import type { Inlet } from '../channel.ts';
import type { HistoryPlace } from './cursor.ts';
import { channelName } from './parse.ts';
import { type ChatFile, chatFileOf, type HistoryEntry, showsFile } from './render.ts';

/** What the web chat reads of files. */
export interface ChatFiles {
  /** What is known of a file; null when there is none. `kept` is null while its bytes are not here. */
  get(id: string): Promise<{
    readonly media: Media;
    readonly conversation: string | null;
    readonly channel: string;
    readonly kept: { readonly type: string; readonly bytes: number } | null;
  } | null>;
  /** @throws RelevoError `no_such_media` */
  read(id: string): Promise<AsyncIterable<Uint8Array>>;
}

/** What is read of a visitor's history. */
export interface FileLog {
  history(address: Address, after: HistoryPlace | null, limit: number): Promise<HistoryEntry[]>;
  recent(address: Address, limit: number): Promise<HistoryEntry[]>;
}

/** A file on its way in from a visitor's page. */
export interface ChatUpload {
  readonly name: string;
  /** As the page claims. */
  readonly type: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file to be read by a visitor. */
export interface OpenChatFile {
  readonly name: string | null;
  /** As the bytes tell. */
  readonly type: string;
  readonly bytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** How many commits are looked through at once. */
const pageSize = 200;

/** Whose file is whose: a visitor posts what they uploaded, and reads what their own conversations show them. */
export function createVisitorFiles({ files, log }: { files: ChatFiles; log: FileLog }) {
  /** What an agent uploaded is the visitor's business once it was sent, and not before: only the log tells. */
  async function isShown(address: Address, id: string): Promise<boolean> {
    const recent = await log.recent(address, pageSize);
    if (showsFile(recent, id)) return true;
    let after: HistoryPlace | null = null;
    for (let entries = recent; entries.length === pageSize; ) {
      entries = await log.history(address, after, pageSize);
      if (showsFile(entries, id)) return true;
      const last = entries.at(-1);
      after = last === undefined ? null : { ordinal: last.ordinal, seq: last.commit.seq };
    }
    return false;
  }

  return {
    /** Keeps an upload. @throws RelevoError `media_too_large` */
    async keep(inlet: Pick<Inlet, 'keep'>, { name, type, bytes }: ChatUpload): Promise<ChatFile> {
      const media = await inlet.keep({ bytes, kind: mediaKindOf(type), name, type });
      return chatFileOf(asKept(media, (await files.get(media.id))?.kept ?? null));
    },

    /**
     * A file that a visitor posts: one that is nobody's yet, or that they posted before.
     * @throws RelevoError `no_such_media`
     */
    async posted(address: Address, id: string): Promise<Media> {
      const row = await files.get(id);
      if (row?.kept == null || row.channel !== channelName) throw noSuchFile();
      if (row.conversation !== null && !(await isShown(address, id))) throw noSuchFile();
      return asKept(row.media, row.kept);
    },

    /** A file of a visitor's own conversations; null for any other. @throws RelevoError `no_such_media` */
    async open(address: Address, id: string): Promise<OpenChatFile | null> {
      const row = await files.get(id);
      if (row?.kept == null || row.conversation === null) return null;
      if (!(await isShown(address, id))) return null;
      const { type, bytes } = row.kept;
      return { name: row.media.name ?? null, type, bytes, body: await files.read(id) };
    },
  };
}

/** A file by what its bytes tell, not by what the page claimed. */
function asKept(media: Media, kept: { readonly type: string; readonly bytes: number } | null): Media {
  if (kept === null) return media;
  return { ...media, kind: mediaKindOf(kept.type), type: kept.type, bytes: kept.bytes };
}

function noSuchFile(): RelevoError {
  return new RelevoError('no_such_media', 'There is no such file of yours.', { hint: 'Upload it first.' });
}
