/** Hints that something changed, to every process on this store. A lost hint delays a screen, never the truth. */
export interface Signals {
  publish(topic: string): void;
  /** @returns ends the subscription */
  subscribe(listener: (topic: string) => void): () => void;
}
