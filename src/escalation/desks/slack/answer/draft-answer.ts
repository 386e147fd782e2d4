import type { BrandKnowledge, Knowledge } from '../../../../kb/knowledge.ts';
import type { CaseDetail } from '../../../case-view.ts';
import type { AnswerStart } from '../modals/modal-answer.ts';

/**
 * What the bot would propose to answer: the article that fits what the customer wrote last, if the base is sure enough,
 * and others that may fit, to choose from. Nothing waits for a model here: Slack gives a modal three seconds. Pure but
 * for asking the base.
 */
export function draftAnswer(
  detail: Pick<CaseDetail, 'messages' | 'language' | 'brief'>,
  knowledge: Pick<Knowledge, 'ask'>,
): AnswerStart {
  const wrote = detail.messages.findLast(({ from, text }) => from === 'customer' && text.trim() !== '');
  const question = [detail.brief.intake?.problem, wrote?.text].filter((text) => text).join('\n');
  if (question === '') return { text: '', sources: [], canned: [], draft: 0 };
  const { decision, candidates } = knowledge.ask(question, detail.language);
  const [best] = candidates;
  const shown = new Set(detail.brief.answered.map(({ article }) => article));
  const canned = candidates.map(({ article: { id, title } }) => ({ id, title }));
  // What the bot showed already did not help.
  if (decision !== 'answer' || best === undefined || shown.has(best.article.id)) {
    return { text: '', sources: [], canned, draft: 0 };
  }
  return { text: best.article.answer, sources: [best.article.title], canned, draft: 0 };
}

/** What a case's customer may be told: nothing of another company. */
export function knowledgeFor<Part extends 'ask' | 'article'>(
  { brand }: Pick<CaseDetail, 'brand'>,
  knowledge: Pick<BrandKnowledge, Part | 'of'>,
): Pick<Knowledge, Part> {
  return knowledge.of?.(brand?.name ?? null) ?? knowledge;
}
