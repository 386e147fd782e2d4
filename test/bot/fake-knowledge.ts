import type { Article } from '../../src/core/article.ts';
import type { Language } from '../../src/core/language.ts';
import type { Candidate, Finding, Knowledge } from '../../src/kb/knowledge.ts';

/** An article for tests. */
export function article(id: string, language: Language, more: Partial<Article> = {}): Article {
  return {
    id,
    language,
    title: `Title of ${id}`,
    examples: [],
    answer: `Answer of ${id}.`,
    tags: [],
    ...more,
  };
}

/** Words that lead to articles, with the probability of each, in the order of likelihood. */
export type Leads = Readonly<Record<string, readonly (readonly [id: string, probability: number])[]>>;

/**
 * A knowledge base that finds articles by a word in the question:
 * 0.7 and more answers, 0.3 and more asks which, less gives up.
 */
export function fakeKnowledge(
  articles: readonly Article[],
  leads: Leads,
  version = 7,
): Knowledge & { asked: string[] } {
  const asked: string[] = [];
  function find(id: string, language: Language): Article | null {
    const all = articles.filter((one) => one.id === id);
    return all.find((one) => one.language === language) ?? all[0] ?? null;
  }
  return {
    asked,
    article: find,
    ask(question, language): Finding {
      asked.push(question);
      const lead = Object.entries(leads).find(([word]) => question.toLowerCase().includes(word))?.[1] ?? [];
      const candidates = lead.flatMap(([id, probability]): Candidate[] => {
        const found = find(id, language);
        return found === null ? [] : [{ article: found, probability }];
      });
      const confidence = candidates[0]?.probability ?? 0;
      const decision = confidence >= 0.7 ? 'answer' : confidence >= 0.3 ? 'clarify' : 'handoff';
      return { decision, confidence, candidates, version };
    },
  };
}
