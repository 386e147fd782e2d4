import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Agent } from '../../../../core/conversation.ts';
import { SendError } from '../../../../core/errors.ts';
import type { ConversationLog } from '../../../../store/conversation-log.ts';
import type { CaseDesk, CaseDetail, CaseMessage } from '../../../case-view.ts';
import { logbookLines } from '../card/card-brief.ts';
import type { KeptCard } from '../card/card-keeper.ts';
import type { CardRecord, CardRecords, ShownLine } from '../card/card-records.ts';
import { escaped, marked, sections, shortened } from '../mrkdwn.ts';
import { textAt } from '../payload.ts';
import { lostMessage, type Poster, slackWord } from '../poster.ts';
import type { SlackDeskSettings } from '../settings.ts';
import type { Words } from '../words/words.ts';
import { isTold, threadLine } from './thread-line.ts';

/** Lines that are watched for edits, deletions and what became of them. */
const maxWatched = 120;
/** Lines told when a thread opens; the card and the web desk have the rest. */
const maxBefore = 20;
/** Photos and files shared when a thread opens. */
const maxFilesBefore = 5;
const maxText = 12_000;
const maxTextBefore = 500;

/** What a note that was typed in a thread is called by: the thread has it already. */
export const typedPrefix = 'thread.';

/** What keeping threads takes. */
export interface ThreadKeeperDeps {
  readonly poster: Poster;
  readonly cases: Pick<CaseDesk, 'file'>;
  readonly log: Pick<ConversationLog, 'commits'>;
  readonly records: CardRecords;
  /** As relevo.yaml says now. */
  readonly settings: () => SlackDeskSettings;
  /** The Slack member that an agent is; null: none that is known. */
  readonly userOf: (agent: Agent) => Promise<string | null>;
  readonly words: Words;
  readonly logger: Logger;
}

/** Tells the thread under a card what happens in its case, line by line. */
export function createThreadKeeper(deps: ThreadKeeperDeps) {
  const { poster, records, words } = deps;

  /** @returns Slack's name of what was posted */
  async function say(record: CardRecord, text: string, more: object = {}): Promise<string> {
    const { channel, ts } = record;
    if (channel === null || ts === null) return '';
    const posted = await poster.write(channel, 'chat.postMessage', {
      thread_ts: ts,
      ...bodyOf(text),
      ...more,
    });
    return textAt(posted, 'ts');
  }

  async function mentionOf(agent: Agent | undefined): Promise<string | null> {
    const user = agent === undefined ? null : await deps.userOf(agent);
    return user === null ? null : `<@${user}>`;
  }

  function lineOf(message: CaseMessage, { customerName }: CaseDetail, most = maxText): string {
    return threadLine(message, { words, customerName, maxText: most });
  }

  function shownLine(
    message: CaseMessage,
    detail: CaseDetail,
    ts: string | null,
    fileDone: boolean,
  ): ShownLine {
    return { id: message.id, ts, mark: markOf(lineOf(message, detail)), fileDone };
  }

  async function open(detail: CaseDetail, record: CardRecord): Promise<CardRecord> {
    const { messages, owner, tier, logbook } = detail;
    const holder = owner !== null && 'agent' in owner ? owner.agent : undefined;
    // Whoever is mentioned in a thread hears of what comes in it.
    const agent = (await mentionOf(holder)) ?? escaped(holder?.name ?? '');
    const mark = deps.settings().answerMark[String(tier)];
    const told = messages
      .filter(isTold)
      .slice(-maxBefore)
      .map((message) => lineOf(message, detail, maxTextBefore));
    await say(
      record,
      [
        words.thread.opened(agent, mark === undefined ? null : escaped(mark)),
        ...(logbook === null
          ? []
          : [`*${words.card.logbook}*`, ...logbookLines(logbook, words, maxTextBefore)]),
        `*${words.thread.before}*`,
        ...told,
      ].join('\n'),
    );
    const withFiles = messages
      .filter(({ file, from }) => file !== undefined && from !== 'bot')
      .slice(-maxFilesBefore);
    const lines = messages
      .slice(-maxWatched)
      .map((message) => shownLine(message, detail, null, !withFiles.includes(message)));
    return keep(detail, { ...record, lines });
  }

  async function keep(detail: CaseDetail, record: CardRecord): Promise<CardRecord> {
    await records.save(detail.id, record);
    return record;
  }

  /** Lines that came since. What was typed in the thread itself is there already. */
  async function newLines(detail: CaseDetail, record: CardRecord): Promise<CaseMessage[]> {
    const known = new Set(record.lines?.map(({ id }) => id));
    const last = detail.messages.findLastIndex(({ id }) => known.has(id));
    const fresh = detail.messages.slice(last + 1).filter(isTold);
    if (!fresh.some(({ from }) => from === 'note')) return fresh;
    const typed = new Set<string>();
    const from = Math.min(...fresh.map(({ id }) => seqOf(id)));
    for (const { conversation, seq, key } of await deps.log.commits(detail.id, from - 1, 5_000)) {
      if (key?.split('/').at(-1)?.startsWith(typedPrefix)) typed.add(`${conversation}.${seq}.`);
    }
    return fresh.filter(
      ({ id, from: who }) => who !== 'note' || !typed.has(id.slice(0, id.lastIndexOf('.') + 1)),
    );
  }

  async function tellNew(detail: CaseDetail, before: CardRecord): Promise<CardRecord> {
    let record = before;
    for (const message of await newLines(detail, record)) {
      // A case that comes back is far up in the channel: this line is shown in the channel too.
      const again = message.event?.type === 'reopened' ? { reply_broadcast: true } : {};
      const { owner } = detail;
      const taker =
        message.event?.type === 'claimed' && owner !== null && 'agent' in owner ? owner.agent : undefined;
      const mention = taker?.name === message.event?.agent ? await mentionOf(taker) : null;
      const text = lineOf(message, detail);
      const ts = await say(record, mention === null ? text : `${text} · ${mention}`, again);
      const line = shownLine(message, detail, ts, message.file === undefined);
      record = await keep(detail, { ...record, lines: [...(record.lines ?? []), line].slice(-maxWatched) });
    }
    return record;
  }

  async function tellChanged(detail: CaseDetail, before: CardRecord): Promise<CardRecord> {
    let record = before;
    const messages = new Map(detail.messages.map((message) => [message.id, message]));
    for (const line of before.lines ?? []) {
      const message = messages.get(line.id);
      if (message === undefined) continue;
      const text = lineOf(message, detail);
      let ts = line.ts;
      if (markOf(text) !== line.mark) {
        if (ts === null) ts = await say(record, text);
        else ts = await changeLine(record, ts, text);
      }
      const fileDone = line.fileDone || (await share(message, record));
      if (markOf(text) === line.mark && fileDone === line.fileDone) continue;
      const next = { ...line, ts, mark: markOf(text), fileDone };
      const lines = (record.lines ?? []).map((one) => (one.id === line.id ? next : one));
      record = await keep(detail, { ...record, lines });
    }
    return record;
  }

  /** @returns Slack's name of the line: a new one where somebody had deleted it by hand */
  async function changeLine(record: CardRecord, ts: string, text: string): Promise<string> {
    if (record.channel === null) return ts;
    try {
      await poster.write(record.channel, 'chat.update', { ts, ...bodyOf(text) });
      return ts;
    } catch (error) {
      if (!lostMessage.has(slackWord(error))) throw error;
      return say(record, text);
    }
  }

  /** @returns whether nothing more is to be done for the file */
  async function share({ file }: CaseMessage, record: CardRecord): Promise<boolean> {
    if (file === undefined || file.state === 'failed') return true;
    const { channel, ts } = record;
    if (file.state === 'remote' || channel === null || ts === null) return false;
    const found = await deps.cases.file(file.id, null);
    if (found === null) return false;
    const chunks: Uint8Array[] = [];
    for await (const chunk of found.body) chunks.push(chunk);
    const name = found.name ?? `${file.kind}.${extensionOf(found.type)}`;
    try {
      await poster.share({ channel, threadTs: ts, name, bytes: Buffer.concat(chunks) });
    } catch (error) {
      if (!(error instanceof SendError) || (!error.permanent && error.code !== 'refused')) throw error;
      deps.logger.warn({ code: error.code }, 'a file could not be shared in Slack');
      await say(record, `_${words.thread.fileTooBig}_`);
    }
    return true;
  }

  /** Brings the thread up to the case. @throws SendError when Slack is away or the thread is no more */
  return async ({ detail, record }: KeptCard): Promise<CardRecord> => {
    if (record.channel === null || record.ts === null || record.gone) return record;
    const opens = record.lines === null && (detail.stage === 'claimed' || detail.stage === 'solved');
    if (record.lines === null && !opens) return record;
    const opened = record.lines === null ? await open(detail, record) : record;
    const told = await tellChanged(detail, await tellNew(detail, opened));
    const watched = new Set(told.lines?.map(({ id }) => id));
    const unfinished =
      (told.lines ?? []).some(({ fileDone }) => !fileDone) ||
      detail.messages.some(
        ({ id, effect }) => watched.has(id) && (effect === 'pending' || effect === 'sending'),
      );
    return { ...told, unfinished };
  };
}

/** The sequence in a line's id: `<conversation>.<sequence>.<place>`. */
function seqOf(id: string): number {
  return Number(id.split('.')[1] ?? 0);
}

function bodyOf(text: string) {
  const [head = ''] = text.split('\n');
  const blocks = sections(text);
  return {
    text: shortened(head, 300),
    blocks: blocks.length === 0 ? [{ type: 'section', text: marked('…') }] : blocks,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function extensionOf(type: string): string {
  return /^[\w.+-]+\/([\w-]+)/u.exec(type)?.[1] ?? 'bin';
}
