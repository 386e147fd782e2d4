import type { Agent } from '../core/conversation.ts';
import type { Accounts, Role } from '../store/accounts.ts';

/** Somebody who works at the desks, whichever of them they use. */
export interface Colleague {
  /** The agents that they act as or acted as; the first is who they act as now. */
  readonly ids: readonly [string, ...string[]];
  readonly name: string;
  /** In lower case; null where none is known. */
  readonly email: string | null;
  /** Null: a token, or whoever tries Relevo out before there are users. */
  readonly role: Role | null;
  /** The brands whose cases they see; absent: all. */
  readonly brands?: readonly string[];
}

/** A line of `relevo.yaml` that says who somebody in Slack is. */
export interface SlackAgent {
  readonly slack: string;
  readonly name: string;
  readonly email?: string | undefined;
}

/** Who works at the desks: an account and the Slack users with its e-mail are one person. */
export interface Staff {
  /** Everybody who may act now. */
  all(): Promise<readonly Colleague[]>;
  /** The person that an agent is. */
  of(agent: Agent): Promise<Colleague>;
}

/** The agent of whoever tries Relevo out while there are no users. */
export const demoId = 'demo';

/** The agent that a Slack user acts as who has no account. */
export function slackAgentId(user: string): string {
  return `slack-${user}`;
}

/**
 * @param deps `slackAgents` and `boundTo` as relevo.yaml says now: the latter are the brands of those who do not work for
 *   all, by their e-mail or else their name, in lower case
 */
export function createStaff(deps: {
  readonly accounts: Pick<Accounts, 'users'>;
  readonly slackAgents: () => readonly SlackAgent[];
  readonly boundTo?: () => Readonly<Record<string, readonly string[]>>;
}): Staff {
  const { boundTo = () => ({}) } = deps;

  function bound(who: Colleague): Colleague {
    const bounds: Readonly<Record<string, readonly string[]>> = boundTo();
    const brands = bounds[who.email ?? ''] ?? bounds[who.name.trim().toLowerCase()];
    // What the account itself says counts where relevo.yaml says nothing.
    return brands === undefined ? who : { ...who, brands };
  }

  async function all(): Promise<Colleague[]> {
    const users = await deps.accounts.users();
    const inSlack = deps.slackAgents();
    const accounts = users.map(({ id, name, email, role, disabled, brands }) => {
      const theirs = inSlack.filter((one) => same(one.email, email)).map(({ slack }) => slackAgentId(slack));
      const ids: Colleague['ids'] = [id, ...theirs];
      const own = brands === undefined ? {} : { brands };
      return { ids, name, email: email.toLowerCase(), role, disabled, ...own };
    });
    const others = inSlack.filter(({ email }) => !users.some((user) => same(email, user.email)));
    const everybody: Colleague[] = [
      ...accounts.filter(({ disabled }) => !disabled),
      ...others.map(({ slack, name, email }): Colleague => {
        return { ids: [slackAgentId(slack)], name, email: email?.toLowerCase() ?? null, role: 'agent' };
      }),
    ];
    return everybody.map(bound);
  }

  return {
    all,
    async of(agent) {
      const known = (await all()).find(({ ids }) => ids.includes(agent.id));
      return known ?? bound({ ids: [agent.id], name: agent.name, email: null, role: null });
    },
  };
}

function same(one: string | undefined, email: string): boolean {
  return one?.toLowerCase() === email.toLowerCase();
}
