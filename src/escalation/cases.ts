import type { Command } from '../core/command.ts';
import type { Agent } from '../core/conversation.ts';
import { addressKey } from '../core/message.ts';
import type { Rules } from '../core/rules.ts';
import type { Conversations, Handled } from '../store/conversations.ts';
import type { CaseFilter, Cases, ConversationLog, Outbox, Signals, Snapshot } from '../store/store.ts';
import { briefOf } from './brief.ts';
import { storyOf } from './case-story.ts';
import { abilitiesOf, summaryOf } from './case-summary.ts';
import type { CaseAction, CaseDesk, CaseQuery } from './case-view.ts';
import { draftLogbook } from './logbook-draft.ts';

/** What the agents' cases are made of. */
export interface CasesDeps {
  readonly conversations: Conversations;
  readonly log: ConversationLog;
  readonly cases: Cases;
  readonly outbox: Pick<Outbox, 'rows'>;
  readonly signals: Signals;
  readonly rules: () => Rules;
}

/** Commits shown of one case: a case with more shows its beginning and says so by its version. */
const maxCommits = 5_000;

/** The cases as agents work on them, whichever desk they use. */
export function createCases(deps: CasesDeps): CaseDesk {
  const { conversations, log, rules } = deps;

  async function find(ref: string): Promise<Snapshot | null> {
    const found = /^\d{1,15}$/u.test(ref) ? await deps.cases.findNumber(Number(ref)) : await log.load(ref);
    return found ?? null;
  }

  return {
    async list(query) {
      const [cases, counts] = await Promise.all([deps.cases.list(filterOf(query)), deps.cases.counts()]);
      return { cases: cases.map((one) => summaryOf(one, rules())), counts };
    },

    async open(ref, agent) {
      const snapshot = await find(ref);
      if (snapshot === null) return null;
      const { state } = snapshot;
      const [commits, effects] = await Promise.all([
        log.commits(state.id, 0, maxCommits),
        deps.outbox.rows(state.id),
      ]);
      const brief = briefOf(state, commits);
      const summary = summaryOf(snapshot, rules());
      return {
        ...summary,
        brief,
        logbook: state.logbook,
        draft: draftLogbook(state, brief, commits),
        messages: storyOf(commits, effects),
        tiers: rules()
          .tiers.filter(({ level }) => level > (summary.tier ?? 0))
          .map(({ level, name }) => ({ level, name })),
        can: abilitiesOf(snapshot, agent, rules()),
      };
    },

    async act(ref, agent, action) {
      const snapshot = await find(ref);
      if (snapshot === null) return { refused: { code: 'not_found' } };
      const { id } = snapshot.state;
      const key = 'id' in action ? `desk/${encodeURIComponent(agent.id)}/${id}/${action.id}` : null;
      const handled = await conversations.handle(id, commandOf(action, agent), { kind: 'agent', agent }, key);
      if (handled.kind === 'refused') return { refused: handled.refusal };
      const after = await afterwards(handled, snapshot);
      return { case: summaryOf(after, rules()) };
    },

    async typing(ref, agent) {
      const snapshot = await find(ref);
      const stage = snapshot?.state.stage;
      if (snapshot === null || stage?.kind !== 'claimed' || stage.agent.id !== agent.id) return;
      deps.signals.publish(`agent-typing/${addressKey(snapshot.state.address)}`);
    },
  };

  async function afterwards(
    handled: Exclude<Handled, { kind: 'refused' }>,
    before: Snapshot,
  ): Promise<Snapshot> {
    if (handled.kind === 'done') return handled.snapshot;
    return (await log.load(handled.conversation)) ?? before;
  }
}

function filterOf({ view, tier, agent, limit }: CaseQuery): CaseFilter {
  const place = tier === undefined ? {} : { tier };
  switch (view) {
    case 'queue':
      return { stages: ['queued'], limit, ...place };
    case 'mine':
      return { stages: ['claimed', 'solved'], agent: agent.id, limit, ...place };
    case 'open':
      return { stages: ['queued', 'claimed', 'solved'], limit, ...place };
    case 'closed':
      return { stages: ['closed'], limit, ...place };
  }
}

function commandOf(action: CaseAction, agent: Agent): Command {
  switch (action.type) {
    case 'reply':
    case 'note':
      return { type: action.type, agent, text: action.text };
    case 'escalate':
      return { type: 'escalate', agent, reason: action.reason, tier: action.tier };
    case 'solve':
      return { type: 'solve', agent, logbook: action.logbook };
    default:
      return { type: action.type, agent };
  }
}
