import MiniSearch from 'minisearch';
import type { Peer } from './threshold.ts';

/**
 * MiniSearch with its defaults: a document for each article with its title, examples and answer. Its score grows with the length of
 * the question, so that the confidence is the score for each word: that tells known from unknown far better than the bare score.
 * Prefixes, fuzzy terms and a document for each example were tried and are worse on most sets.
 */
export const minisearch: Peer = {
  defaultThreshold: 0,
  train(articles) {
    const index = new MiniSearch<{ n: number; title: string; examples: string; answer: string }>({
      idField: 'n',
      fields: ['title', 'examples', 'answer'],
    });
    index.addAll(
      articles.map(({ title = '', examples = [], answer = '' }, n) => ({
        n,
        title,
        examples: examples.join('\n'),
        answer,
      })),
    );
    const idOf = (n: number): string => articles[n]?.id ?? '';
    return Promise.resolve((question) => {
      const words = question.split(/[\s\p{P}]+/u).filter((word) => word !== '').length;
      return Promise.resolve(
        index
          .search(question)
          .map(({ id, score }) => ({ article: idOf(id as number), confidence: score / (score + words) })),
      );
    });
  },
};
