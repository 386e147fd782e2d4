/** Small things that channels and desks remember between starts, such as the last mail read. */
export interface Cursors {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  /**
   * Writes a value only where the old one is still there: how processes agree.
   * @param from null: there is none yet
   * @returns false when somebody else wrote meanwhile: nothing was written
   */
  replace(name: string, from: string | null, to: string): Promise<boolean>;
}
