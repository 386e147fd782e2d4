import type { EffectRow } from '../../src/store/outbox.ts';
import { type Evidence, type Known, type PlatformLog, takenKey } from './evidence.ts';
import { answeredIn, customerIn, repliesIn, textsIn, tokensIn } from './tokens.ts';

/** What came of a run. The lists must be empty; each names the cases. */
export interface Verdict {
  /** Messages of customers and commits that the store does not hold, and answers that never reached customers. */
  readonly lost: readonly string[];
  readonly storedTwice: readonly string[];
  /** Answers that a customer saw twice, on channels that can be asked or tell. */
  readonly visibleDuplicates: readonly string[];
  readonly outOfOrder: readonly string[];
  /** What went out twice without a word about it, where a platform cannot be asked. */
  readonly unlisted: readonly string[];
  /** Effects that are neither done nor given up, and conversations in which somebody owes an answer. */
  readonly unfinished: readonly string[];
  readonly messages: number;
  readonly answers: number;
  /** Of these, answers of agents. */
  readonly byPeople: number;
  /** Sends of which nobody knows whether they went out, or went out twice, that people are shown. */
  readonly listed: number;
}

/** Compares what customers sent, what the store holds and what the platforms took. Pure. */
export function judge(evidence: Evidence): Verdict {
  const { sent, found, platforms } = evidence;
  const all = [...found.values()].flat();
  const stored = [...sent].map(([customer, texts]) => storing(customer, texts, found.get(customer) ?? []));
  const seen = platforms.map((platform) => seeing(platform, evidence));
  return {
    lost: [
      ...stored.flatMap(({ lost }) => lost),
      ...all.flatMap(gapsOf),
      ...seen.flatMap(({ lost }) => lost),
    ],
    storedTwice: stored.flatMap(({ twice }) => twice),
    visibleDuplicates: seen.flatMap(({ duplicates }) => duplicates),
    outOfOrder: [
      ...stored.flatMap(({ outOfOrder }) => outOfOrder),
      ...seen.flatMap(({ outOfOrder }) => outOfOrder),
    ],
    unlisted: seen.flatMap(({ unlisted }) => unlisted),
    unfinished: all.flatMap((known) => unfinishedIn(known, evidence.answered)),
    messages: [...sent.values()].reduce((sum, texts) => sum + texts.length, 0),
    answers: platforms.reduce((sum, { taken }) => sum + taken.length, 0),
    byPeople: evidence.answered.size,
    listed: all.flatMap(({ rows }) => rows).filter(isUnknown).length,
  };
}

/** A customer's messages, as they wrote them and as they are stored. */
function storing(customer: string, texts: readonly string[], conversations: readonly Known[]) {
  const stored = conversations.flatMap(({ commits }) => commits.flatMap(textsIn));
  const there = new Set(stored);
  return {
    lost: texts.filter((text) => !there.has(text)).map((text) => `${customer}: ${text}`),
    twice: repeated(stored),
    outOfOrder: inversions(texts, stored).map((text) => `stored ${customer}: ${text}`),
  };
}

/** Numbers that are missing between a log's first commit and its last. */
function gapsOf({ conversation, commits }: Known): string[] {
  const there = new Set(commits.map(({ seq }) => seq));
  return Array.from({ length: commits.at(-1)?.seq ?? 0 }, (_, place) => place + 1)
    .filter((seq) => !there.has(seq))
    .map((seq) => `commit ${seq} of ${conversation.id}`);
}

/** What a platform's customers saw, beside what was said to them. */
function seeing({ channel, askable, names, taken, orphans }: PlatformLog, { answered, found }: Evidence) {
  const mine = [...found].filter(([customer]) => customer.startsWith(`${channel}-`));
  const tokens = taken.flatMap(({ text }) => answeredIn(text));
  const reached = new Set(tokens);
  const ids = new Set(taken.map(({ id }) => id));
  const rows = mine.flatMap(([, conversations]) => conversations.flatMap((known) => known.rows));
  const done = names ? rows.filter(({ state, externalId }) => state === 'done' && externalId !== null) : [];
  const doubled = new Set([
    ...repeated(tokens),
    ...repeated(taken.map(takenKey)),
    ...taken
      .filter((one) => orphans.has(takenKey(one)))
      .map((one) => answeredIn(one.text)[0] ?? `${takenKey(one)}: ${one.text.slice(0, 60)}`),
  ]);
  return {
    lost: [
      ...[...answered]
        .filter((token) => customerIn(token).startsWith(`${channel}-`) && !reached.has(token))
        .map((token) => `answer to ${token}`),
      ...done
        .filter(({ externalId }) => !ids.has(externalId ?? ''))
        .map(({ name }) => `sent, never seen: ${name}`),
    ],
    duplicates: askable ? [...doubled].map((one) => `${channel}: ${one}`) : [],
    unlisted: askable ? [] : [...doubled].slice(rows.filter(isUnknown).length),
    outOfOrder: mine.flatMap(([customer, conversations]) => {
      const theirs = taken.filter((one) => one.customer === customer);
      const said = conversations.flatMap(({ commits }) => commits.flatMap(repliesIn));
      const heard = [...new Set(theirs.flatMap(({ text }) => answeredIn(text)))];
      const effects = conversations.flatMap((known) =>
        known.rows.flatMap(({ externalId }) => externalId ?? []),
      );
      return [
        // What was answered later is seen later, and so is all else that was said.
        ...inversions(said, heard).map((token) => `seen ${token}`),
        ...inversions(
          effects,
          theirs.map(({ id }) => id),
        ).map((id) => `seen ${customer}: ${id}`),
      ];
    }),
  };
}

function unfinishedIn({ conversation, commits, rows }: Known, answered: ReadonlySet<string>): string[] {
  const { stage } = conversation;
  const tokens = () => commits.flatMap(textsIn).flatMap(tokensIn);
  const owes =
    stage.kind === 'queued' ||
    (stage.kind === 'bot' && stage.turn !== null) ||
    (stage.kind === 'claimed' && tokens().some((token) => !answered.has(token)));
  return [
    ...(owes ? [`${conversation.id} ${stage.kind}`] : []),
    ...rows.filter(({ state }) => state === 'pending' || state === 'sending').map(({ name }) => name),
  ];
}

function isUnknown({ error }: EffectRow): boolean {
  return error?.startsWith('unknown_outcome') ?? false;
}

function repeated(values: readonly string[]): string[] {
  const once = new Set<string>();
  const more = new Set<string>();
  for (const value of values) (once.has(value) ? more : once).add(value);
  return [...more];
}

/** Those of `got` that come after one that stands later in `order`. */
function inversions(order: readonly string[], got: readonly string[]): string[] {
  const place = new Map(order.map((value, index) => [value, index]));
  let furthest = -1;
  return got.filter((value) => {
    const at = place.get(value);
    if (at === undefined) return false;
    const early = at < furthest;
    furthest = Math.max(furthest, at);
    return early;
  });
}
