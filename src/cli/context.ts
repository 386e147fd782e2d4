import type { Store } from '../store/store.ts';

/** What a command that works on the store is given. */
export interface WithStore {
  /** Lends the store for as long as `use` runs. */
  withStore<T>(use: (store: Store) => Promise<T>): Promise<T>;
  /** Writes a line for people. */
  print(line: string): void;
}
