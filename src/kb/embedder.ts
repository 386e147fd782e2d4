import type { Logger } from 'pino';
import { RelevoError } from '../core/errors.ts';
import { type Meanings, textsToEmbed } from './engine/engine.ts';
import type { EngineArticle } from './engine/types.ts';

/** Turns texts into vectors of length 1. */
export interface Embedder {
  /** Which model's vectors these are. */
  readonly name: string;
  /** A vector for each text, in order. @throws RelevoError when it cannot, in time */
  embed(
    texts: readonly string[],
    options: {
      /** For each call it makes, in milliseconds. */
      readonly timeoutMs: number;
      /** Names of people that are not to leave. */
      readonly names?: readonly string[];
      readonly signal?: AbortSignal;
    },
  ): Promise<Float32Array[]>;
}

/** At training nobody waits. */
const timeoutMs = 30_000;
/** A base of more texts is trained on its words alone: its vectors would not fit beside it. */
const mostTexts = 40_000;

/**
 * The vectors that the training of a base needs.
 * @returns null when they cannot be had, which is logged: the base is trained on its words alone
 */
export async function embedBase(
  embedder: Embedder,
  articles: readonly EngineArticle[],
  log: Logger,
  signal: AbortSignal,
): Promise<Meanings | null> {
  const texts = textsToEmbed(articles);
  if (texts.length > mostTexts) {
    log.warn({ texts: texts.length, most: mostTexts }, 'too many texts for vectors: the words alone decide');
    return null;
  }
  try {
    const vectors = await embedder.embed(texts, { timeoutMs, signal });
    return {
      name: embedder.name,
      vectors: new Map(texts.map((text, at) => [text, vectors[at] as Float32Array])),
    };
  } catch (error) {
    if (signal.aborted || !(error instanceof RelevoError)) throw error;
    log.warn(
      { code: error.code },
      'no vectors for this base: the words alone decide until the next start or publication',
    );
    return null;
  }
}
