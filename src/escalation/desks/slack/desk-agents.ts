import type { Agent } from '../../../core/conversation.ts';
import type { Accounts, Cursors } from '../../../store/store.ts';
import type { SlackDeskSettings } from './settings.ts';

/** What knowing the agents takes. */
export interface DeskAgentsDeps {
  readonly settings: SlackDeskSettings;
  readonly accounts: Pick<Accounts, 'userByEmail'>;
  readonly cursors: Pick<Cursors, 'get' | 'set'>;
}

/** Who may act from Slack, and whether they are there. */
export function createDeskAgents({ settings, accounts, cursors }: DeskAgentsDeps) {
  const awayName = (agent: Agent): string => `desk/away/${agent.id}`;

  return {
    /** The agent that a Slack user is, the same as on the web desk where the e-mail says so; null: a stranger. */
    async of(user: string): Promise<Agent | null> {
      const known = settings.agents.find(({ slack }) => slack === user);
      if (known === undefined) return null;
      const account = known.email === undefined ? null : await accounts.userByEmail(known.email);
      if (account?.disabled) return null;
      return account === null
        ? { id: `slack-${user}`, name: known.name }
        : { id: account.id, name: account.name };
    },
    async isAway(agent: Agent): Promise<boolean> {
      return (await cursors.get(awayName(agent))) === 'away';
    },
    async setAway(agent: Agent, away: boolean): Promise<void> {
      await cursors.set(awayName(agent), away ? 'away' : '');
    },
  };
}

/** Who may act from Slack. */
export type DeskAgents = ReturnType<typeof createDeskAgents>;
