import { vi } from 'vitest';
import type { FakeSlack } from '../../channels/slack/fake-slack.ts';
import type { StoredMessage } from '../../channels/slack/fake-state.ts';
import { chosen, createDeskPeople } from '../../escalation/slack-desk/desk-people.ts';
import type { DeskHands, Person } from './desk-hands.ts';

/** The Slack channel of each tier. */
export const tierChannels: Readonly<Record<number, string>> = {
  1: 'C00000001',
  2: 'C00000002',
  3: 'C00000003',
  4: 'C00000004',
};

/** The members of Slack. */
export const members: Readonly<Record<Person, string>> = { ana: 'U0000ANA1', leo: 'U0000LEO1' };

const patience = { timeout: 60_000, interval: 40 };

/** What a card says, all its blocks as one text. */
export function textOf(message: Pick<StoredMessage, 'blocks'> | undefined): string {
  return JSON.stringify(message?.blocks ?? null);
}

/** The newest card of a case in a tier's channel; undefined when there is none. */
export function cardOf(fake: FakeSlack, tier: number, number: number): StoredMessage | undefined {
  return fake.state.channels
    .get(tierChannels[tier] ?? '')
    ?.messages.findLast(
      (one) => one.thread_ts === undefined && isCard(one) && textOf(one).includes(`Caso ${number}`),
    );
}

/** What agents in Slack do beside what every desk's do. */
export interface SlackHands extends DeskHands {
  /** Opens a video call at once. @returns the agent's own link */
  invites(who: Person, number: number): Promise<string>;
  /** Ends the call with what the customer is to keep of it. */
  endsCall(who: Person, number: number, summary: string, advice: string): Promise<void>;
}

/** Agents who never leave Slack. */
export function createSlackHands(fake: FakeSlack): SlackHands {
  const people = createDeskPeople(fake);

  /** Presses a button of the case's card as soon as it is there. */
  async function presses(who: Person, number: number, action: string): Promise<void> {
    const { channel, card } = await vi.waitFor(() => {
      const tier = [4, 3, 2, 1].find((one) => offers(cardOf(fake, one, number), action));
      if (tier === undefined) throw new Error(`no card of ${number} offers ${action}`);
      return { channel: tierChannels[tier] ?? '', card: cardOf(fake, tier, number) };
    }, patience);
    if (textOf(card).includes(`"relevo.desk.${action}"`)) {
      return people.presses(members[who], channel, card, action);
    }
    if (card === undefined) throw new Error('there is no such card');
    const menu = people.pressOf(members[who], channel, card, 'more');
    const [{ options = [] } = {}] = menu.actions as { options?: { value: string }[] }[];
    const selected_option = options.find(({ value }) => value.startsWith(`${action}:`));
    await people.deliver({ ...menu, actions: [{ action_id: 'relevo.desk.more', selected_option }] });
  }

  /** Fills in the modal that a press opened. */
  async function submits(who: Person, opened: number, fields: Record<string, object | string>) {
    await vi.waitFor(() => {
      if (fake.state.modals.length <= opened) throw new Error('no modal was opened');
    }, patience);
    const faults = await people.submits(members[who], fields);
    const action = (faults as { response_action?: string } | null)?.response_action;
    if (action === 'errors') throw new Error(`the modal has faults: ${JSON.stringify(faults)}`);
    return faults;
  }

  async function fills(who: Person, number: number, action: string, fields: Record<string, object | string>) {
    const opened = fake.state.modals.length;
    await presses(who, number, action);
    return submits(who, opened, fields);
  }

  return {
    takes: (who, number) => presses(who, number, 'take'),
    asks: (who, number, text) => fills(who, number, 'ask', { tier: chosen('3'), text }),
    async answers(who, _number, tier, text) {
      const channel = tierChannels[tier] ?? '';
      const question = await vi.waitFor(() => {
        const found = fake.state.channels
          .get(channel)
          ?.messages.findLast((one) => textOf(one).includes('"relevo.desk.reply"'));
        if (found === undefined) throw new Error('nobody asked anything');
        return found;
      }, patience);
      const opened = fake.state.modals.length;
      await people.presses(members[who], channel, question, 'reply');
      await submits(who, opened, { text });
    },
    escalates: (who, number, reason, plan) =>
      fills(who, number, 'escalate', {
        tier: chosen('3'),
        reason,
        understanding: 'El dron no despega con viento.',
        plan,
        execution: 'Se revisó el manual.',
        results: '',
      }),
    assesses: (who, number, best) =>
      fills(who, number, 'solve', {
        solvable: chosen('yes'),
        missing: 'la respuesta del fabricante',
        'how-long': 'un día',
        best,
      }),
    givesToVendor: (who, number, reference) =>
      fills(who, number, 'vendor', {
        reference,
        'remind-at': { type: 'datetimepicker', selected_date_time: Math.round(Date.now() / 1_000) + 86_400 },
      }),
    vendorAnswered: (who, number, answer) => fills(who, number, 'vendor-answered', { text: answer }),
    async solves(who, number, logbook) {
      await fills(who, number, 'solve', { ...logbook });
    },
    async invites(who, number) {
      const next = await fills(who, number, 'video', { what: chosen('now') });
      return /https?:[^"]+\/v\/[\da-f]{32}/u.exec(JSON.stringify(next))?.[0] ?? '';
    },
    async endsCall(who, number, summary, advice) {
      await fills(who, number, 'end-call', { summary, advice, 'follow-up': chosen('none') });
    },
  };
}

function isCard({ bot_id: bot, blocks = [] }: StoredMessage): boolean {
  return bot !== undefined && (blocks[0] as { type?: string } | undefined)?.type === 'header';
}

function offers(card: StoredMessage | undefined, action: string): boolean {
  const text = textOf(card);
  return text.includes(`"relevo.desk.${action}"`) || text.includes(`"${action}:`);
}
