import type { Commit, Event, HandOverReason } from '../core/event.ts';
import type { Language } from '../core/language.ts';
import type { MissedHow } from '../core/missed.ts';

/** A question that the bot did not settle, and what became of it. */
export interface MissedQuestion {
  /** The conversation and the sequence in which it was asked, joined by a point: the same whenever it is read. */
  readonly name: string;
  readonly conversation: string;
  readonly at: number;
  readonly language: Language;
  /** The company whose customer asked, as far as is known; absent: the only one. */
  readonly brand?: string;
  /** The customer's own words, as written. */
  readonly question: string;
  readonly happened: MissedHow;
  /** Somebody of ours answered it, or solved it, so that it could be an article: a proposal. */
  readonly proposed: boolean;
  /** Articles that were shown and did not help, oldest first. */
  readonly shown: readonly string[];
  /** The article that helped after those; absent: none did, or it is not known. */
  readonly helped?: string;
  /** How long agents held the case, without the time they waited for the customer. */
  readonly agentMs: number;
  /** What agents wrote to the customer, oldest first. */
  readonly replies: readonly string[];
  /** What was done, from the logbook; null without one. */
  readonly execution: string | null;
  readonly solved: boolean;
}

/** What a log tells, read commit by commit. */
export interface LogReading {
  /** Commits in any order between conversations, in order within each. */
  add(commit: Commit): void;
  /** Missed questions so far, oldest first. */
  missed(): MissedQuestion[];
  /** How often each article was shown, by id. */
  shown(): ReadonlyMap<string, number>;
  /** Turns the bot took. */
  turns(): number;
}

interface Episode {
  readonly name: string;
  readonly at: number;
  language: Language;
  question: string;
  happened: MissedQuestion['happened'] | 'answered' | 'helped';
  shown: string[];
  helped?: string;
  /** Whether the bot has just asked back. */
  asked: boolean;
  agentMs: number;
  replies: string[];
  execution: string | null;
  solved: boolean;
  proposed: boolean;
}

interface Reading {
  readonly conversation: string;
  language: Language;
  /** What the customer wrote since the bot's last turn, and where it began. */
  words: string[];
  name: string;
  at: number;
  current: Episode | null;
  /** Open questions to tiers: what they are about, by number. The bot's belong to what the customer asked. */
  readonly asked: Map<number, Episode>;
  /** The number of the bot's own open question. */
  botAsked: number | null;
  /** Since when an agent is at work; null: nobody is. */
  heldSince: number | null;
}

/** Characters of one text that are kept. */
const maxText = 2_000;
const maxReplies = 12;
/** Messages that make one question. */
const maxWords = 20;
const maxShown = 5;

/** Reads logs: which questions the bot did not settle, and which articles it showed. */
export function createLogReading(): LogReading {
  const open = new Map<string, Reading>();
  const found: { readonly conversation: string; readonly episode: Episode }[] = [];
  const shown = new Map<string, number>();
  const brands = new Map<string, string>();
  let turns = 0;

  function finish(reading: Reading): void {
    const { conversation, current } = reading;
    if (current !== null && (isMissed(current) || [...reading.asked.values()].includes(current)))
      found.push({ conversation, episode: current });
    reading.current = null;
  }

  return {
    add(commit) {
      let reading = open.get(commit.conversation);
      if (!reading) {
        reading = {
          conversation: commit.conversation,
          language: 'es',
          words: [],
          name: '',
          at: commit.at,
          current: null,
          asked: new Map(),
          botAsked: null,
          heldSince: null,
        };
        open.set(commit.conversation, reading);
      }
      const resolved = commit.events.some((event) => event.type === 'closed');
      for (const event of commit.events) {
        if (event.type === 'bot-took-turn') turns += 1;
        if (event.type === 'started' && event.brand !== undefined)
          brands.set(commit.conversation, event.brand);
        if (event.type === 'said')
          for (const { article } of event.sources) shown.set(article, (shown.get(article) ?? 0) + 1);
        if (event.type === 'bot-took-turn') takeTurn(reading, commit, event, resolved, finish);
        else {
          const asked = takeOther(reading, commit, event);
          if (asked !== null) found.push({ conversation: commit.conversation, episode: asked });
        }
      }
      if (resolved) {
        finish(reading);
        open.delete(commit.conversation);
      }
    },
    missed() {
      const pending = [...open.values()].flatMap(({ conversation, current }) =>
        current === null ? [] : [{ conversation, episode: current }],
      );
      const missed = [...found, ...pending].flatMap((one) => missedOf(one) ?? []);
      const branded = missed.map((one): MissedQuestion => {
        const brand = brands.get(one.conversation);
        return brand === undefined ? one : { ...one, brand };
      });
      return branded.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
    },
    shown: () => shown,
    turns: () => turns,
  };
}

function takeTurn(
  reading: Reading,
  commit: Commit,
  event: Extract<Event, { type: 'bot-took-turn' }>,
  resolved: boolean,
  finish: (reading: Reading) => void,
): void {
  const { outcome, language, intake } = event;
  const words = reading.words.join('\n').slice(0, maxText);
  reading.words = [];
  reading.language = language;
  const { current } = reading;
  const begin = (happened: Episode['happened'], question = words): Episode => {
    finish(reading);
    const name = reading.name || nameOf(commit);
    const episode = episodeOf({ name, at: reading.at, language, question, happened });
    reading.current = episode;
    return episode;
  };
  /** A choice, or words that make the question clearer, go on with it; other words begin another. */
  const goesOn = current !== null && (words === '' || current.asked || reading.botAsked !== null);

  switch (outcome.kind) {
    case 'answered': {
      const reworded = current !== null && outcome.confidence === undefined && words !== '' && !current.asked;
      const episode = goesOn || reworded ? current : begin('answered');
      if (episode === null) break;
      episode.asked = false;
      if (episode.happened === 'unanswered') episode.happened = 'answered';
      if (outcome.article !== undefined) keep(episode.shown, outcome.article, maxShown);
      break;
    }
    case 'clarified':
    case 'unknown': {
      const episode = goesOn ? current : begin('unanswered');
      if (episode === null) break;
      episode.asked = outcome.kind === 'clarified';
      if (episode.happened === 'answered') episode.happened = 'unanswered';
      break;
    }
    case 'feedback':
      if (current === null) break;
      if (resolved && !current.proposed && current.happened === 'disliked')
        helpedLater(current, outcome.article);
      else {
        current.happened = resolved ? (current.proposed ? 'asked' : 'helped') : 'disliked';
        if (!resolved) current.proposed = false;
        if (outcome.article !== undefined) keep(current.shown, outcome.article, maxShown);
      }
      break;
    case 'failed':
      if (words !== '' && !goesOn) begin('unanswered');
      break;
    case 'asked-person':
    case 'intake':
    case 'small-talk':
      break;
  }
  if (intake !== null && reading.current === null && intake.problem.trim() !== '') {
    begin('person', intake.problem.slice(0, maxText));
  }
  if (commit.events.some((one) => one.type === 'handed-over') && reading.current?.happened === 'answered')
    reading.current.happened = 'person';
}

/** The first answer did not help, the next one did: that it was not the first is what can be mended. */
function helpedLater(episode: Episode, article: string | undefined): void {
  episode.happened = 'second';
  if (article === undefined) return;
  episode.helped = article;
  episode.shown = episode.shown.filter((one) => one !== article);
}

/** @returns something that an agent asked their colleagues, now that it is answered; null for everything else */
function takeOther(reading: Reading, commit: Commit, event: Event): Episode | null {
  const { at, seq, conversation } = commit;
  const { current } = reading;
  const pause = (): void => {
    if (reading.heldSince !== null && current !== null)
      current.agentMs += Math.max(0, at - reading.heldSince);
    reading.heldSince = null;
  };
  switch (event.type) {
    case 'started':
      reading.language = event.language;
      break;
    case 'customer-wrote':
      if (reading.words.length === 0) {
        reading.name = `${conversation}.${seq}`;
        reading.at = at;
      }
      if (
        event.content.kind === 'text' &&
        event.content.text.trim() !== '' &&
        reading.words.length < maxWords
      )
        reading.words.push(event.content.text.trim());
      break;
    case 'handed-over':
      handedOver(reading, event.reason);
      break;
    case 'claimed':
    case 'customer-answered':
    case 'solution-refused':
      reading.heldSince ??= at;
      break;
    case 'returned-to-bot':
      pause();
      reading.words = [];
      break;
    case 'customer-awaited':
    case 'escalated':
    case 'lease-expired':
      pause();
      break;
    case 'question-asked': {
      if (event.by === null) {
        reading.botAsked = event.question;
        if (current === null) break;
        current.question = event.text;
        reading.asked.set(event.question, current);
        break;
      }
      const { language } = reading;
      const asked = { name: nameOf(commit), at, language, question: event.text, happened: 'asked' } as const;
      reading.asked.set(event.question, episodeOf(asked));
      break;
    }
    case 'question-answered':
      return answered(reading, event.question, event.answer);
    case 'question-expired':
      reading.botAsked = null;
      reading.asked.delete(event.question);
      break;
    case 'solved': {
      pause();
      const { understanding, execution } = event.logbook;
      if (current === null && event.propose !== true) break;
      const { language } = reading;
      const named = {
        name: nameOf(commit),
        at,
        language,
        question: understanding,
        happened: 'person',
      } as const;
      const solved = current ?? episodeOf(named);
      reading.current = solved;
      solved.solved = true;
      solved.execution = execution.slice(0, maxText);
      if (event.propose === true) solved.proposed = true;
      break;
    }
    case 'said':
      if (event.from === 'agent' && current !== null)
        keep(current.replies, event.text.slice(0, maxText), maxReplies);
      break;
    default:
      break;
  }
  return null;
}

/** A person's answer belongs to what was asked: the customer's question, or an agent's own. */
function answered(reading: Reading, number: number, answer: string): Episode | null {
  const episode = reading.asked.get(number);
  reading.asked.delete(number);
  if (episode === undefined) return null;
  keep(episode.replies, answer.slice(0, maxText), maxReplies);
  episode.proposed = true;
  if (reading.botAsked !== number) return episode;
  reading.botAsked = null;
  episode.happened = 'asked';
  return null;
}

/** After a hand-over by the clock or in the bot's own turn: what was answered before ended with a person all the same. */
function handedOver(reading: Reading, reason: HandOverReason): void {
  const { current } = reading;
  if (current?.happened === 'answered') current.happened = reason === 'disliked' ? 'disliked' : 'person';
  // What the customer writes from now on is for a person.
  reading.words = [];
}

function missedOf({
  conversation,
  episode,
}: {
  readonly conversation: string;
  readonly episode: Episode;
}): MissedQuestion | null {
  if (!isMissed(episode)) return null;
  const { happened, asked: _, ...rest } = episode;
  const settled = happened === 'answered' || happened === 'helped';
  return { ...rest, conversation, happened: settled ? 'person' : happened };
}

function isMissed({ question, happened, proposed }: Episode): boolean {
  if (question.trim() === '') return false;
  return proposed || (happened !== 'answered' && happened !== 'helped');
}

function episodeOf(begun: Pick<Episode, 'name' | 'at' | 'language' | 'question' | 'happened'>): Episode {
  return {
    ...begun,
    shown: [],
    asked: false,
    agentMs: 0,
    replies: [],
    execution: null,
    solved: false,
    proposed: false,
  };
}

function nameOf({ conversation, seq }: Pick<Commit, 'conversation' | 'seq'>): string {
  return `${conversation}.${seq}`;
}

function keep(list: string[], value: string, most: number): void {
  if (!list.includes(value) && list.length < most) list.push(value);
}
