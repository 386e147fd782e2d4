import type { BaseContent, PublishedBase } from '../core/article.ts';

/** What the knowledge base needs of the store: a draft that people edit, and the versions published from it. */
export interface KnowledgeBases {
  /** The draft and its revision (0: nothing was ever saved). */
  draft(): Promise<BaseContent & { revision: number }>;
  /** Replaces the draft. @returns false when somebody saved another revision meanwhile */
  saveDraft(content: BaseContent, revision: number): Promise<boolean>;
  /** The newest published base; null before the first. */
  current(): Promise<PublishedBase | null>;
  version(version: number): Promise<PublishedBase | null>;
  /** @returns the new version */
  publish(base: Omit<PublishedBase, 'version'>): Promise<number>;
}
