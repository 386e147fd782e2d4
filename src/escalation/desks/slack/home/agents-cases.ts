import type { Agent } from '../../../../core/conversation.ts';
import type { CaseDesk, CaseView } from '../../../case-view.ts';
import type { CardRecords } from '../card/card-records.ts';
import type { DeskUser } from '../desk-agents.ts';
import type { HomeCase } from './home.ts';

/** Cases in one list. */
const maxListed = 20;
/** Cases of the queue that are looked at for somebody's tiers. */
const maxLooked = 200;

/** What an agent's lists take. */
export interface AgentsCasesDeps {
  readonly cases: Pick<CaseDesk, 'list'>;
  readonly records: Pick<CardRecords, 'get'>;
  /** The tiers, with those who work in them by e-mail or name in lower case; left out: everybody does. */
  readonly tiers: () => readonly { readonly level: number; readonly members?: readonly string[] }[];
  /** The address of a message in Slack; null while nobody knows it. */
  readonly addressOf: (channel: string, ts: string) => Promise<string | null>;
  /** Where a case is in the web desk; null: nobody knows its address. */
  readonly webAddress: (number: number) => string | null;
}

/** Gives an agent's lists of cases, nearest deadline first. */
export function createAgentsCases({ cases, records, tiers, addressOf, webAddress }: AgentsCasesDeps) {
  async function placed(view: CaseView): Promise<HomeCase> {
    const record = await records.get(view.id);
    const card =
      record?.channel && record.ts && !record.gone ? await addressOf(record.channel, record.ts) : null;
    return { view, address: card ?? webAddress(view.number) };
  }

  function worksIn(agent: Agent, email: string | null, level: number | null): boolean {
    const members = tiers().find((tier) => tier.level === level)?.members;
    if (members === undefined) return true;
    const names = [agent.name.trim().toLowerCase(), ...(email === null ? [] : [email.toLowerCase()])];
    return members.some((member) => names.includes(member));
  }

  return {
    placed,
    /** The cases that somebody has, and those that wait in the tiers they work in. */
    async of({ agent, email }: DeskUser & { readonly agent: Agent }) {
      const [mine, queue] = await Promise.all([
        cases.list({ view: 'mine', agent, limit: maxListed }),
        cases.list({ view: 'queue', agent, limit: maxLooked }),
      ]);
      const theirs = queue.cases.filter(({ tier }) => worksIn(agent, email, tier)).slice(0, maxListed);
      return {
        mine: await Promise.all(mine.cases.map(placed)),
        queue: await Promise.all(theirs.map(placed)),
      };
    },
  };
}

/** An agent's lists of cases. */
export type AgentsCases = ReturnType<typeof createAgentsCases>;
