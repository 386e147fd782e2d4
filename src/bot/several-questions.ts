import type { Language } from '../core/language.ts';
import type { Finding } from '../kb/knowledge.ts';
import { readSignal } from './meaning.ts';
import { readSmallTalk } from './small-talk.ts';
import { wordsOf } from './words/fold.ts';
import { stemsOf } from './words/stems.ts';

/** One of several questions in a message. */
export interface Part {
  readonly text: string;
  readonly finding: Finding;
}

/** What is done with each question of a message. */
export interface Several {
  /** Surely known, each with an article of its own. */
  readonly known: readonly Part[];
  /** The one to ask back about; null when none. */
  readonly unclear: Part | null;
  /** What nothing is known about, in the customer's words. */
  readonly left: readonly string[];
}

/** More questions than that at once are a story. */
const most = 3;
const read = 1_200;

const sentenceEnd = /[\n?!;¿¡]+|\.+(?=\s|$)/u;
/** Says itself that something else begins. */
const also =
  /(?:^|[\s,])(?:y\s+)?(?:adem[aá]s|otra cosa|otra pregunta|otra consulta|por otro lado|por otra parte|aparte de eso|y aparte|y tambi[eé]n|de paso|and also|also|another thing|another question|one more thing|plus|on top of that|besides that|al[eé]m disso|outra coisa|outra pergunta|outra d[uú]vida|mais uma coisa|e tamb[eé]m|por outro lado)(?=[\s,:]|$)[\s,:]*/giu;
/** Where a second question begins behind "and". */
const andAsks =
  /[\s,]+(?:y|and|e)\s+(?=(?:c[oó]mo|d[oó]nde|cu[aá]ndo|cu[aá]nto|cu[aá]l|por qu[eé]|quiero|necesito|me pueden|pueden|how|where|when|why|which|what|can you|i need|i want|i'd like|onde|quando|quanto|qual|como|por que|quero|preciso|voc[eê]s)\s)/giu;
const asksOrWants =
  /^(?:y |e |and |pero |but |mas |hola |hi |oi )*(?:(?:a|ate|at|hasta|desde|until|en|de|em|para|con|por) (?:que|qual|cual|donde|onde|cuando|what|which)|como|donde|cuando|cuanto|cuanta|cual|que|por que|quien|quiero|quisiera|necesito|me pueden|pueden|puedo|hay|tienen|how|where|when|why|which|what|who|can|could|do you|is there|i need|i want|i would|i d like|onde|quando|quanto|qual|quais|quem|quero|queria|preciso|gostaria|voces|vcs|tem|da pra|posso)(?: |$)/u;
/** The same at the beginning of a sentence, in one word. */
const alsoFirst = /^(?:tambi[eé]n|tamb[eé]m|also)[\s,:]+/iu;
const and = /^(?:y|e|and)[\s,]+/iu;
const mark = '\u0001';

interface Piece {
  readonly text: string;
  /** Announced as something else: "y además…". */
  readonly announced: boolean;
  readonly asks: boolean;
}

/**
 * Takes a message apart that asks several things. One question told in two clauses stays one: each part must be surely
 * known by itself, or say itself that it is another question.
 * @param whole what is made of the message as one
 * @returns null when it is one question
 */
export function severalIn(
  text: string,
  whole: Finding,
  ask: (question: string) => Finding,
  language: Language,
): Several | null {
  if (text.length > read) return null;
  const pieces = piecesOf(text, language);
  if (pieces.length < 2) return null;
  const parts = pieces.map((piece) => ({ ...piece, finding: ask(piece.text) }));
  const known = parts.filter(
    ({ finding }, at) =>
      finding.decision === 'answer' &&
      parts.findIndex((other) => other.finding.decision === 'answer' && best(other) === best({ finding })) ===
        at,
  );
  if (known.length === 0) return null;
  const others = parts.filter(
    (part) =>
      part.finding.decision !== 'answer' &&
      (part.announced ||
        (part.asks && whole.decision !== 'answer' && stemsOf(part.text, language).size >= 2)),
  );
  const separate =
    parts.some(({ announced }) => announced) ||
    known.filter(({ asks }) => asks).length >= 2 ||
    whole.decision !== 'answer';
  if (!separate || known.length + others.length < 2) return null;
  const room = Math.max(0, most - known.length);
  const kept = others.slice(0, room);
  const unclear = kept.find(({ finding }) => finding.decision === 'clarify') ?? null;
  return {
    known: known.slice(0, most),
    unclear,
    left: kept.filter((part) => part !== unclear).map((part) => part.text),
  };
}

function best({ finding }: { finding: Finding }): string | undefined {
  return finding.candidates[0]?.article.id;
}

function piecesOf(text: string, language: Language): Piece[] {
  const pieces: Piece[] = [];
  const announcedText = text.replace(also, `\n${mark}`).replace(andAsks, '\n');
  for (const raw of announcedText.split(sentenceEnd)) {
    const told = raw.replaceAll(mark, '').replace(/^[\s,:]+|[\s,:]+$/gu, '');
    const announced = raw.includes(mark) || (pieces.length > 0 && alsoFirst.test(told));
    const piece = told.replace(alsoFirst, '').replace(and, '');
    if (piece.length < 6 || stemsOf(piece, language).size === 0) continue;
    if (readSmallTalk(piece) !== null || readSignal(piece) !== null) continue;
    pieces.push({ text: piece, announced, asks: asksOrWants.test(wordsOf(piece).join(' ')) });
  }
  return pieces;
}
