import { pendingCall } from '../core/call.ts';
import type { CallCommand } from '../core/call-command.ts';
import { secretHash } from '../core/ids.ts';
import type { Address } from '../core/message.ts';
import type { Conversations } from '../store/conversations.ts';
import type { CallStage } from '../video/call-stage.ts';
import { calendarOf } from './call-calendar.ts';

/** What the door's view of cases is made of. */
export interface CallStageDeps {
  readonly conversations: Pick<Conversations, 'handle' | 'peek'>;
  /** A page on which a customer's conversation goes on; null: there is none. */
  readonly chatUrl: (address: Address) => string | null;
  /** Where the web desk is, without a slash at the end. */
  readonly deskUrl: string;
  /** As relevo.yaml says: whom to ring instead, null: nobody; and whether calls are recorded. */
  readonly calls: () => { readonly phone: string | null; readonly recorded: boolean };
}

/** Brings what happens at the door and in the call into the case. What comes too late for it changes nothing. */
export function createCallStage(deps: CallStageDeps): CallStage & {
  /** Whether a case has a call that somebody may go into. */
  isOpen(conversation: string): Promise<boolean>;
} {
  async function stateOf(conversation: string) {
    return (await deps.conversations.peek(conversation, 0))?.state ?? null;
  }

  async function pending(conversation: string) {
    const state = await stateOf(conversation);
    const call = state?.stage.kind === 'claimed' ? pendingCall(state.stage.call) : null;
    return state === null || call === null ? null : { state, call };
  }

  async function tell(conversation: string, command: CallCommand, who: 'agent' | 'customer' | null) {
    const state = await stateOf(conversation);
    if (state === null) return;
    const agent = state.stage.kind === 'claimed' ? state.stage.agent : null;
    const by =
      who === 'agent' && agent !== null
        ? ({ kind: 'agent', agent } as const)
        : who === 'customer'
          ? ({ kind: 'customer' } as const)
          : ({ kind: 'clock' } as const);
    await deps.conversations.handle(conversation, command, by);
  }

  return {
    async isOpen(conversation) {
      return (await pending(conversation)) !== null;
    },
    async describe(conversation) {
      const state = await stateOf(conversation);
      if (state === null) return null;
      const { stage } = state;
      const call = stage.kind === 'claimed' ? stage.call : null;
      return {
        number: state.number,
        language: state.language,
        customer: state.customerName?.trim().split(/\s+/u)[0] || null,
        agent: 'agent' in stage ? stage.agent.name : (state.lastAgent?.name ?? null),
        chatUrl: deps.chatUrl(state.reach),
        deskUrl: `${deps.deskUrl}/cases/${state.number}`,
        ...deps.calls(),
        startsAt: call?.phase === 'scheduled' || call?.scheduled ? call.startsAt : null,
        timeZone: call?.timeZone ?? state.timeZone,
      };
    },
    async calendar(conversation, who) {
      const found = await pending(conversation);
      if (found === null || !found.call.scheduled) return null;
      const { state, call } = found;
      const { stage } = state;
      return calendarOf({
        call: secretHash(call.room ?? call.id).slice(0, 32),
        sequence: call.settings - 1,
        startsAt: call.startsAt,
        number: state.number,
        agent: stage.kind === 'claimed' ? stage.agent.name : '',
        url: call.links.find((link) => link.who === who)?.url ?? null,
        language: state.language,
        cancelled: false,
      });
    },
    waiting: (conversation, who, checks) =>
      tell(conversation, { type: 'call-seen', who, what: 'waiting', checks }, who),
    entered: (conversation, who) =>
      tell(conversation, { type: 'call-seen', who, what: 'entered', checks: null }, who),
    left: (conversation, who) =>
      tell(conversation, { type: 'call-seen', who, what: 'left', checks: null }, who),
    // That somebody came in is known from their own click.
    started: async () => undefined,
    ended: (conversation) => tell(conversation, { type: 'call-over' }, null),
    declined: (conversation, wish, why) =>
      tell(conversation, { type: 'decline-call', wish, why }, 'customer'),
  };
}
