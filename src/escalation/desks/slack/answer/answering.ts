import type { Logger } from 'pino';
import { RelevoError, SendError } from '../../../../core/errors.ts';
import type { SlackApp } from '../../../../slack/slack-app.ts';
import type { CaseDesk } from '../../../case-view.ts';
import { escaped, plain, quoted, sections } from '../mrkdwn.ts';
import { textAt } from '../payload.ts';
import { type Poster, slackWord } from '../poster.ts';
import { refusalText } from '../refusal-text.ts';
import type { Words } from '../words/words.ts';
import { undoMs, type WaitingReplies, type WaitingReply } from './waiting-replies.ts';

/** The button that takes an answer back. Its value is the answer's id. */
export const undoAction = 'relevo.desk.undo';

/** What answering takes. */
export interface AnsweringDeps {
  readonly replies: WaitingReplies;
  readonly poster: Poster;
  readonly slack: Pick<SlackApp, 'download'>;
  readonly cases: Pick<CaseDesk, 'act' | 'upload'>;
  readonly words: Words;
  readonly logger: Logger;
  /** The pause between two looks for answers whose process has crashed, in milliseconds. */
  readonly everyMs: number;
  /** Calls back after a while; `setTimeout` unless a test drives it. */
  readonly later?: (run: () => void, delayMs: number) => void;
}

/** Answers customers, each after ten seconds in which it can be undone. */
export interface Answering {
  /** Stores an answer and shows it in the thread with its way back. A repetition changes nothing. */
  begin(reply: Omit<WaitingReply, 'due' | 'state'>): Promise<void>;
  /** Takes an answer back. @returns false when it is too late */
  undo(id: string, by: string): Promise<boolean>;
  /** Sends what is due and was not sent. */
  sendOverdue(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/** Makes the answering of customers from Slack: the only place of this desk from which words go to one. */
export function createAnswering(deps: AnsweringDeps): Answering {
  const { replies, poster, cases, words, logger } = deps;
  const later = deps.later ?? ((run, delayMs) => void setTimeout(run, delayMs).unref());
  /** Where the thread shows an answer that waits, by the answer's id. */
  const notices = new Map<string, Promise<string | null>>();
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function say(
    reply: WaitingReply,
    lines: readonly string[],
    more: readonly object[] = [],
  ): Promise<string | null> {
    const text = lines[0] ?? '';
    const blocks = [...sections(lines.join('\n')), ...more];
    try {
      const args = { thread_ts: reply.threadTs, text, blocks, unfurl_links: false, unfurl_media: false };
      return textAt(await poster.write(reply.channel, 'chat.postMessage', args, 'now'), 'ts');
    } catch (error) {
      // The answer is stored: it goes its way although the thread does not show it.
      logger.warn(
        { conversation: reply.conversation, fault: slackWord(error) },
        'a line in a thread was lost',
      );
      return null;
    }
  }

  const quote = ({ text, files }: WaitingReply): string[] => [
    ...(text === '' ? [] : [quoted(text)]),
    ...files.map(({ name }) => `>:paperclip: ${escaped(name)}`),
  ];

  function announce(reply: WaitingReply): void {
    const undo = { type: 'button', action_id: undoAction, text: plain(words.buttons.undo), value: reply.id };
    const lines = [words.sending.soon(escaped(reply.agent.name)), ...quote(reply)];
    notices.set(reply.id, say(reply, lines, [{ type: 'actions', elements: [undo] }]));
  }

  /** The line in the thread that offered to undo is no longer true. */
  async function withdraw({ id, channel, conversation }: WaitingReply): Promise<void> {
    const ts = await notices.get(id);
    notices.delete(id);
    if (!ts) return;
    try {
      await poster.write(channel, 'chat.delete', { ts }, 'now');
    } catch (error) {
      logger.warn({ conversation, fault: slackWord(error) }, 'an old line in a thread stayed');
    }
  }

  async function send(reply: WaitingReply): Promise<void> {
    const { conversation, agent, id, text } = reply;
    const files: string[] = [];
    let reason: string | null = null;
    try {
      for (const file of reply.files) {
        const kept = await cases.upload(conversation, agent, {
          name: file.name,
          bytes: await deps.slack.download(file.id),
        });
        if (kept !== null) files.push(kept.id);
      }
      // The key that is made of this id keeps a second try from saying it twice.
      const done = await cases.act(
        conversation,
        agent,
        reply.question === undefined
          ? { type: 'reply', id, text, files }
          : { type: 'answer-question', id, question: reply.question, answer: text },
      );
      if ('refused' in done) reason = refusalText(done.refused, words);
    } catch (error) {
      const lasting = error instanceof SendError ? error.permanent : isBadFile(error);
      if (!lasting) throw error;
      reason = words.thread.fileLost;
    }
    await replies.finish(id);
    await withdraw(reply);
    if (reason !== null) await say(reply, [words.sending.refused(reason), ...quote(reply)]);
  }

  function run(work: () => Promise<void>): Promise<void> {
    const running = work()
      .catch((error: unknown) => {
        const code = error instanceof RelevoError ? error.code : String(error);
        if (!stopped) logger.warn({ code }, 'an answer from Slack is tried again soon');
      })
      .finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  }

  async function fire(id: string): Promise<void> {
    const taken = await replies.take(id);
    if (taken !== null) await send(taken);
  }

  const sendOverdue = (): Promise<void> =>
    run(async () => {
      for (const reply of await replies.takeOverdue()) await run(() => send(reply));
    });

  return {
    async begin(reply) {
      const added = await replies.add(reply);
      if (added === null) return;
      announce(added);
      later(() => void (stopped ? undefined : run(() => fire(added.id))), undoMs);
    },
    async undo(id, by) {
      const undone = await replies.undo(id);
      if (undone === null) return false;
      // Slack waits three seconds for an answer to a press; the thread's turn may come later.
      void run(async () => {
        await withdraw(undone);
        await say(undone, [words.sending.undone(escaped(by)), ...quote(undone)]);
      });
      return true;
    },
    sendOverdue,
    start() {
      stopped = false;
      void sendOverdue();
      timer = setInterval(() => void sendOverdue(), deps.everyMs).unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}

/** Whether a file can never be sent: too large, or not there any more. */
function isBadFile(error: unknown): boolean {
  return error instanceof RelevoError && (error.code === 'media_too_large' || error.code === 'no_such_media');
}
