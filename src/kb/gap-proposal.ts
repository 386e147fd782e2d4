import type { Engine } from './engine/types.ts';
import type { Gap } from './gap.ts';

/** What could close a gap. Nothing is done before a person says so. */
export type GapProposal =
  /** The draft answers most of it already, with this article. */
  | { readonly kind: 'publish'; readonly article: string }
  /** The article seems to have the answer: teach it these wordings. `by`: the customers' words or what an agent did. */
  | { readonly kind: 'example'; readonly article: string; readonly by: 'question' | 'agent' }
  /** Agents had an answer that no article has. */
  | { readonly kind: 'article' }
  /** The right article, it seems, and its answer did not help. */
  | { readonly kind: 'improve'; readonly article: string }
  /** Nobody has answered it yet. */
  | { readonly kind: 'write' };

/** Of what the failed articles leave, so much must speak for another one. */
const near = 0.4;
/** Less than this is noise, whatever share it is. */
const least = 0.03;
/** An agent's own words are long: the engine should be sure of what they are about. */
const sure = 0.5;
const mostReplies = 600;

/**
 * Proposes what could close a gap.
 * @param engine trained on the draft
 */
export function proposeFor(gap: Gap, engine: Engine): GapProposal {
  const failed = failedIn(gap);
  const decisions = gap.questions.map(({ question, language }) => engine.decide(question, language));
  const answered = new Map<string, number>();
  for (const { decision, article } of decisions)
    if (decision === 'answer' && article !== null && !failed.has(article))
      answered.set(article, (answered.get(article) ?? 0) + 1);
  const most = mostOf(answered);
  if (most && most[1] * 2 > gap.questions.length) return { kind: 'publish', article: most[0] };

  const done = whatAgentsDid(gap);
  if (done !== null) {
    const [best] = engine.decide(done.text, done.language).candidates;
    if (best && best.probability >= sure && !failed.has(best.article))
      return { kind: 'example', article: best.article, by: 'agent' };
  }
  const helped = helpedIn(gap, failed);
  if (helped !== null) return { kind: 'example', article: helped, by: 'question' };
  const [next] = likelyFor(gap, engine, failed);
  if (next && next.probability >= near) return { kind: 'example', article: next.article, by: 'question' };
  if (done !== null) return { kind: 'article' };
  const worst = mostOf(failed);
  return worst ? { kind: 'improve', article: worst[0] } : { kind: 'write' };
}

/** The article that helped customers after another had not, the one that helped most; null: none did. */
function helpedIn({ questions }: Gap, failed: ReadonlyMap<string, number>): string | null {
  const helped = new Map<string, number>();
  for (const { helped: article } of questions)
    if (article !== undefined && !failed.has(article)) helped.set(article, (helped.get(article) ?? 0) + 1);
  return mostOf(helped)?.[0] ?? null;
}

function mostOf(counts: ReadonlyMap<string, number>): [string, number] | undefined {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
}

/** Articles that were shown for a gap's questions and did not help, with how often. */
export function failedIn(gap: Gap): ReadonlyMap<string, number> {
  const failed = new Map<string, number>();
  for (const { shown } of gap.questions)
    for (const article of shown) failed.set(article, (failed.get(article) ?? 0) + 1);
  return failed;
}

/** What the agents wrote or did in the conversation that tells most: a proposed one first, then a solved one; null when nobody did anything. */
export function whatAgentsDid(gap: Gap) {
  const told = gap.questions
    .filter(({ replies, execution }) => replies.length > 0 || execution !== null)
    .sort(
      (a, b) =>
        Number(b.proposed) - Number(a.proposed) ||
        Number(b.solved) - Number(a.solved) ||
        b.replies.join('').length - a.replies.join('').length ||
        b.at - a.at,
    );
  const [best] = told;
  if (!best) return null;
  const { replies, execution, language } = best;
  const text = (replies.length > 0 ? replies.join('\n') : (execution ?? '')).slice(0, mostReplies);
  return text.trim() === '' ? null : { replies, execution, language, text };
}

/** Articles other than those that failed, by the share of what those leave. */
function likelyFor(
  gap: Gap,
  engine: Engine,
  failed: ReadonlyMap<string, number>,
): { article: string; probability: number }[] {
  const sums = new Map<string, number>();
  for (const { question, language } of gap.questions) {
    const { candidates } = engine.decide(question, language);
    const lost = candidates
      .filter(({ article }) => failed.has(article))
      .reduce((sum, { probability }) => sum + probability, 0);
    for (const { article, probability } of candidates) {
      if (failed.has(article) || probability < least) continue;
      const share = probability / Math.max(probability, 1 - lost);
      sums.set(article, (sums.get(article) ?? 0) + share / gap.questions.length);
    }
  }
  return [...sums]
    .map(([article, probability]) => ({ article, probability }))
    .sort((a, b) => b.probability - a.probability || (a.article < b.article ? -1 : 1));
}
