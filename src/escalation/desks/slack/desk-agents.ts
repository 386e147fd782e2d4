import type { Clock } from '../../../core/clock.ts';
import type { Agent } from '../../../core/conversation.ts';
import { isLanguage, type Language } from '../../../core/language.ts';
import type { SlackApp } from '../../../slack/slack-app.ts';
import type { Accounts } from '../../../store/accounts.ts';
import type { NextCase } from '../../next-case.ts';
import { textAt } from './payload.ts';
import type { SlackDeskSettings } from './settings.ts';
import { type Words, wordsOf } from './words/words.ts';

/** What knowing the agents takes. */
export interface DeskAgentsDeps {
  readonly slack: Pick<SlackApp, 'call'>;
  readonly settings: () => SlackDeskSettings;
  readonly accounts: Pick<Accounts, 'userByEmail'>;
  /** Who is away, the same on every desk. */
  readonly next: Pick<NextCase, 'availability' | 'setAvailability'>;
  /** What somebody is spoken to in of whom no language is known. */
  readonly language: Language;
  readonly clock: Clock;
}

/** Somebody in Slack, as the desk knows them. */
export interface DeskUser {
  /** Their Slack member id. */
  readonly user: string;
  /** Null: a stranger. */
  readonly agent: Agent | null;
  /** With which they sign in to the web desk; null: they do not. */
  readonly email: string | null;
  /** What they are spoken to in. */
  readonly words: Words;
}

/** How long a language that Slack told is believed. */
const languageMs = 24 * 3_600_000;
/** How long nobody asks again when it was not told. */
const unknownMs = 10 * 60_000;
/** How long a press waits for Slack to tell it: Slack itself gives an answer three seconds. */
const languageWaitMs = 600;

/** Who may act from Slack, in which language, and whether they are there. */
export function createDeskAgents(deps: DeskAgentsDeps) {
  const { settings, accounts, next, clock } = deps;
  const told = new Map<string, { readonly language: Promise<Language>; readonly until: number }>();

  const lineOf = (user: string) => settings().agents.find(({ slack }) => slack === user);

  async function identify(user: string): Promise<Pick<DeskUser, 'agent' | 'email'>> {
    const line = lineOf(user);
    if (line === undefined) return { agent: null, email: null };
    const account = line.email === undefined ? null : await accounts.userByEmail(line.email);
    if (account?.disabled) return { agent: null, email: null };
    return account === null
      ? { agent: { id: `slack-${user}`, name: line.name }, email: line.email ?? null }
      : { agent: { id: account.id, name: account.name }, email: account.email };
  }

  /** As set in relevo.yaml, else as their Slack is. */
  async function languageOf(user: string): Promise<Language> {
    const set = lineOf(user)?.language;
    if (set !== undefined || user === '') return set ?? deps.language;
    const known = told.get(user);
    if (known !== undefined && known.until > clock.now()) return known.language;
    const language = deps.slack.call('users.info', { user, include_locale: true }).then(
      (found) => {
        const code = textAt(found, 'user', 'locale').slice(0, 2);
        return isLanguage(code) ? code : deps.language;
      },
      () => {
        // Without the right to look, or while Slack is away.
        told.set(user, { language: Promise.resolve(deps.language), until: clock.now() + unknownMs });
        return deps.language;
      },
    );
    told.set(user, { language, until: clock.now() + languageMs });
    return Promise.race([language, waited(deps.language)]);
  }

  return {
    /** The Slack member that an agent is; null: none that relevo.yaml knows. */
    async userOf({ id }: Agent): Promise<string | null> {
      for (const { slack } of settings().agents) {
        if ((await identify(slack)).agent?.id === id) return slack;
      }
      return null;
    },
    /** Who a Slack user is: the same agent as on the web desk where the e-mail says so. */
    async meet(user: string): Promise<DeskUser> {
      const [who, language] = await Promise.all([identify(user), languageOf(user)]);
      return { user, ...who, words: wordsOf(language) };
    },
    /** The agent that a Slack user is; null: a stranger. */
    of: async (user: string): Promise<Agent | null> => (await identify(user)).agent,
    isAway: async (agent: Agent): Promise<boolean> => (await next.availability(agent)) === 'away',
    setAway: (agent: Agent, away: boolean): Promise<void> =>
      next.setAvailability(agent, away ? 'away' : 'available'),
  };
}

/** Who may act from Slack. */
export type DeskAgents = ReturnType<typeof createDeskAgents>;

function waited<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), languageWaitMs).unref());
}
