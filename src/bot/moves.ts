import type { Article } from '../core/article.ts';
import type { Candidate, Finding } from '../kb/knowledge.ts';
import { saysWhatIsWrong } from './asks-person.ts';
import type { Draft, LeaveReason } from './draft.ts';
import { maxRemembered } from './memory.ts';
import { questionsIn } from './read-turn.ts';
import { articleOption, personOption } from './render-answer.ts';
import { readSmallTalk, type SmallTalk } from './small-talk.ts';
import { wordingFor } from './wording.ts';
import { clean } from './words/fold.ts';

/** A candidate less likely than this is not worth a customer's time. */
const worthOffering = 0.15;
/** Another candidate is offered after the first; the rest are not kept. */
const keptCandidates = 4;
/** Characters of a title on an option. */
const maxTitle = 120;

/**
 * Answers a question, asks which of a few things is meant, or gives up.
 * @param situation `clarified`: the customer was asked just now, and is not asked again;
 *   `shown`: the article they have just read, which is not repeated
 */
export function askKnowledge(
  draft: Draft,
  question: string,
  situation: { clarified?: boolean; shown?: string } = {},
): void {
  const before = draft.notes.question;
  const finding = find(draft, question, situation.clarified === true ? before : null);
  draft.notes = { ...draft.notes, question: clean(question, maxRemembered) };
  const likely = finding.candidates.filter(
    ({ article }, at, all) =>
      article.id !== situation.shown && all.findIndex((other) => other.article.id === article.id) === at,
  );
  const [best] = finding.candidates;
  const facts = {
    ...(best === undefined ? {} : { article: best.article.id }),
    confidence: finding.confidence,
    version: finding.version,
  };
  const repeats = best !== undefined && best.article.id === situation.shown;
  if (finding.decision === 'answer' && best !== undefined && repeats) {
    draft.outcome = { kind: 'feedback', ...facts };
    const judged = { article: best.article.id, version: finding.version, others: idsOf(likely), failed: [] };
    disliked(draft, judged, 'same-question');
  } else if (finding.decision === 'answer' && best !== undefined) {
    draft.outcome = { kind: 'answered', ...facts };
    show(draft, best.article, { version: finding.version, others: idsOf(likely.slice(1)) });
  } else if (finding.decision === 'clarify' && likely.length > 0 && situation.clarified !== true) {
    draft.outcome = { kind: 'clarified', ...facts };
    clarify(draft, likely, finding);
  } else {
    draft.outcome = { kind: 'unknown', ...facts };
    // Whoever gets the case sees what led here, not only the last remark.
    if (before !== null)
      draft.notes = { ...draft.notes, question: clean(`${before}\n${question}`, maxRemembered) };
    leave(draft, 'unknown');
  }
}

/** Shows an article and asks whether it helped. */
export function show(
  draft: Draft,
  article: Article,
  more: { version: number; others: readonly string[]; failed?: readonly string[] },
): void {
  draft.begin('feedback', {
    article: article.id,
    version: more.version,
    wording: wordingFor(`${draft.notes.question ?? ''} ${draft.text}`),
    others: more.others,
    failed: more.failed ?? [],
  });
}

/**
 * The article did not help: the next best one, once; then a person.
 * @param judged the article, those worth trying after it, and those that failed before it
 */
export function disliked(
  draft: Draft,
  judged: { article: string; version: number; others: readonly string[]; failed: readonly string[] },
  lead: 'try-another' | 'same-question' = 'try-another',
): void {
  const failed = [...judged.failed, judged.article];
  draft.outcome ??= { kind: 'feedback', article: judged.article, version: judged.version };
  const next = judged.failed.length === 0 ? nextOf(draft, judged.others, failed) : null;
  if (next !== null) {
    draft.sayPhrase(lead);
    show(draft, next, { version: judged.version, others: [], failed });
    return;
  }
  const titles = failed
    .map((id) => `«${draft.knowledge.article(id, draft.language)?.title ?? id}»`)
    .join(', ');
  const shown = draft.phrase(draft.language, 'tried-shown', { titles });
  leave(draft, 'disliked', clean(draft.text === '' ? shown : `${shown}\n${draft.text}`, maxRemembered));
}

/**
 * Gives the case to people after the intake: what is wrong and what was tried, each asked only when not known.
 * @param tried where it is known already
 */
export function leave(draft: Draft, reason: LeaveReason, tried: string | null = null): void {
  const { text, turn, notes } = draft;
  const told = reason === 'asked' && text !== '' && saysWhatIsWrong(text) ? clean(text, maxRemembered) : null;
  const problem = told ?? notes.question;
  const opening = { asked: 'passing-on', unknown: 'unknown', disliked: 'sorry-disliked' } as const;
  const willAsk = turn.intake === null && (problem === null || tried === null);
  if (reason !== 'asked' || willAsk) draft.sayPhrase(opening[reason]);
  if (turn.intake !== null) draft.handOver(reason);
  else draft.begin('intake', { reason, problem, tried });
}

/** It helped: a farewell, and the conversation is solved. */
export function helped(draft: Draft, article: string | null): void {
  draft.outcome = article === null ? { kind: 'feedback' } : { kind: 'feedback', article };
  draft.sayPhrase('resolved');
  draft.resolve();
}

/** Answers small talk. @returns its kind; null when the text is none, and then nothing is said */
export function answerSmallTalk(draft: Draft): SmallTalk | null {
  const kind = readSmallTalk(draft.text);
  if (kind === null) return null;
  draft.outcome = { kind: 'small-talk' };
  const { language, phrase } = draft;
  const person = [personOption(language, phrase)];
  switch (kind) {
    case 'greeting': {
      const name = firstName(draft.turn.customerName);
      const text = phrase(language, 'greeting', { named: name === '' ? 'no' : 'yes', name });
      draft.say({ text, options: [], sources: [] });
      break;
    }
    case 'robot':
    case 'insult':
      draft.sayPhrase(kind, person);
      break;
    case 'cancel':
      draft.sayPhrase('cancelled');
      break;
    case 'thanks':
    case 'goodbye':
    case 'acknowledged':
      draft.sayPhrase(kind);
      break;
  }
  return kind;
}

function clarify(draft: Draft, likely: readonly Candidate[], finding: Finding): void {
  draft.begin('clarify', {
    version: finding.version,
    choices: likely.slice(0, keptCandidates).map(({ article, probability }, at) => ({
      option: articleOption(article.id, at),
      article: article.id,
      title: clean(article.title, maxTitle),
      probability,
    })),
  });
}

/**
 * The whole message first; then together with the question it makes clearer; then each of its questions,
 * and the first that is surely known.
 */
function find(draft: Draft, question: string, unclear: string | null): Finding {
  const { knowledge, language } = draft;
  const whole = knowledge.ask(question, language);
  if (whole.decision === 'answer') return whole;
  if (unclear !== null) {
    const together = knowledge.ask(`${unclear}\n${question}`, language);
    if (together.decision === 'answer') return together;
  }
  const parts = questionsIn(question);
  if (parts.length < 2) return whole;
  let best = whole;
  for (const part of parts) {
    const finding = knowledge.ask(part, language);
    if (finding.decision === 'answer') return finding;
    if (finding.decision === 'clarify' && best.decision === 'handoff') best = finding;
  }
  return best;
}

function idsOf(candidates: readonly Candidate[]): string[] {
  return candidates
    .filter(({ probability }) => probability >= worthOffering)
    .slice(0, keptCandidates)
    .map(({ article }) => article.id);
}

function nextOf(draft: Draft, others: readonly string[], failed: readonly string[]): Article | null {
  const seen = new Set([...failed, ...draft.turn.shown.map(({ article }) => article)]);
  const next = others.find((id) => !seen.has(id));
  return next === undefined ? null : draft.knowledge.article(next, draft.language);
}

function firstName(name: string | null): string {
  const first = /^\p{L}[\p{L}'’-]{0,30}/u.exec(name?.trim() ?? '')?.[0] ?? '';
  return clean(first, 30);
}
