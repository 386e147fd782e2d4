import type { Clock } from '../../../../core/clock.ts';
import { SendError } from '../../../../core/errors.ts';
import type { SlackApp } from '../../../../slack/slack-app.ts';
import type { Cursors } from '../../../../store/cursors.ts';
import type { CaseDetail } from '../../../case-view.ts';
import type { CardRecords } from '../card/card-records.ts';
import { findPosted } from '../find-posted.ts';
import { textAt } from '../payload.ts';
import { lostMessage, type Poster, slackWord } from '../poster.ts';
import type { SlackDeskSettings } from '../settings.ts';
import { channelOf } from '../tier-channels.ts';
import type { Words } from '../words/words.ts';
import { type AskedQuestion, endOf, renderQuestion } from './question-message.ts';

/** What a question's message is known by among others. */
const metadataType = 'relevo_question';
const liveName = 'slack-desk/asked';

/** A question that stands in a tier's channel. */
interface PostedQuestion extends AskedQuestion {
  readonly channel: string;
  /** Slack's name of its message; null while it is not posted. */
  readonly ts: string | null;
  /** Since when it is being posted and nobody knows how that ended, epoch milliseconds. */
  readonly postingSince: number | null;
}

/** What keeping questions takes. */
export interface QuestionKeeperDeps {
  readonly slack: Pick<SlackApp, 'call'>;
  readonly poster: Poster;
  /** Written by the leader alone. */
  readonly cursors: Pick<Cursors, 'get' | 'set'>;
  readonly records: Pick<CardRecords, 'ownQuestion'>;
  /** As relevo.yaml says now. */
  readonly settings: () => SlackDeskSettings;
  readonly words: Words;
  readonly clock: Clock;
}

/** Keeps each open question to a tier in the tier's channel, whoever asked it and wherever. */
export function createQuestionKeeper(deps: QuestionKeeperDeps) {
  const { slack, poster, cursors, records, settings, words, clock } = deps;
  const nameOf = (id: string): string => `slack-desk/questions/${id}`;

  async function live(): Promise<string[]> {
    const text = await cursors.get(liveName);
    return text === null ? [] : JSON.parse(text);
  }

  /** Changes of the list come one after another: many cases are brought up at once. */
  let listing: Promise<void> = Promise.resolve();
  function list(id: string, isLive: boolean): Promise<void> {
    listing = listing
      .catch(() => undefined)
      .then(async () => {
        const ids = await live();
        if (ids.includes(id) === isLive) return;
        await cursors.set(liveName, JSON.stringify(isLive ? [...ids, id] : ids.filter((one) => one !== id)));
      });
    return listing;
  }

  async function save(id: string, posted: readonly PostedQuestion[]): Promise<void> {
    await cursors.set(nameOf(id), JSON.stringify(posted));
    await list(id, posted.length > 0);
  }

  async function post(detail: CaseDetail, question: PostedQuestion): Promise<PostedQuestion> {
    const { channel, postingSince, number } = question;
    const known =
      postingSince === null
        ? null
        : await findPosted(slack, {
            channel,
            since: postingSince,
            type: metadataType,
            payload: `${detail.id}#${number}`,
          });
    if (known !== null) return { ...question, ts: known, postingSince: null };
    const metadata = { event_type: metadataType, event_payload: { of: `${detail.id}#${number}` } };
    const body = renderQuestion(detail, question, null, words);
    const posted = await poster.write(channel, 'chat.postMessage', {
      ...body,
      metadata,
      unfurl_links: false,
    });
    return { ...question, ts: textAt(posted, 'ts'), postingSince: null };
  }

  async function update(detail: CaseDetail, question: PostedQuestion, isOpen: boolean): Promise<void> {
    const { channel, ts, number } = question;
    if (ts === null) return;
    const end = isOpen ? null : endOf(detail.messages, number);
    try {
      await poster.write(channel, 'chat.update', { ts, ...renderQuestion(detail, question, end, words) });
    } catch (error) {
      // Somebody deleted it by hand: the web desk still has it, and what became of it is in the case.
      if (!lostMessage.has(slackWord(error))) throw error;
    }
  }

  async function bringUp(detail: CaseDetail): Promise<void> {
    const { id, questions } = detail;
    const text = await cursors.get(nameOf(id));
    if (text === null && questions.length === 0) return;
    let posted: readonly PostedQuestion[] = text === null ? [] : JSON.parse(text);
    const put = async (next: PostedQuestion): Promise<void> => {
      posted = [...posted.filter(({ number }) => number !== next.number), next];
      await save(id, posted);
    };
    for (const { number, by, text: words, until, tier } of questions) {
      const before = posted.find((one) => one.number === number);
      const channel = before?.channel ?? channelOf(settings(), tier, detail.brand?.name ?? null);
      if (channel === null) continue;
      const question = { number, by, text: words, until, channel };
      if (before?.ts) {
        if (before.text === words && before.until === until) continue;
        await update(detail, { ...question, ts: before.ts, postingSince: null }, true);
        await put({ ...question, ts: before.ts, postingSince: null });
        continue;
      }
      const postingSince = before?.postingSince ?? null;
      await put({ ...question, ts: null, postingSince: postingSince ?? clock.now() });
      try {
        const done = await post(detail, { ...question, ts: null, postingSince });
        if (done.ts !== null) await records.ownQuestion(channel, done.ts, id, number);
        await put(done);
      } catch (error) {
        // What Slack surely did not take is simply posted the next time.
        if (error instanceof SendError && !error.unknown)
          await put({ ...question, ts: null, postingSince: null });
        throw error;
      }
    }
    for (const question of posted) {
      if (questions.some(({ number }) => number === question.number)) continue;
      await update(detail, question, false);
      posted = posted.filter(({ number }) => number !== question.number);
      await save(id, posted);
    }
  }

  return {
    /** Brings the messages of a case's questions up to them. @throws SendError when Slack is away */
    bringUp,
    /** The conversations with questions whose messages show them as open. */
    live,
  };
}

/** Keeps questions. */
export type QuestionKeeper = ReturnType<typeof createQuestionKeeper>;
