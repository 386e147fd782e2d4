import type { Snapshot } from '../../store/conversation-log.ts';

/** Where agents work. Every desk acts through the same commands; this is how one hears of a case. */
export interface Desk {
  readonly name: string;
  /**
   * Puts a case before the people of the tier that it waits for. May be called again for the same case.
   * @throws anything: it is tried again
   */
  offer(snapshot: Snapshot): Promise<void>;
}
