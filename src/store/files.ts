import type { Media } from '../core/message.ts';

/** What is known of a file's bytes once they are here. */
export interface KeptBytes {
  /** As the bytes themselves tell. */
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file and where it stands. */
export interface FileRow {
  readonly media: Media;
  /** Null while no conversation has it. */
  readonly conversation: string | null;
  readonly channel: string;
  readonly state: 'remote' | 'kept' | 'failed';
  readonly attempts: number;
  readonly kept: KeptBytes | null;
  readonly error: string | null;
}

/** Files of messages: what is known of each; the bytes are elsewhere. */
export interface Files {
  /** Adds a file whose bytes are here. The same id again changes nothing. */
  addKept(file: {
    readonly media: Media;
    readonly channel: string;
    readonly kept: KeptBytes;
    readonly at: number;
  }): Promise<void>;
  /** Adds a file that is to be fetched. The same id again changes nothing. */
  addRemote(file: {
    readonly media: Media;
    readonly channel: string;
    readonly conversation: string;
    readonly at: number;
  }): Promise<void>;
  /** Says whose they are, where nobody's they were. */
  own(ids: readonly string[], conversation: string): Promise<void>;
  get(id: string): Promise<FileRow | null>;
  ofConversation(conversation: string): Promise<FileRow[]>;
  /** Files of a conversation still to be fetched and due, each an attempt more and not due again before `leaseUntil`. */
  take(conversation: string, now: number, leaseUntil: number): Promise<FileRow[]>;
  settle(
    id: string,
    result:
      | { readonly kind: 'kept'; readonly kept: KeptBytes }
      | { readonly kind: 'retry'; readonly notBefore: number; readonly error: string }
      | { readonly kind: 'failed'; readonly error: string },
  ): Promise<void>;
}
