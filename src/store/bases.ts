import type { BaseContent, PublishedBase } from '../core/article.ts';

/** Which draft and which published base are the newest. */
export interface BaseHeads {
  readonly revision: number;
  /** Null: nothing is published. */
  readonly version: number | null;
}

/** The knowledge base: a draft that people edit, and the versions published from it. */
export interface Bases {
  /** The draft's revision (0: nothing was ever saved) and the version of `current`: who keeps what these hold asks this first. */
  heads(): Promise<BaseHeads>;
  /** The draft and its revision (0: nothing was ever saved). */
  draft(): Promise<BaseContent & { revision: number }>;
  /** Replaces the draft. @returns false when somebody saved another revision meanwhile */
  saveDraft(content: BaseContent, revision: number): Promise<boolean>;
  /** The newest published base that is no candidate; null before the first. */
  current(): Promise<PublishedBase | null>;
  version(version: number): Promise<PublishedBase | null>;
  /** Without what they hold, newest first. */
  versions(): Promise<(Omit<PublishedBase, keyof BaseContent> & { articleCount: number })[]>;
  /** The trained engine of a version, as `saveTrained` kept it; null when none is kept. */
  trained(version: number): Promise<Uint8Array | null>;
  /** Keeps the trained engine of a version in place of any other: it can always be made again from the version. */
  saveTrained(version: number, engine: Uint8Array): Promise<void>;
  /** @returns the new version */
  publish(base: Omit<PublishedBase, 'version'>): Promise<number>;
}
