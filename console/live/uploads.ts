import { ApiError } from './api-error.ts';
import type { FileRef } from './message.ts';

/** How an upload goes on. */
export interface UploadWatch {
  /** From 0 to 1. */
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Sends a file's bytes to the server. @param path without the file's name */
export type Upload = (path: string, file: File, watch: UploadWatch) => Promise<FileRef>;

/** The largest file that the server takes, and how many go out at once. */
export const uploadLimits = { megabytes: 25, atOnce: 10 } as const;

/** A file that somebody chose to send. */
export interface Uploading {
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  readonly state: 'uploading' | 'ready' | 'failed';
  /** From 0 to 1. */
  readonly progress: number;
  readonly fault: ApiError | null;
  /** What it looks like; null when it was chosen before the page was loaded. */
  readonly file: File | null;
  /** As the server has it. */
  readonly uploaded: FileRef | null;
}

/** The files that go with the next message. They begin to upload as they are chosen. */
export interface Uploads {
  /** A new array after each change, the same one in between. */
  items(): readonly Uploading[];
  add(files: readonly File[]): void;
  retry(key: string): void;
  /** Takes one away; what is under way is broken off. */
  remove(key: string): void;
  /** Hands over what has been uploaded, and is empty then. */
  take(): readonly FileRef[];
  /** Puts back what was taken. */
  restore(files: readonly FileRef[]): void;
  /** The bytes of a file that this page uploaded, by its id: to be shown without asking for them. */
  local(id: string): Blob | undefined;
  /** Calls back after each change. @returns stops it */
  subscribe(changed: () => void): () => void;
}

/** What they are built from. */
export interface UploadsDeps {
  readonly upload: (file: File, watch: UploadWatch) => Promise<FileRef>;
  readonly newId: () => string;
}

/** @returns an empty tray */
export function createUploads({ upload, newId }: UploadsDeps): Uploads {
  let items: readonly Uploading[] = [];
  const listeners = new Set<() => void>();
  const underway = new Map<string, AbortController>();
  const mine = new Map<string, Blob>();

  const set = (next: readonly Uploading[]) => {
    items = next;
    for (const changed of listeners) changed();
  };
  const change = (key: string, patch: Partial<Uploading>) =>
    set(items.map((item) => (item.key === key ? { ...item, ...patch } : item)));

  async function begin({ key, file }: Uploading): Promise<void> {
    if (file === null) return;
    const stop = new AbortController();
    underway.set(key, stop);
    change(key, { state: 'uploading', progress: 0, fault: null });
    try {
      const onProgress = (progress: number) => change(key, { progress });
      const uploaded = await upload(file, { onProgress, signal: stop.signal });
      mine.set(uploaded.id, file);
      change(key, { state: 'ready', progress: 1, uploaded });
    } catch (cause) {
      const fault = cause instanceof ApiError ? cause : new ApiError('unknown', 0, String(cause), { cause });
      change(key, { state: 'failed', fault });
    } finally {
      underway.delete(key);
    }
  }

  return {
    items: () => items,
    add(files) {
      for (const file of files) {
        const fault = faultOf(file, items.length);
        const item: Uploading = {
          key: newId(),
          name: file.name,
          bytes: file.size,
          state: fault === null ? 'uploading' : 'failed',
          progress: 0,
          fault,
          file,
          uploaded: null,
        };
        set([...items, item]);
        if (fault === null) void begin(item);
      }
    },
    retry(key) {
      const item = items.find((each) => each.key === key);
      if (item?.state === 'failed' && item.fault?.passing === true) void begin(item);
    },
    remove(key) {
      underway.get(key)?.abort();
      set(items.filter((item) => item.key !== key));
    },
    take() {
      const ready = items.flatMap(({ uploaded }) => (uploaded === null ? [] : [uploaded]));
      set([]);
      return ready;
    },
    restore(files) {
      const back = files.map(
        (uploaded): Uploading => ({
          key: newId(),
          name: uploaded.name ?? '',
          bytes: uploaded.bytes ?? 0,
          state: 'ready',
          progress: 1,
          fault: null,
          file: null,
          uploaded,
        }),
      );
      set([...back, ...items]);
    },
    local: (id) => mine.get(id),
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

/** What is known to be wrong before a byte is sent. */
function faultOf(file: File, before: number): ApiError | null {
  if (before >= uploadLimits.atOnce) return new ApiError('too_many_at_once', 400, 'Too many at once.');
  if (file.size === 0) return new ApiError('empty_file', 400, 'The file is empty.');
  if (file.size <= uploadLimits.megabytes * 1024 * 1024) return null;
  return new ApiError('media_too_large', 413, 'The file is too large.');
}
