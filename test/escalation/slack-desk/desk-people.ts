import { randomUUID } from 'node:crypto';
import type { FakeSlack } from '../../channels/slack/fake-slack.ts';
import type { StoredMessage } from '../../channels/slack/fake-state.ts';

type Fields = Readonly<Record<string, object | string>>;

/** What people at the desk do in a fake Slack. */
export function createDeskPeople(fake: FakeSlack) {
  const { state } = fake;
  const team = { id: state.team, domain: 'acme' };

  /** The payload of a pressed button. */
  const pressOf = (
    user: string,
    channel: string,
    message: Pick<StoredMessage, 'ts' | 'thread_ts' | 'blocks'>,
    action: string,
  ) => {
    const button = elementsOf(message.blocks ?? []).find(
      ({ action_id: id }) => id === `relevo.desk.${action}`,
    );
    if (button === undefined) throw new Error(`there is no button ${action}`);
    return {
      type: 'block_actions',
      team,
      user: { id: user, team_id: state.team },
      trigger_id: `1.${randomUUID()}`,
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel,
        ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
      },
      channel: { id: channel, name: 'soporte' },
      message: structuredClone(message),
      actions: [{ ...button, action_ts: state.nextTs() }],
    };
  };

  const deliver = (payload: object) => fake.deliver(payload, { form: true });

  return {
    pressOf,
    deliver,
    /** Presses a button of a message as it stands. */
    async presses(
      user: string,
      channel: string,
      message: Pick<StoredMessage, 'ts' | 'thread_ts' | 'blocks'> | undefined,
      action: string,
    ) {
      if (message === undefined) throw new Error('there is no such message');
      await deliver(pressOf(user, channel, message, action));
    },
    /** Chooses in the menu at the end of a card's row. */
    async chooses(
      user: string,
      channel: string,
      message: Pick<StoredMessage, 'ts' | 'thread_ts' | 'blocks'> | undefined,
      action: string,
    ) {
      if (message === undefined) throw new Error('there is no such message');
      const press = pressOf(user, channel, message, 'more');
      const option = press.actions[0]?.options?.find(({ value }) => value.startsWith(`${action}:`));
      if (option === undefined) throw new Error(`there is no row ${action}`);
      const actions = [{ type: 'overflow', action_id: 'relevo.desk.more', selected_option: option }];
      await deliver({ ...press, actions });
    },
    /** Presses a button of their own page. */
    async pressesHome(user: string, action: string) {
      const blocks = (state.homes.get(user)?.blocks ?? []) as readonly unknown[];
      const {
        container: _,
        channel: __,
        message: ___,
        ...press
      } = pressOf(user, '', { ts: '', blocks }, action);
      await deliver({ ...press, container: { type: 'view' } });
      return JSON.stringify(state.homes.get(user));
    },
    /** Submits the newest modal with these fields. @returns what the modal does next; null: it closes */
    async submits(user: string, fields: Fields, view = state.modals.at(-1)) {
      if (view === undefined) throw new Error('no modal is open');
      const values = Object.fromEntries(
        Object.entries(fields).map(([block, value]) => [
          block,
          { value: typeof value === 'string' ? { type: 'plain_text_input', value } : value },
        ]),
      );
      const answer = await deliver({
        type: 'view_submission',
        team,
        user: { id: user, team_id: state.team },
        trigger_id: `1.${randomUUID()}`,
        view: { ...view.view, id: view.id, state: { values } },
      });
      const said = typeof answer === 'string' && answer !== '' ? JSON.parse(answer) : answer;
      // Socket Mode acknowledges with an empty object.
      return said && Object.keys(said).length > 0 ? said : null;
    },
    /** Types in a thread. @returns Slack's name of the message */
    types: async (user: string, channel: string, threadTs: string, text: string) =>
      (await fake.customerWrites(user, text, { channel, threadTs })).ts,
    /** Sends the slash command. */
    async commands(user: string, text: string): Promise<string> {
      const said = await fake.sendCommand({
        command: '/relevo',
        text,
        user_id: user,
        channel_id: 'C00000001',
        team_id: state.team,
        trigger_id: '1.1',
      });
      return String((said as { text?: unknown } | undefined)?.text);
    },
    /** Opens their own page. */
    async opensHome(user: string): Promise<string> {
      await fake.deliver(
        fake.eventOf({ type: 'app_home_opened', user, tab: 'home', channel: 'D1', event_ts: '1.1' }),
      );
      return JSON.stringify(state.homes.get(user));
    },
    /** What one person was told privately. */
    whispered: (user: string): string[] =>
      state.whispers.filter((one) => one.user === user).map(({ text }) => text),
  };
}

/** Every text of ours that Slack would look into for mentions and links. */
export function markedTexts(fake: FakeSlack): string[] {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      const { type, text } = value as { type?: unknown; text?: unknown };
      if (type === 'mrkdwn') texts.push(String(text));
      else Object.values(value).forEach(collect);
    }
  };
  for (const { message } of fake.log) {
    texts.push(message.text);
    collect(message.blocks);
  }
  for (const { text, blocks } of fake.state.whispers) {
    texts.push(text);
    collect(blocks);
  }
  for (const { view } of fake.state.modals) collect(view);
  return texts;
}

/** The value of a list that was chosen from. */
export function chosen(value: string): object {
  return { type: 'static_select', selected_option: { value } };
}

interface Element {
  readonly action_id?: string;
  options?: { value: string }[];
}

function elementsOf(blocks: readonly unknown[]): Element[] {
  return blocks.flatMap((block) => (block as { elements?: Element[] }).elements ?? []);
}
