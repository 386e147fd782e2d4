import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../../../core/clock.ts';
import type { Agent } from '../../../../core/conversation.ts';
import { SendError } from '../../../../core/errors.ts';
import type { SlackApp } from '../../../../slack/slack-app.ts';
import type { CaseDesk, CaseDetail } from '../../../case-view.ts';
import { findPosted } from '../find-posted.ts';
import { context } from '../mrkdwn.ts';
import { textAt } from '../payload.ts';
import { lostMessage, type Poster, slackWord } from '../poster.ts';
import type { SlackDeskSettings } from '../settings.ts';
import { channelOf } from '../tier-channels.ts';
import { type CardLook, renderCard, renderMoved, type SlackMessage } from './card.ts';
import { redrawAt } from './card-deadlines.ts';
import type { CardRecord, CardRecords } from './card-records.ts';

/** Whoever looks at a case that nobody holds. */
const nobody: Agent = { id: '', name: '' };
const metadataType = 'relevo_card';
/** How often a card that was deleted by hand is posted anew. */
const maxReposts = 1;

/** What keeping cards takes. */
export interface CardKeeperDeps {
  readonly slack: Pick<SlackApp, 'call'>;
  readonly poster: Poster;
  readonly cases: Pick<CaseDesk, 'open'>;
  readonly records: CardRecords;
  /** As relevo.yaml says now. */
  readonly settings: () => SlackDeskSettings;
  readonly look: CardLook;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A case with its card. */
export interface KeptCard {
  readonly detail: CaseDetail;
  readonly record: CardRecord;
}

/** Keeps one card for each case, in the channel of the tier that has it. */
export function createCardKeeper(deps: CardKeeperDeps) {
  const { poster, records, settings, look, clock, logger } = deps;

  /** A case as whoever holds it sees it: the card offers what they may do. */
  async function read(id: string): Promise<CaseDetail | null> {
    let viewer = nobody;
    for (;;) {
      const detail = await deps.cases.open(id, viewer);
      const holder = holderOf(detail);
      if (holder.id === viewer.id) return detail;
      // It was taken or let go meanwhile, or this was the first look.
      viewer = holder;
    }
  }

  /** Tells whether a card is as it would be drawn now; that its buttons carry an older version means nothing. */
  function markOf(detail: CaseDetail): string {
    const card = renderCard({ ...detail, version: 0 }, look, clock.now());
    return createHash('sha256').update(JSON.stringify(card)).digest('base64url').slice(0, 22);
  }

  /** Posts a card, or finds the one whose posting nobody heard the end of. */
  async function post(
    detail: CaseDetail,
    record: CardRecord,
    more: readonly object[] = [],
  ): Promise<CardRecord> {
    const { channel } = record;
    if (channel === null) return record;
    const known =
      record.postingSince === null
        ? null
        : await findPosted(deps.slack, {
            channel,
            since: record.postingSince,
            type: metadataType,
            payload: detail.id,
          });
    const posting = { ...record, postingSince: record.postingSince ?? clock.now() };
    await records.save(detail.id, posting);
    const card = renderCard(detail, look, clock.now());
    let ts = known;
    try {
      ts ??= textAt(await poster.write(channel, 'chat.postMessage', argsOf(card, detail.id, more)), 'ts');
    } catch (error) {
      // What Slack surely did not take is simply posted the next time.
      const surely = error instanceof SendError && !error.unknown;
      if (surely) await records.save(detail.id, { ...record, postingSince: null });
      throw error;
    }
    await records.own(channel, ts, detail.id);
    const mark = known === null && more.length === 0 ? markOf(detail) : '';
    const posted = {
      ...record,
      ts,
      mark,
      version: detail.version,
      postingSince: null,
      redrawAt: redrawAt(detail, clock.now()),
    };
    await records.save(detail.id, posted);
    return posted;
  }

  async function update(detail: CaseDetail, record: CardRecord): Promise<CardRecord> {
    const { channel, ts } = record;
    if (channel === null || ts === null || record.gone) return { ...record, version: detail.version };
    const card = renderCard(detail, look, clock.now());
    const mark = markOf(detail);
    const shown = { ...record, mark, version: detail.version, redrawAt: redrawAt(detail, clock.now()) };
    if (mark === record.mark) return shown;
    try {
      // That time passes is the least that a channel has to be told.
      const urgency = record.version === detail.version ? 'whenever' : 'soon';
      await poster.write(channel, 'chat.update', { ts, ...card }, urgency);
      return shown;
    } catch (error) {
      if (!lostMessage.has(slackWord(error))) throw error;
      return repost(detail, record);
    }
  }

  /** Somebody deleted the card: it is posted once more, and then left to the web desk. */
  async function repost(detail: CaseDetail, record: CardRecord): Promise<CardRecord> {
    const fresh = { ...record, ts: null, lines: null, mark: '' };
    if (isOver(detail) || record.reposts >= maxReposts) {
      logger.warn(
        { conversation: detail.id },
        'a card was deleted in Slack again; the web desk has its case',
      );
      return { ...record, gone: true, version: detail.version };
    }
    logger.warn({ conversation: detail.id }, 'a card was deleted in Slack and is posted anew');
    const word = look.words.card.deletedByHand;
    return post(detail, { ...fresh, reposts: record.reposts + 1 }, [context(word)]);
  }

  /** Says on the card of the tier before where the case went. */
  async function farewell(detail: CaseDetail, record: CardRecord): Promise<CardRecord> {
    const { previous } = record;
    if (previous === null) return record;
    const tier = detail.tierName ?? String(record.tier);
    const args = { ts: previous.ts, ...renderMoved(detail, tier, record.channel, look.words) };
    try {
      await poster.write(previous.channel, 'chat.update', args);
    } catch (error) {
      // A card that is no more, or whose channel takes nothing, misleads nobody.
      if (!(error instanceof SendError) || error.unknown || error.retryAfterMs !== undefined) throw error;
    }
    return { ...record, previous: null };
  }

  async function moveTo(detail: CaseDetail, tier: number, before: CardRecord | null): Promise<CardRecord> {
    const old =
      before !== null && before.channel !== null && before.ts !== null && !before.gone
        ? { channel: before.channel, ts: before.ts }
        : (before?.previous ?? null);
    const record: CardRecord = {
      tier,
      channel: channelOf(settings(), tier, detail.brand?.name ?? null),
      ts: null,
      postingSince: before?.tier === tier ? before.postingSince : null,
      previous: old,
      version: before?.version ?? 0,
      mark: '',
      reposts: 0,
      gone: false,
      lines: null,
      unfinished: false,
      resting: false,
    };
    try {
      return await farewell(detail, await post(detail, record));
    } catch (error) {
      // The new channel may be closed for long: the old card must not look alive meanwhile.
      const saved = await records.get(detail.id);
      if (saved !== null && saved.ts === null) await records.save(detail.id, await farewell(detail, saved));
      throw error;
    }
  }

  return {
    read,
    repost,
    /** Brings a case's card up to the case. @returns null when it needs none @throws SendError when Slack is away */
    async bringUp(id: string): Promise<KeptCard | null> {
      const [detail, record] = [await read(id), await records.get(id)];
      if (detail === null) return null;
      const over = isOver(detail);
      const { tier } = detail;
      if (tier === null || (over && record === null)) return null;
      const channel = channelOf(settings(), tier, detail.brand?.name ?? null);
      if (channel === null && record === null) return null;
      const elsewhere = record === null || record.tier !== tier || record.channel !== channel;
      const missing = record !== null && record.ts === null && record.channel !== null;
      if (!over && (elsewhere || missing)) return { detail, record: await moveTo(detail, tier, record) };
      if (record === null) return null;
      const told = record.previous === null ? record : await farewell(detail, record);
      return { detail, record: await update(detail, told) };
    },
    isOver,
  };
}

/** Keeps cards. */
export type CardKeeper = ReturnType<typeof createCardKeeper>;

function holderOf(detail: CaseDetail | null): Agent {
  const owner = detail?.owner ?? null;
  return (owner !== null && 'agent' in owner ? owner.agent : undefined) ?? nobody;
}

/** Whether no person has the case any more. */
function isOver({ stage }: CaseDetail): boolean {
  return stage === 'closed' || stage === 'bot';
}

function argsOf(card: SlackMessage, id: string, more: readonly object[]) {
  return {
    text: card.text,
    blocks: [...card.blocks, ...more],
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: metadataType, event_payload: { of: id } },
  };
}
