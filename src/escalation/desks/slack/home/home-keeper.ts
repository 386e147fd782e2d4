import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../../../core/clock.ts';
import type { SlackApp, SlackObject } from '../../../../slack/slack-app.ts';
import type { DeskAgents } from '../desk-agents.ts';
import { section } from '../mrkdwn.ts';
import { type Poster, slackWord } from '../poster.ts';
import type { AgentsCases } from './agents-cases.ts';
import { renderHome } from './home.ts';

/** How long a page is kept up after its reader opened it, in milliseconds. */
const watchedMs = 30 * 60_000;

/** What keeping agents' own pages takes. */
export interface HomeKeeperDeps {
  readonly slack: Pick<SlackApp, 'call'>;
  readonly agents: DeskAgents;
  readonly agentsCases: AgentsCases;
  readonly poster: Pick<Poster, 'faults'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The least pause between two rounds over the pages that are open, in milliseconds. */
  readonly everyMs: number;
}

/** Shows agents their own pages in Slack, and keeps those up that somebody looks at. */
export interface HomeKeeper {
  /** Draws somebody's page. That it is lost is only logged. @param notice what came of what they pressed */
  show(user: string, notice?: string): Promise<void>;
  /** Something changed: the pages that are open are drawn anew soon. */
  changed(): void;
  stop(): Promise<void>;
}

/** Makes the keeping of agents' own pages. */
export function createHomeKeeper(deps: HomeKeeperDeps): HomeKeeper {
  const { slack, agents, agentsCases, poster, clock, logger } = deps;
  /** Who looks at their page, until when, and what it shows. */
  const watched = new Map<string, { readonly until: number; readonly mark: string }>();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  async function draw(user: string, notice: string | null): Promise<SlackObject> {
    const who = await agents.meet(user);
    const { agent, words } = who;
    if (agent === null) return { type: 'home', blocks: [section(words.stranger(user))] };
    const [lists, away] = await Promise.all([agentsCases.of({ ...who, agent }), agents.isAway(agent)]);
    return renderHome({ ...lists, away, faults: poster.faults(), notice }, words);
  }

  async function publish(user: string, notice: string | null, until: number): Promise<void> {
    try {
      const view = await draw(user, notice);
      const mark = createHash('sha256').update(JSON.stringify(view)).digest('base64url');
      if (watched.get(user)?.mark === mark && notice === null && until === watched.get(user)?.until) return;
      await slack.call('views.publish', { user_id: user, view });
      watched.set(user, { until, mark });
    } catch (error) {
      logger.warn({ fault: slackWord(error) || String(error) }, 'an agent’s page in Slack was not drawn');
    }
  }

  async function drawOpen(): Promise<void> {
    for (const [user, { until }] of watched) {
      if (until > clock.now()) await publish(user, null, until);
      else watched.delete(user);
    }
  }

  return {
    show: (user, notice) => publish(user, notice ?? null, clock.now() + watchedMs),
    changed() {
      if (watched.size === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        round = round.then(drawOpen);
      }, deps.everyMs).unref();
    },
    async stop() {
      clearTimeout(timer);
      watched.clear();
      await round;
    },
  };
}
