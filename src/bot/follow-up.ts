import type { Article } from '../core/article.ts';
import type { Language } from '../core/language.ts';
import type { Candidate, Finding } from '../kb/knowledge.ts';
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

const absence = /(?:^| )(?:no|sin|ya no|nao|sem|without|don t|dont|can t|cant|not)(?: |$)/u;

/** Words for one kind of thing. */
const things = {
  computer: setOf('computadora compu computador ordenador pc laptop notebook portatil computer note micro'),
  phone: setOf('celular celu movil telefono telefone phone mobile cellphone smartphone cell'),
  tablet: setOf('tablet ipad tableta'),
  iphone: setOf('iphone ios apple'),
  android: setOf('android samsung motorola xiaomi'),
  mac: setOf('mac macbook macos imac'),
  windows: setOf('windows'),
  linux: setOf('linux ubuntu chromebook'),
  tv: setOf('tele tv televisor televisao'),
  gmail: setOf('gmail google'),
  outlook: setOf('outlook hotmail microsoft'),
  yahoo: setOf('yahoo'),
  icloud: setOf('icloud'),
  zoom: setOf('zoom'),
  teams: setOf('teams'),
  meet: setOf('meet'),
  whatsapp: setOf('whatsapp wasap wpp zap'),
} as const;
const { computer, phone, tablet, iphone, android, mac, windows, linux, tv } = things;

/** Things that stand for one another in a question: naming one in a follow-up puts it in place of the other. */
const kinds: readonly ReadonlySet<string>[] = [
  joined(computer, phone, tablet, iphone, android, mac, windows, linux, tv),
  joined(things.gmail, things.outlook, things.yahoo, things.icloud),
  joined(things.zoom, things.teams, things.meet, things.whatsapp),
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

/**
 * What a follow-up turned out to mean: a question with its finding, or the article just read once more, with the
 * passage of it that says something about the follow-up; null where none does and it simply holds there too.
 */
export type FollowUp =
  | { readonly kind: 'question'; readonly question: string; readonly finding: Finding }
  | { readonly kind: 'same-article'; readonly passage: Passage | null };

/**
 * Reads a follow-up alone and with the question before it, and takes what the knowledge base knows better;
 * a full question that is known alone is never changed.
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
  const thing = onlyThing(text, language);
  const known = (finding: Finding): boolean =>
    finding.decision === 'answer' && finding.candidates[0]?.article.id !== shown?.id;
  const lacking = shown !== null && absence.test(wordsOf(text).join(' '));
  // "¿y en la mac?" alone is about whatever is most often asked of a Mac, "¿y si no tengo el correo?" about mail.
  const bare = thing !== null || (lacking && stemsOf(text, language).size <= 1);
  if (!bare && known(alone)) return plain;
  const combined = combinedReadings(before, text).map((question) => ({ question, finding: ask(question) }));
  const other = combined.filter(({ finding }) => {
    const best = finding.candidates[0]?.article;
    return best !== undefined && best.id !== shown?.id && speaksOf(best, text);
  });
  const [surest] = other
    .filter(({ finding }) => known(finding))
    .toSorted((a, b) => b.finding.confidence - a.finding.confidence);
  if (surest !== undefined) return { kind: 'question', ...surest };
  const passage = shown === null ? null : passageOf(shown.answer, text, shown.title, shown.language, 0.15);
  if (passage !== null && passage.shared > 0) return { kind: 'same-article', passage };
  const [first] = combined;
  if (thing !== null && first !== undefined) {
    const crossed = crossedWith(alone, combined, shown, thing);
    if (crossed.length > 0) {
      const finding: Finding = { ...first.finding, decision: 'clarify', candidates: crossed };
      return { kind: 'question', question: first.question, finding };
    }
    const holds = combined.some(
      ({ finding }) => finding.decision === 'answer' && finding.candidates[0]?.article.id === shown?.id,
    );
    if (holds && shown !== null) return { kind: 'same-article', passage: null };
  }
  const [unclear] = other.filter(({ finding }) => finding.decision === 'clarify');
  if (
    unclear !== undefined &&
    !(alone.decision === 'clarify' && alone.confidence > unclear.finding.confidence)
  )
    return { kind: 'question', ...unclear };
  return lacking && first !== undefined
    ? { kind: 'question', question: first.question, finding: { ...alone, decision: 'handoff' } }
    : plain;
}

/** The kind of thing that is all a follow-up names; null when it names none or says more. */
function onlyThing(text: string, language: Language): ReadonlySet<string> | null {
  if (stemsOf(text, language).size > 1 || absence.test(wordsOf(text).join(' '))) return null;
  const named = wordsOf(text);
  return Object.values(things).find((words) => named.some((word) => words.has(word))) ?? null;
}

/** What is near the question before as well as the follow-up, and has the thing in its title; likeliest first. */
function crossedWith(
  alone: Finding,
  combined: readonly { readonly finding: Finding }[],
  shown: Article | null,
  thing: ReadonlySet<string>,
): Candidate[] {
  return alone.candidates
    .filter(
      ({ article }) => article.id !== shown?.id && wordsOf(article.title).some((word) => thing.has(word)),
    )
    .flatMap((candidate) => {
      const near = combined.flatMap(({ finding }) =>
        finding.candidates.filter(({ article }) => article.id === candidate.article.id),
      );
      const best = Math.max(0, ...near.map(({ probability }) => probability));
      return best < 0.01 ? [] : [{ ...candidate, probability: best * candidate.probability }];
    })
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, 2);
}

/** Whether an article has what a follow-up adds: nearly all its words. */
function speaksOf(article: Article, text: string): boolean {
  const wanted = [...stemsOf(text, article.language)];
  if (wanted.length === 0) return true;
  const has = stemsOf([article.title, ...article.examples, ...article.tags].join(' '), article.language);
  const more = stemsOf(article.answer, article.language);
  const found = wanted.filter((stem) => has.has(stem) || more.has(stem)).length;
  return found >= Math.max(1, Math.ceil(wanted.length * 0.6));
}

function joined(...sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
