import type { Article } from '../core/article.ts';
import type { TurnOutcome } from '../core/event.ts';
import type { Candidate, Finding } from '../kb/knowledge.ts';
import { asksOffer, offeredThing } from './asks-offer.ts';
import type { Draft } from './draft.ts';
import { isFollowUp, readFollowUp } from './follow-up.ts';
import { maxRemembered } from './memory.ts';
import { disliked, leave, show } from './moves.ts';
import type { Passage } from './passage.ts';
import { questionsIn } from './read-turn.ts';
import { articleOption, personOption, renderAnswer, resumeOption } from './render-answer.ts';
import { type Several, severalIn } from './several-questions.ts';
import { wordingFor } from './wording.ts';
import { clean } from './words/fold.ts';
import { stemsOf } from './words/stems.ts';

/** A candidate less likely than this is not worth a customer's time. */
const worthOffering = 0.15;
/** Another candidate is offered after the first; the rest are not kept. */
const keptCandidates = 4;
/** Characters of a title on an option. */
const maxTitle = 120;
/** Characters of a question that is named again. */
const maxNamed = 120;

/** What went before a question. */
export interface Situation {
  /** The customer was asked just now which thing is meant, and is not asked again. */
  readonly clarified?: boolean;
  /** The article they have just read, which is not repeated. */
  readonly shown?: string;
  /**
   * Says what the article just read has about a follow-up; null: it simply holds there too.
   * Without this such a follow-up is a question like another.
   */
  readonly sameGuide?: (passage: Passage | null) => void;
}

/** Answers a question or several, asks which of a few things is meant, or gives up. */
export function askKnowledge(draft: Draft, question: string, situation: Situation = {}): void {
  const ask = (words: string): Finding => heeded(draft.knowledge.ask(words, draft.language), words);
  const before = draft.notes.question;
  if (situation.clarified === true) {
    settle(draft, question, find(ask, question, ask(question), before), situation);
    return;
  }
  if (before !== null && isFollowUp(question, draft.language)) {
    const shown = articleOf(draft, situation.shown ?? draft.turn.shown.at(-1)?.article ?? null);
    const meant = readFollowUp(question, before, shown, ask, draft.language);
    if (meant.kind === 'question') settle(draft, meant.question, meant.finding, situation);
    else if (situation.sameGuide !== undefined) situation.sameGuide(meant.passage);
    else settle(draft, question, ask(question), situation);
    return;
  }
  const whole = ask(question);
  const several = severalIn(question, whole, ask, draft.language);
  if (several !== null) answerSeveral(draft, several);
  else settle(draft, question, find(ask, question, whole, null), situation);
}

/** What something costs, or whether we sell it, is not answered by how to mend it: only by an article that is asked so. */
function heeded(finding: Finding, question: string): Finding {
  const best = finding.candidates[0]?.article;
  if (finding.decision === 'handoff' || best === undefined || !asksOffer(question)) return finding;
  const { examples, title, tags, language } = best;
  const thing = [...stemsOf(offeredThing(question), language)];
  const known = stemsOf([title, ...examples, ...tags].join(' '), language);
  const covered = thing.filter((stem) => known.has(stem)).length * 2 >= thing.length;
  return covered && examples.some(asksOffer) ? finding : { ...finding, decision: 'handoff' };
}

/** One question and what is made of it. */
function settle(draft: Draft, question: string, finding: Finding, situation: Situation): void {
  const before = draft.notes.question;
  draft.notes = { ...draft.notes, question: clean(question, maxRemembered), left: null };
  const likely = finding.candidates.filter(
    ({ article }, at, all) =>
      article.id !== situation.shown && all.findIndex((other) => other.article.id === article.id) === at,
  );
  const [best] = finding.candidates;
  const facts = factsOf(finding);
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
    if (draft.notes.paused !== null) aside(draft, question);
    else {
      // Whoever gets the case sees what led here, not only the last remark.
      if (before !== null && !question.startsWith(before))
        draft.notes = { ...draft.notes, question: clean(`${before}\n${question}`, maxRemembered) };
      leave(draft, 'unknown');
    }
  }
}

/** Asked in the middle of a guide, and not known: the guide is not given up for it. */
function aside(draft: Draft, question: string): void {
  const { language, phrase } = draft;
  const text = phrase(language, 'left-part', { question: named(question) });
  draft.say({ text, options: [resumeOption(language, phrase), personOption(language, phrase)], sources: [] });
}

/** Each question that is known gets its answer; then the one that is unclear; what is left is said. */
function answerSeveral(draft: Draft, { known, unclear, left }: Several): void {
  const { language, phrase } = draft;
  const about = (question: string): string => phrase(language, 'about', { question: named(question) });
  for (const question of left) {
    draft.say({
      text: phrase(language, 'left-part', { question: named(question) }),
      options: [],
      sources: [],
    });
  }
  const last = unclear ?? known.at(-1);
  for (const { text, finding } of known.filter((part) => part !== last)) {
    const article = finding.candidates[0]?.article;
    if (article === undefined) continue;
    const shown = { article, version: finding.version, wording: wordingFor(text), question: text };
    const answer = renderAnswer(shown, language, phrase);
    draft.say({ ...answer, text: `${about(text)}\n\n${answer.text}` });
  }
  const article = last?.finding.candidates[0]?.article;
  if (last === undefined || article === undefined) return;
  draft.say({ text: about(last.text), options: [], sources: [] });
  draft.notes = {
    ...draft.notes,
    question: clean(last.text, maxRemembered),
    left: left.length === 0 ? null : clean(left.join(' / '), maxRemembered),
  };
  const { candidates, version } = last.finding;
  if (last === unclear) {
    draft.outcome = { kind: 'clarified', ...factsOf(last.finding) };
    clarify(draft, candidates, last.finding);
    return;
  }
  draft.outcome = { kind: 'answered', ...factsOf(last.finding) };
  show(draft, article, { version, others: idsOf(candidates.slice(1)), whole: known.length > 1 });
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

/** The whole message first; then together with the question it makes clearer; then each of its sentences. */
function find(
  ask: (words: string) => Finding,
  question: string,
  whole: Finding,
  unclear: string | null,
): Finding {
  if (whole.decision === 'answer') return whole;
  if (unclear !== null) {
    const together = ask(`${unclear}\n${question}`);
    if (together.decision === 'answer') return together;
  }
  const parts = questionsIn(question);
  if (parts.length < 2) return whole;
  let best = whole;
  for (const part of parts) {
    const finding = ask(part);
    if (finding.decision === 'answer') return finding;
    if (finding.decision === 'clarify' && best.decision === 'handoff') best = finding;
  }
  return best;
}

function factsOf({ candidates, confidence, version }: Finding): Omit<TurnOutcome, 'kind'> {
  const [best] = candidates;
  return { ...(best === undefined ? {} : { article: best.article.id }), confidence, version };
}

function articleOf(draft: Draft, id: string | null): Article | null {
  return id === null ? null : draft.knowledge.article(id, draft.language);
}

function idsOf(candidates: readonly Candidate[]): string[] {
  return candidates
    .filter(({ probability }) => probability >= worthOffering)
    .slice(0, keptCandidates)
    .map(({ article }) => article.id);
}

function named(question: string): string {
  return clean(question, maxNamed);
}
