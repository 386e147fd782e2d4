import { RelevoError } from '../../core/errors.ts';

/** The primary key of an effect. */
export interface EffectKey {
  readonly conversation: string;
  readonly seq: number;
  readonly index: number;
}

/**
 * The parts of an effect's name, as `effectName` put them together.
 * @throws RelevoError `no_such_effect` when it is no such name
 */
export function effectKey(name: string): EffectKey {
  const [, conversation, seq, index] = /^(.+)\.(\d{1,9})\.(\d{1,9})$/su.exec(name) ?? [];
  if (conversation === undefined || seq === undefined || index === undefined) {
    throw new RelevoError('no_such_effect', 'this is not the name of an effect', {
      hint: 'Names are made by effectName: conversation, sequence and index.',
    });
  }
  return { conversation, seq: Number(seq), index: Number(index) };
}

/** Many keys as one array for each column, for `unnest`. */
export function columnsOf(keys: readonly EffectKey[]): [string[], number[], number[]] {
  return [keys.map((key) => key.conversation), keys.map((key) => key.seq), keys.map((key) => key.index)];
}
