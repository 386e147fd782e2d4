import type { Logger } from 'pino';
import { openPreview } from './app-preview.ts';
import { createStages } from './app-rehearsal.ts';
import type { AppRoles } from './app-roles.ts';
import { openRounds, type Rounds } from './app-rounds.ts';
import { createBotkitBot } from './bot/create-bot.ts';
import { phraseBook } from './bot/phrases/phrase-book.ts';
import type { Clock } from './core/clock.ts';
import type { Ids } from './core/ids.ts';
import type { Json } from './core/json.ts';
import type { Intake } from './core/logbook.ts';
import type { Content, Source } from './core/message.ts';
import type { ConsoleDeps } from './http/routes/console/console.ts';
import { createMissedKeeper, type MissedKeeper } from './kb/missed-keeper.ts';
import { redact } from './kb/redact.ts';
import { createRehearsalWork, rehearse } from './kb/rehearsal/rehearsal-work.ts';
import { createTrialWork } from './kb/trial/trial-work.ts';
import { createEngines, type TrainGates } from './kb/workbench/engines.ts';
import { keepBases } from './kb/workbench/kept-bases.ts';
import type { Converse, TrialMove } from './kb/workbench/trial.ts';
import { createWordWork } from './kb/workbench/word-work.ts';
import { createWorkbench, type Workbench } from './kb/workbench/workbench.ts';
import type { WriteDown } from './kb/workbench/write-down.ts';
import type { Store } from './store/store.ts';

/** What the console is made of. */
export interface AppConsoleDeps {
  readonly store: Pick<Store, 'bases' | 'gaps' | 'log' | 'missed' | 'cursors' | 'signals' | 'audit'>;
  /** By which name articles say that they are for a company. */
  readonly knowledgeOf: (brand: string | null) => string | null;
  /** Trains engines; in threads of their own when left out. */
  readonly train?: TrainGates;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** A turn of a trial takes no longer than this. */
const turnMs = 10_000;

/** A conversation with the bot has no more steps that a rehearsal could be made of. */
const maxCaseCommits = 300;

/** How old a trial's figures may be, and what was missed where nobody looks at it. */
const refreshMs = 15_000;

/** What the supervisors' console works with. */
export interface AppConsole extends ConsoleDeps {
  readonly workbench: Workbench;
  /** Which questions were missed; somebody has to refresh it now and then. */
  readonly missed: MissedKeeper;
}

/** Makes what the supervisors' console works with. Nothing is trained before it is asked for. */
export function openConsole({ store, knowledgeOf, train, clock, ids, log }: AppConsoleDeps): AppConsole {
  const { audit } = store;
  const bases = keepBases(store.bases);
  const writeDown: WriteDown = async ({ id, name, reason }, action, subject, before, after) => {
    await audit.add({ at: clock.now(), who: { id, name }, action, subject, reason, before, after });
  };
  const engines = createEngines({ bases, log, ...(train === undefined ? {} : { train }) });
  const rehearsalDeps = {
    engineOf: engines.ofDraft,
    openStage: createStages(log),
    knowledgeOf,
  };
  const rehearsals = createRehearsalWork({
    ...rehearsalDeps,
    bases,
    commitsOf: (conversation) => store.log.commits(conversation, 0, maxCaseCommits),
    writeDown,
  });
  const missed = createMissedKeeper({ log: store.log, missed: store.missed, clock });
  const workbench = createWorkbench({
    rehearse: (draft) => rehearse(draft, draft.rehearsals, rehearsalDeps),
    bases,
    gaps: store.gaps,
    log: store.log,
    missed,
    cursors: store.cursors,
    signals: store.signals,
    writeDown,
    written: (subject, limit) => audit.list({ subject, limit }),
    converse: createConverse(log),
    knowledgeOf,
    ...(train === undefined ? {} : { train }),
    clock,
    id: () => ids.id(),
    logger: log,
  });
  const trials = createTrialWork({
    bases,
    memory: store.cursors,
    log: store.log,
    signals: store.signals,
    writeDown,
    train: (content) => ('version' in content ? engines.ofPublished(content) : engines.ofDraft(content)),
    clock,
    id: () => ids.id(),
  });
  const words = createWordWork({ bases, book: phraseBook, writeDown });
  const closing = {
    ...workbench,
    close() {
      workbench.close();
      engines.close();
      missed.close();
    },
  };
  return { workbench: closing, words, trials, rehearsals, redact, preview: openPreview(log), audit, missed };
}

/**
 * Has one process of an installation follow the log into what was missed (who looks at gaps does so besides), and count the
 * trial that runs and stop it when its rule says so.
 */
export function openConsoleRounds(
  { missed, trials }: Pick<AppConsole, 'missed' | 'trials'>,
  roles: Pick<AppRoles, 'leaderOf'>,
  log: Logger,
): Rounds {
  const everyMs = refreshMs;
  const rounds = [
    { name: 'trial', work: trials.watch, failure: 'the trial could not be counted', everyMs },
    {
      name: 'missed',
      work: missed.refresh,
      failure: 'what was missed could not be brought up to the log',
      everyMs,
    },
  ].map((round) => openRounds(round, roles, log));
  return {
    async start() {
      for (const round of rounds) await round.start();
    },
    async stop() {
      await Promise.all(rounds.map((round) => round.stop()));
    },
  };
}

/** Plays turns to the product's own bot, without a model and without anything being kept. */
function createConverse(log: Logger): Converse {
  return async (knowledge, turns, first) => {
    const bot = await createBotkitBot({ knowledge, log });
    const moves: TrialMove[] = [];
    const shown: Source[] = [];
    let language = first;
    let memory: Json = null;
    let intake: Intake | null = null;
    for (const turn of turns) {
      const content: Content =
        'text' in turn ? { kind: 'text', text: turn.text } : { kind: 'choice', option: turn.option };
      const decision = await bot.take(
        { conversation: 'trial', language, customerName: null, messages: [content], memory, shown, intake },
        AbortSignal.timeout(turnMs),
      );
      language = decision.language;
      memory = decision.memory;
      intake = decision.intake ?? intake;
      shown.push(...decision.say.flatMap(({ sources }) => sources));
      moves.push({
        say: decision.say,
        action: decision.action.kind,
        outcome: decision.outcome.kind,
        language,
      });
      if (decision.action.kind !== 'wait') break;
    }
    return moves;
  };
}
