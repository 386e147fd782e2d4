import { NlpManager } from 'node-nlp';
import { type Peer, sentences } from './threshold.ts';

const none = 'None';

/**
 * NLP.js as its guide sets it up: an intent for each article, its title and examples as utterances (the answer's sentences where
 * there are no examples).
 * @param useNoneFeature its class for words that it has never seen: its guide says that it is on, in this version it is off
 */
export function createNlpjs(useNoneFeature: boolean): Peer {
  return {
    defaultThreshold: 0.5,
    async train(articles, language) {
      const manager = new NlpManager({
        languages: [language],
        autoSave: false,
        autoLoad: false,
        forceNER: false,
        nlu: { log: false, useNoneFeature },
      });
      for (const { id, title, examples = [], answer = '' } of articles) {
        const texts = examples.length > 0 ? examples : sentences(answer);
        for (const text of [...texts, ...(title === undefined ? [] : [title])])
          manager.addDocument(language, text, id);
      }
      await manager.train();
      return async (question) => {
        const { classifications } = await manager.process(language, question);
        return classifications
          .filter(({ intent, score }) => intent !== none && score > 0)
          .map(({ intent, score }) => ({ article: intent, confidence: score }));
      };
    },
  };
}
