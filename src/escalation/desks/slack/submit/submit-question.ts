import type { DeskContext } from '../desk-context.ts';
import { fieldFaults } from '../modals/modal.ts';
import { readWords } from '../modals/modal-words.ts';
import { objectsAt, textAt } from '../payload.ts';
import { slackWord } from '../poster.ts';
import { readQuestion, renderQuestion } from '../question.ts';
import { type Answer, actOn, type Submitted } from './submitted.ts';

/** Makes what happens when a question to a tier, or its answer, is submitted. */
export function createSubmitQuestion(desk: DeskContext) {
  const { cases, poster } = desk;

  const note = (submitted: Submitted, part: string, text: string) =>
    actOn(submitted, cases, { type: 'note', id: `modal.${submitted.id}.${part}`, text });

  return {
    /** One question to a tier, without giving up the case. */
    async ask(submitted: Submitted): Promise<Answer> {
      const { view, agent, detail, user, place, words } = submitted;
      const read = readWords(view, words);
      if ('faults' in read) return read.faults;
      const channel = desk.settings().tiers[String(read.tier)];
      if (channel === undefined) return fieldFaults({ tier: words.refusals.no_such_tier ?? words.broken });
      const tier = desk.tiers().find(({ level }) => level === read.tier)?.name ?? String(read.tier);
      const fault = await note(submitted, 'ask', desk.words.asked.noteAsked(tier, read.text));
      if (fault !== null) return fieldFaults({ text: fault });
      const question = { seen: place.seen, number: detail.number, agent: agent.name, text: read.text };
      poster
        .write(channel, 'chat.postMessage', renderQuestion(question, desk.words, null))
        .catch(async (error: unknown) => {
          desk.logger.warn({ conversation: detail.id, fault: slackWord(error) }, 'a question was not posted');
          const text = words.asked.notPosted;
          await poster.whisper({ channel: place.channel, user, threadTs: place.ts || null, text });
        });
      return undefined;
    },

    /** The private answer to such a question. */
    async reply(submitted: Submitted): Promise<Answer> {
      const { view, place, agent, detail, words } = submitted;
      const read = readWords(view, words);
      if ('faults' in read) return read.faults;
      const posted = await desk.slack.call('conversations.replies', {
        channel: place.channel,
        ts: place.ts,
        limit: 1,
      });
      const [message] = objectsAt(posted, 'messages');
      const button = objectsAt(message, 'blocks').flatMap((block) => objectsAt(block, 'elements'));
      const asked = readQuestion({ message, actions: button });
      const fault = await note(
        submitted,
        'reply',
        desk.words.asked.noteAnswered(asked?.text ?? '…', read.text),
      );
      if (fault !== null) return fieldFaults({ text: fault });
      if (asked === null) return undefined;
      const head = textAt(message, 'text');
      const shown = renderQuestion({ ...asked, number: detail.number, agent: '' }, desk.words, agent.name);
      const [, ...rest] = shown.blocks;
      poster
        .write(place.channel, 'chat.update', {
          ts: place.ts,
          text: head,
          blocks: [...objectsAt(message, 'blocks').slice(0, 1), ...rest],
        })
        .catch((error: unknown) => {
          desk.logger.warn({ conversation: detail.id, fault: slackWord(error) }, 'a question stayed open');
        });
      return undefined;
    },
  };
}
