import type { Brand } from '../ladder-file.ts';
import type { Store } from '../store/store.ts';

/** What a command that works on the store is given. */
export interface WithStore {
  /** Lends the store for as long as `use` runs. */
  withStore<T>(use: (store: Store) => Promise<T>): Promise<T>;
  /** The companies that relevo.yaml has; absent: nobody asks whether an article's are among them. */
  brands?(): readonly Pick<Brand, 'name' | 'knowledge'>[];
  /** Writes a line for people. */
  print(line: string): void;
}

/** The names that articles may give their companies; undefined: any. */
export function brandsKnown({ brands }: Pick<WithStore, 'brands'>): { readonly brands?: readonly string[] } {
  return brands === undefined ? {} : { brands: [...new Set(brands().map(({ knowledge }) => knowledge))] };
}
