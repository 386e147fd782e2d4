import { RelevoError } from '../../core/errors.ts';
import type { Trial, TrialCounts } from './trial.ts';

/** What remembers a text under a name, for all processes. */
export interface TrialMemory {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  /** @returns false when somebody else wrote meanwhile */
  replace(name: string, from: string | null, to: string): Promise<boolean>;
}

/** The newest trial and what it has shown, as every process of the installation knows them. */
export interface TrialRecord {
  /** The newest, whether it runs or not; null: there never was one. */
  newest(): Promise<Trial | null>;
  /** The one that runs; null: none. */
  running(): Promise<Trial | null>;
  /** @throws RelevoError `kb_trial_running` */
  begin(trial: Trial): Promise<void>;
  /** Ends the one that runs. @returns it; null when it was over already, or is another one */
  end(id: string, ended: NonNullable<Trial['ended']>): Promise<Trial | null>;
  /** What was counted last, and when; null: nothing yet. */
  counts(id: string): Promise<{ readonly at: number; readonly counts: TrialCounts } | null>;
  keepCounts(id: string, at: number, counts: TrialCounts): Promise<void>;
}

const trialName = 'relevo/trial';
const countsName = 'relevo/trial-counts';

/** Keeps the trial where all processes see it. */
export function createTrialRecord(memory: TrialMemory): TrialRecord {
  async function read(): Promise<{ readonly text: string | null; readonly trial: Trial | null }> {
    const text = await memory.get(trialName);
    return { text, trial: text === null ? null : (JSON.parse(text) as Trial) };
  }

  async function newest(): Promise<Trial | null> {
    return (await read()).trial;
  }

  return {
    newest,
    async running() {
      const trial = await newest();
      return trial?.ended === null ? trial : null;
    },
    async begin(trial) {
      const { text, trial: known } = await read();
      if (known?.ended === null || !(await memory.replace(trialName, text, JSON.stringify(trial))))
        throw new RelevoError('kb_trial_running', 'a trial runs already', {
          hint: 'End it first: make the candidate live, or drop it.',
        });
    },
    async end(id, ended) {
      for (;;) {
        const { text, trial } = await read();
        if (trial === null || trial.id !== id || trial.ended !== null) return null;
        const over = { ...trial, ended };
        if (await memory.replace(trialName, text, JSON.stringify(over))) return over;
      }
    },
    async counts(id) {
      const text = await memory.get(countsName);
      if (text === null) return null;
      const kept = JSON.parse(text) as { id: string; at: number; counts: TrialCounts };
      return kept.id === id ? { at: kept.at, counts: kept.counts } : null;
    },
    keepCounts: (id, at, counts) => memory.set(countsName, JSON.stringify({ id, at, counts })),
  };
}
