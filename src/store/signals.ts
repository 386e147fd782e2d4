/** Hints that something changed, to every process on this store. A lost hint delays a screen, never the truth. */
export interface Signals {
  /** Whether other processes hear a hint within milliseconds, and not only when they look next. */
  readonly prompt: boolean;
  publish(topic: string): void;
  /** @returns ends the subscription */
  subscribe(listener: (topic: string) => void): () => void;
}
