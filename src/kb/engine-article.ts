import type { Article, BaseContent } from '../core/article.ts';
import type { EngineArticle, TrainOptions } from './engine/types.ts';

/** What the engine reads of an article: all its wordings and its tags count as the text of its answer. */
export function engineArticle(article: Article): EngineArticle {
  const { id, language, title, examples, answer, simple, technical, tags } = article;
  const texts = [answer, simple, technical, tags.join('\n')];
  return { id, language, title, examples, answer: texts.filter(Boolean).join('\n') };
}

/** What the training of a base is told beside its articles. */
export function engineOptions({ wrongRate, synonyms }: BaseContent): TrainOptions {
  return { wrongRate, synonyms };
}
