import type { BaseContent, PublishedBase } from '../core/article.ts';

/** What the knowledge base needs of the store: a draft that people edit, and the versions published from it. */
export interface KnowledgeBases {
  /** The draft's revision and the version of `current` (null: nothing is published): who keeps what these hold asks this first. */
  heads(): Promise<{ readonly revision: number; readonly version: number | null }>;
  /** The draft and its revision (0: nothing was ever saved). */
  draft(): Promise<BaseContent & { revision: number }>;
  /** Replaces the draft. @returns false when somebody saved another revision meanwhile */
  saveDraft(content: BaseContent, revision: number): Promise<boolean>;
  /** The newest published base that is no candidate; null before the first. */
  current(): Promise<PublishedBase | null>;
  version(version: number): Promise<PublishedBase | null>;
  /** The trained engine of a version, as `saveTrained` kept it; null when none is kept. */
  trained(version: number): Promise<Uint8Array | null>;
  /** Keeps the trained engine of a version in place of any other. */
  saveTrained(version: number, engine: Uint8Array): Promise<void>;
  /** @returns the new version */
  publish(base: Omit<PublishedBase, 'version'>): Promise<number>;
}
