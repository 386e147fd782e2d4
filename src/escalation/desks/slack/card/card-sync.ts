import type { Logger } from 'pino';
import type { Clock } from '../../../../core/clock.ts';
import type { Leadership } from '../../../../core/leadership.ts';
import type { CaseDesk } from '../../../case-view.ts';
import { lostMessage, slackWord } from '../poster.ts';
import type { QuestionKeeper } from '../question/question-keeper.ts';
import type { SlackDeskSettings } from '../settings.ts';
import { channelOf, channelsOf } from '../tier-channels.ts';
import type { CardKeeper, KeptCard } from './card-keeper.ts';
import type { CardRecords } from './card-records.ts';

const maxCases = 1_000;
const atOnce = 8;

/** What keeping all cards takes. */
export interface CardSyncDeps {
  readonly keeper: CardKeeper;
  readonly tellThread: (card: KeptCard) => Promise<KeptCard['record']>;
  readonly questions: QuestionKeeper;
  /** The conversations with questions to tiers that nobody has answered: the bot's are no cases yet. */
  readonly asked: () => Promise<readonly string[]>;
  readonly cases: Pick<CaseDesk, 'list'>;
  readonly records: CardRecords;
  /** As relevo.yaml says now. */
  readonly settings: () => SlackDeskSettings;
  readonly leadership: Leadership;
  readonly clock: Clock;
  /** The pause between two looks at all open cases, in milliseconds. */
  readonly sweepMs: number;
  readonly logger: Logger;
}

/** Keeps cards and threads up to their cases: at once when a case changes, and by a look at all of them now and then. */
export interface CardSync {
  /** A case changed. */
  wake(id: string): void;
  /** A message of Slack's was deleted; harmless when it was no card. */
  lost(id: string, ts: string): void;
  /** Looks at all open cases and at those whose cards may be behind. @throws what the store throws */
  sweep(): Promise<void>;
  start(): Promise<void>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the keeping of all cards. Only the leading process writes. */
export function createCardSync(deps: CardSyncDeps): CardSync {
  const { keeper, records, leadership, logger } = deps;
  const waiting = new Map<string, { readonly lostTs: string | null }>();
  const running = new Map<string, Promise<void>>();
  const timers: NodeJS.Timeout[] = [];
  let sweeping: Promise<void> = Promise.resolve();
  let stopped = false;

  async function bringUp(id: string, lostTs: string | null): Promise<void> {
    if (lostTs !== null) {
      const [detail, record] = [await keeper.read(id), await records.get(id)];
      if (detail !== null && record?.ts === lostTs && !record.gone) {
        await records.save(id, await keeper.repost(detail, record));
      }
    }
    const card = await keeper.bringUp(id);
    const detail = card?.detail ?? (await keeper.read(id));
    if (detail !== null) await deps.questions.bringUp(detail);
    if (card === null) return;
    const resting = keeper.isOver(card.detail);
    try {
      await records.save(id, { ...(await deps.tellThread(card)), resting });
    } catch (error) {
      // The thread's beginning is gone: the card is posted once more, with a new thread.
      if (lostMessage.has(slackWord(error))) {
        await records.save(id, await keeper.repost(card.detail, (await records.get(id)) ?? card.record));
        waiting.set(id, { lostTs: null });
      } else {
        // What the thread lacks is told with the next look at all cases.
        const behind = (await records.get(id)) ?? card.record;
        await records.save(id, { ...behind, mark: card.record.mark, unfinished: true });
        throw error;
      }
    }
  }

  function work(): void {
    for (const [id, { lostTs }] of waiting) {
      if (running.size >= atOnce || stopped) return;
      if (running.has(id)) continue;
      waiting.delete(id);
      const run = bringUp(id, lostTs)
        .catch((error: unknown) => {
          if (!stopped)
            logger.warn(
              { conversation: id, fault: slackWord(error) || String(error) },
              'a card is behind its case',
            );
        })
        .finally(() => {
          running.delete(id);
          work();
        });
      running.set(id, run);
    }
  }

  function wake(id: string, lostTs: string | null = null): void {
    if (stopped || !leadership.leads()) return;
    waiting.set(id, { lostTs: lostTs ?? waiting.get(id)?.lostTs ?? null });
    work();
  }

  async function lookAtAll(): Promise<void> {
    if (!leadership.leads()) return;
    const settings = deps.settings();
    const live = await records.live();
    if (channelsOf(settings).length === 0 && live.length === 0) return;
    const { cases } = await deps.cases.list({ view: 'open', agent: { id: '', name: '' }, limit: maxCases });
    const open = new Map(cases.map((view) => [view.id, view]));
    const now = deps.clock.now();
    for (const id of new Set([...(await deps.asked()), ...(await deps.questions.live())])) wake(id);
    for (const id of new Set([...open.keys(), ...live])) {
      const record = await records.get(id);
      const view = open.get(id);
      const channel = view?.tier == null ? null : channelOf(settings, view.tier, view.brand?.name ?? null);
      if (record === null) {
        if (channel !== null) wake(id);
        continue;
      }
      const older = record.redrawAt != null && record.redrawAt <= now;
      const elsewhere = view !== undefined && record.channel !== channel;
      const posting = record.ts === null && record.channel !== null;
      const behind = record.version !== view?.version || record.unfinished || posting;
      if (behind || older || elsewhere) wake(id);
    }
  }

  /** Leads on, or begins to where nobody does; then everything is looked at, because nobody knows what was missed. */
  async function lead(): Promise<void> {
    const before = leadership.leads();
    if (!(await leadership.claim()) || before) return;
    records.forget();
    await lookAtAll();
  }

  function leadOn(): void {
    lead().catch((error: unknown) =>
      logger.warn({ err: error }, 'who leads the Slack desk could not be settled'),
    );
  }

  function sweep(): Promise<void> {
    sweeping = sweeping
      .catch(() => undefined)
      // A process that slept has to claim anew before it may look.
      .then(() => (leadership.leads() ? lookAtAll() : lead()));
    return sweeping;
  }

  return {
    wake: (id) => wake(id),
    lost: (id, ts) => wake(id, ts),
    sweep,
    async start() {
      stopped = false;
      await lead().catch((error: unknown) => logger.warn({ err: error }, 'the cards could not be looked at'));
      timers.push(setInterval(leadOn, leadership.everyMs).unref());
      const again = (): void => {
        sweep().catch((error: unknown) => logger.warn({ err: error }, 'the cards could not be looked at'));
      };
      timers.push(setInterval(again, deps.sweepMs).unref());
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
    async stop() {
      stopped = true;
      for (const timer of timers.splice(0)) clearInterval(timer);
      await sweeping.catch(() => undefined);
      await Promise.all(running.values());
      await leadership
        .leave()
        .catch((error: unknown) => logger.warn({ err: error }, 'the Slack desk was left late'));
    },
  };
}
