import type { CaseFact, DayFigures } from '../core/figures.ts';
import type { LogCursor } from './conversation-log.ts';

/** What reports are made from: read models of the log, by the day on which each conversation began (`2026-11-22`). */
export interface Facts {
  /** How far the log is in them; null: not at all. */
  place(): Promise<LogCursor | null>;
  /** Those of these conversations, in any order. */
  of(conversations: readonly string[]): Promise<CaseFact[]>;
  /**
   * Keeps facts, each unless a newer one is there, makes the figures of their days due, and only then moves the place. Again
   * changes nothing.
   */
  save(facts: readonly { readonly day: string; readonly fact: CaseFact }[], place: LogCursor): Promise<void>;
  ofDay(day: string): Promise<CaseFact[]>;
  saveDay(figures: DayFigures): Promise<void>;
  /** The figures of days, both included, in their order. */
  days(from: string, to: string): Promise<DayFigures[]>;
  /** Days whose figures are to be made anew, some of them first. */
  dueDays(now: number, limit: number): Promise<string[]>;
}
