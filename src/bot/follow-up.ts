import type { Article } from '../core/article.ts';
import type { Language } from '../core/language.ts';
import type { Finding } from '../kb/knowledge.ts';
import { type Passage, passageOf } from './passage.ts';
import { fold, wordsOf } from './words/fold.ts';
import { stemsOf } from './words/stems.ts';

/** A fuller question needs no other to be understood. */
const longest = { words: 9, stems: 4 };

const opening =
  /^(?:y|e|o|ou|or|and|but|pero|mas|entonces|entao|so|then)(?: |$)|^(?:what|how) (?:about|if) |^(?:e|y) se? |^(?:si|if|se) (?:no|nao|i|eu|yo|el|la|my|meu|minha|mi) /u;
/** "en el móvil", "on a mac", "no celular", "sin cable", "para android". */
const fragment =
  /^(?:(?:en|desde|con|sin|para|on|in|from|with|without|for|using|no|na|pelo|pela|do|da|com|sem|pra) )(?:(?:el|la|los|las|un|una|mi|the|a|an|my|o|um|uma|meu|minha) )?(?:[\p{L}\p{N}]+ ?){1,3}$/u;
const pointing =
  /(?:^| )(?:eso|esto|ahi|alli|ese|esa|lo|hacerlo|hago eso|that|it|this|there|isso|isto|ali|ai|essa|esse|la|tambien|too|tambem)(?: |$)/u;
const asking =
  /^(?:y |e |and )?(?:donde|como|cual|cuando|cuanto|por que|que|where|how|which|when|why|what|is|does|do|can|onde|qual|quando|quanto|por que|da pra|tem como|sirve|funciona|serve|vale)(?: |$)/u;

/** Things that stand for one another in a question: naming one in a follow-up puts it in place of the other. */
const kinds: readonly ReadonlySet<string>[] = [
  setOf(
    `computadora compu computador ordenador pc laptop notebook portatil celular celu movil telefono tablet iphone ipad android
    mac macbook windows linux computer phone mobile cellphone smartphone chromebook tele tv televisor note micro`,
  ),
  setOf('gmail outlook hotmail yahoo icloud google microsoft apple'),
  setOf('zoom teams meet skype whatsapp'),
];

/** Whether a text is a question only beside the one before it: "¿y en el móvil?", "where is that?", "e se eu não tiver o e-mail?". */
export function isFollowUp(text: string, language: Language): boolean {
  if (text.length > 120) return false;
  const words = wordsOf(text);
  if (words.length === 0 || words.length > longest.words) return false;
  const stems = stemsOf(text, language).size;
  const line = words.join(' ');
  if (opening.test(line)) return stems <= longest.stems;
  if (fragment.test(line)) return stems <= 2;
  return words.length <= 7 && stems <= 2 && asking.test(line) && pointing.test(line);
}

/**
 * The ways in which a follow-up may be meant together with the question before it.
 * @returns likeliest first: with the device or the service changed for the one it names, then simply both
 */
export function combinedReadings(before: string, text: string): string[] {
  const named = wordsOf(text);
  const swapped = kinds.reduce((line, kind) => {
    const meant = named.find((word) => kind.has(word));
    if (meant === undefined) return line;
    return line.replace(/[\p{L}\p{M}]+/gu, (word) => (kind.has(fold(word)) ? meant : word));
  }, before);
  return [...(swapped === before ? [] : [swapped]), `${before} ${text}`];
}

/** What a follow-up turned out to mean: a question with its finding, or a place in the article just read. */
export type FollowUp =
  | { readonly kind: 'question'; readonly question: string; readonly finding: Finding }
  | { readonly kind: 'same-article'; readonly passage: Passage };

/**
 * Reads a follow-up alone and with the question before it, and takes what the knowledge base knows better;
 * a reading that is known alone is never changed.
 * @param shown the article just read; null when there is none
 */
export function readFollowUp(
  text: string,
  before: string,
  shown: Article | null,
  ask: (question: string) => Finding,
  language: Language,
): FollowUp {
  const alone = ask(text);
  const plain: FollowUp = { kind: 'question', question: text, finding: alone };
  if (alone.decision === 'answer' && alone.candidates[0]?.article.id !== shown?.id) return plain;
  const combined = combinedReadings(before, text).map((question) => ({ question, finding: ask(question) }));
  const other = combined.filter(({ finding }) => {
    const best = finding.candidates[0]?.article;
    return best !== undefined && best.id !== shown?.id && speaksOf(best, text, language);
  });
  const known = other.filter(({ finding }) => finding.decision === 'answer');
  const [surest] = known.toSorted((a, b) => b.finding.confidence - a.finding.confidence);
  if (surest !== undefined) return { kind: 'question', ...surest };
  if (shown !== null) {
    const passage = passageOf(shown.answer, text, shown.language);
    if (passage !== null && passage.shared > 0) return { kind: 'same-article', passage };
  }
  if (alone.decision === 'clarify') return plain;
  const unclear = other.find(({ finding }) => finding.decision === 'clarify');
  return unclear === undefined ? plain : { kind: 'question', ...unclear };
}

/** Whether an article has what a follow-up adds: nearly all its words. */
function speaksOf(article: Article, text: string, language: Language): boolean {
  const wanted = [...stemsOf(text, article.language === language ? language : article.language)];
  if (wanted.length === 0) return true;
  const has = stemsOf([article.title, ...article.examples, ...article.tags].join(' '), article.language);
  const more = stemsOf(article.answer, article.language);
  const found = wanted.filter((stem) => has.has(stem) || more.has(stem)).length;
  return found >= Math.max(1, Math.ceil(wanted.length * 0.6));
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
