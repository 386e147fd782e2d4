import type { Agent } from '../../../../core/conversation.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseDetail } from '../../../case-view.ts';
import type { DeskContext } from '../desk-context.ts';
import { filesOf, type SlackFile } from '../modals/modal-answer.ts';
import { at, textAt } from '../payload.ts';
import { renderUseButton } from '../question/question-message.ts';
import { levelOf } from '../tier-channels.ts';
import { decideThreadMessage } from './decide-thread-message.ts';
import { typedPrefix } from './thread-keeper.ts';
import { renderHint } from './typed-hint.ts';

/** What somebody typed under a card. */
interface Typed {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
  readonly user: string;
  readonly text: string;
  readonly files: readonly SlackFile[];
}

/** Makes what happens when something is typed, changed or deleted in a tier's Slack channel. */
export function createTyped(desk: DeskContext) {
  const { poster, cases, agents, answering, records, settings, words: shared } = desk;

  const whisper = ({ channel, user, threadTs }: Typed, text: string, blocks?: readonly object[]) =>
    poster.whisper({ channel, user, threadTs, text, ...(blocks === undefined ? {} : { blocks }) });

  const replyId = (channel: string, ts: string): string => `typed.${channel}.${ts}`;

  function markOf(channel: string): string | null {
    const level = levelOf(settings(), channel);
    return (level === null ? undefined : settings().answerMark[level]) ?? null;
  }

  /** Whoever holds the case answers from under its card as it is now, not from under an older one. */
  async function mayAnswer(detail: CaseDetail, { channel, threadTs }: Typed): Promise<boolean> {
    if (!detail.can.reply) return false;
    const record = await records.get(detail.id);
    return record?.channel === channel && record.ts === threadTs;
  }

  async function keep(typed: Typed, agent: Agent, id: string, text: string, more = ''): Promise<void> {
    const names = typed.files.map(({ name }) => name).join(', ');
    const said = [text, ...(names === '' ? [] : [shared.noteFiles(names)])].filter((part) => part !== '');
    const note = {
      type: 'note',
      id: `${typedPrefix}${typed.channel}.${typed.ts}${more}`,
      text: said.join('\n'),
    };
    await cases.act(id, agent, { ...note, type: 'note' });
  }

  async function hear(typed: Typed, id: string, event: SlackObject): Promise<void> {
    const { agent, words } = await agents.meet(typed.user);
    const detail = await cases.open(id, agent ?? { id: '', name: '' });
    if (detail === null) return;
    const decision = decideThreadMessage({
      text: desk.readText(typed.text),
      subtype: textAt(event, 'subtype') || null,
      byBot: at(event, 'bot_id') !== undefined || typed.user === '',
      known: agent !== null,
      hasFiles: typed.files.length > 0,
      mark: markOf(typed.channel),
      mayAnswer: agent !== null && (await mayAnswer(detail, typed)),
    });
    if (decision.kind === 'ignore') return;
    if (agent === null) return whisper(typed, words.stranger(typed.user));
    switch (decision.kind) {
      case 'send': {
        const { channel, ts, threadTs, user, files } = typed;
        return answering.begin({
          id: replyId(channel, ts),
          conversation: id,
          agent,
          user,
          text: decision.text,
          files,
          channel,
          threadTs,
          typedTs: ts,
        });
      }
      case 'may-not-send':
        await keep(typed, agent, id, decision.text);
        return whisper(typed, words.sending.mayNot);
      case 'note': {
        await keep(typed, agent, id, decision.text);
        if (!decision.hint) return;
        const { threadTs, ts: typedTs } = typed;
        const seen = { id, version: detail.version };
        const hint = renderHint({ seen, threadTs, typedTs, text: decision.text }, words);
        if (hint !== null) await whisper(typed, hint.text, hint.blocks);
        return;
      }
      case 'stranger':
        return whisper(typed, words.stranger(typed.user));
    }
  }

  /** Somebody talks under a question: that is no answer to it, and they may think that it is. */
  async function hearUnderQuestion(typed: Typed, { id, question }: { id: string; question: number }) {
    const { agent, words } = await agents.meet(typed.user);
    if (agent === null) return whisper(typed, words.stranger(typed.user));
    const detail = await cases.open(id, agent);
    if (detail === null || !detail.questions.some(({ number }) => number === question)) return;
    const { blocks } = renderUseButton(detail, question, words);
    await whisper(typed, words.asked.useButton, blocks);
  }

  async function changed(event: SlackObject, channel: string): Promise<void> {
    const typed = typedOf(at(event, 'message'), channel);
    const before = textAt(event, 'previous_message', 'text');
    if (typed === null || typed.text === before || at(event, 'message', 'bot_id') !== undefined) return;
    const agent = await agents.of(typed.user);
    const id = await records.ownerOf(channel, typed.threadTs);
    if (agent === null || id === null) return;
    // What was changed before it went out is not what was meant: it is typed anew.
    await answering.undo(replyId(channel, typed.ts), agent.name);
    const edited = textAt(event, 'message', 'edited', 'ts') || textAt(event, 'ts');
    await keep(typed, agent, id, shared.noteChanged(desk.readText(typed.text)), `.${edited}`);
  }

  async function deleted(event: SlackObject, channel: string): Promise<void> {
    const ts = textAt(event, 'deleted_ts');
    const card = await records.ownerOf(channel, ts);
    if (card !== null) return desk.sync.lost(card, ts);
    const agent = await agents.of(textAt(event, 'previous_message', 'user'));
    if (agent !== null) await answering.undo(replyId(channel, ts), agent.name);
  }

  return async (event: SlackObject): Promise<void> => {
    const channel = textAt(event, 'channel');
    if (levelOf(settings(), channel) === null) return;
    const subtype = textAt(event, 'subtype');
    if (subtype === 'message_deleted') return deleted(event, channel);
    if (subtype === 'message_changed') return changed(event, channel);
    const typed = typedOf(event, channel);
    if (typed === null) return;
    const id = await records.ownerOf(channel, typed.threadTs);
    if (id !== null) return hear(typed, id, event);
    const asked = await records.questionOf(channel, typed.threadTs);
    if (asked !== null && at(event, 'bot_id') === undefined) await hearUnderQuestion(typed, asked);
  };
}

/** A message in a thread; null for any other. */
function typedOf(message: unknown, channel: string): Typed | null {
  const [ts, threadTs] = [textAt(message, 'ts'), textAt(message, 'thread_ts')];
  if (ts === '' || threadTs === '' || threadTs === ts) return null;
  const [user, text] = [textAt(message, 'user'), textAt(message, 'text')];
  return { channel, ts, threadTs, user, text, files: filesOf(message, 'files') };
}
