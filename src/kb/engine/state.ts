import type { SynonymGroup } from '../../core/article.ts';
import type { Language } from '../../core/language.ts';
import type { ConfidenceModel } from './confidence.ts';
import type { TrainedEmbedding } from './embedding-saved.ts';
import type { Evidence } from './evidence.ts';
import type { Gate } from './gate.ts';

/** All that an engine knows of its base; what is saved and loaded. */
export interface EngineState {
  /** Article ids; articles go by their place here. */
  readonly ids: readonly string[];
  /** Per article, whether it is learned from examples; the others are found by their text. */
  readonly learned: readonly boolean[];
  /** Languages of the base, most articles first. */
  readonly languages: readonly Language[];
  /** Largest share of wrong answers it was trained for. */
  readonly wrongRate: number;
  /** The base's own synonyms it was trained with: questions are read with the same. */
  readonly synonyms: readonly SynonymGroup[];
  readonly evidence: Evidence;
  readonly rankWeights: Float64Array;
  readonly confidence: ConfidenceModel;
  readonly gate: Gate;
  /** What it was given of vectors; null: nothing. */
  readonly embedding: TrainedEmbedding | null;
}
