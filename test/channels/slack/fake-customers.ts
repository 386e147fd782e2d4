import { randomUUID } from 'node:crypto';
import type { FakeState, StoredFile, StoredMessage } from './fake-state.ts';

/** Where a customer is, in the words of https://docs.slack.dev/reference/events/message */
export interface Where {
  /** A direct message with the bot unless told. */
  readonly channel?: string;
  readonly threadTs?: string;
  readonly ts?: string;
}

/** Slack's part of a delivery. */
export interface Posted {
  readonly ts: string;
  /** The event as it went out, for delivering it again. */
  readonly payload: object;
}

/** What customers do in Slack takes. */
export interface CustomersDeps {
  readonly state: FakeState;
  readonly now: () => number;
  /** Delivers a payload of Slack's to whoever listens. */
  readonly deliver: (payload: object, how?: { readonly form?: boolean }) => Promise<unknown>;
}

/** The human side of a fake Slack: each action changes what Slack holds and delivers its event. */
export function createCustomers({ state, now, deliver }: CustomersDeps) {
  const eventOf = (event: object) => ({
    token: 'redacted',
    team_id: state.team,
    api_app_id: 'A00000001',
    event,
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(now() / 1_000),
    authorizations: [{ enterprise_id: null, team_id: state.team, user_id: state.bot.userId, is_bot: true }],
  });

  const directOf = (user: string): string => `D${user.toUpperCase()}`;

  const channelOf = (user: string, channel: string | undefined) => {
    if (!state.users.has(user)) state.users.set(user, { name: user, locale: 'es-ES' });
    const id = channel ?? directOf(user);
    const known = state.channels.get(id) ?? { direct: id.startsWith('D'), messages: [] };
    state.channels.set(id, known);
    return { id, ...known, type: known.direct ? 'im' : 'channel' };
  };

  const post = async (user: string, where: Where, more: Partial<StoredMessage>): Promise<Posted> => {
    const { id: channel, messages, type } = channelOf(user, where.channel);
    const message: StoredMessage = {
      type: 'message',
      ts: where.ts ?? state.nextTs(),
      user,
      text: '',
      ...(where.threadTs === undefined ? {} : { thread_ts: where.threadTs }),
      ...more,
    };
    messages.push(message);
    const root = messages.find(({ ts }) => ts === where.threadTs);
    if (root !== undefined) root.reply_count = (root.reply_count ?? 0) + 1;
    const payload = eventOf({ ...message, channel, channel_type: type, event_ts: message.ts });
    await deliver(payload);
    if (type === 'channel' && message.text.includes(`<@${state.bot.userId}>`)) {
      const { subtype: _, ...mention } = message;
      await deliver(eventOf({ ...mention, type: 'app_mention', channel, event_ts: message.ts }));
    }
    return { ts: message.ts, payload };
  };

  const find = (ts: string): { readonly channel: string; readonly message: StoredMessage } => {
    for (const [channel, { messages }] of state.channels) {
      const message = messages.find((one) => one.ts === ts);
      if (message !== undefined) return { channel, message };
    }
    throw new Error(`no message ${ts}`);
  };

  return {
    /** The envelope of an event. */
    eventOf,
    /** A person's direct messages with the bot. */
    directOf,

    /** A customer writes; the text is escaped as Slack does. `<@…>` of the bot stays a mention. */
    customerWrites(user: string, text: string, where: Where = {}): Promise<Posted> {
      return post(user, where, { text: slackText(text, state.bot.userId) });
    },
    customerSendsPhoto(
      user: string,
      bytes: Uint8Array,
      where: Where & { text?: string; type?: string } = {},
    ) {
      const id = `F${String(state.files.size + 1).padStart(8, '0')}`;
      const file: StoredFile = {
        id,
        name: 'foto.png',
        size: bytes.length,
        type: where.type ?? 'image/png',
        bytes,
      };
      state.files.set(id, file);
      const shown = {
        id,
        name: file.name,
        mimetype: file.type,
        size: file.size,
        mode: 'hosted',
        url_private: `${state.origin()}/files/${id}`,
      };
      return post(user, where, {
        subtype: 'file_share',
        text: slackText(where.text ?? '', state.bot.userId),
        files: [shown],
      });
    },
    /** A customer taps an option of our newest message that offers it, by its label or id. */
    async customerTaps(user: string, labelOrId: string): Promise<object> {
      for (const { channel, message } of [...state.log].reverse()) {
        const found = optionIn(message.blocks ?? [], labelOrId);
        if (found === null) continue;
        const container = {
          type: 'message',
          channel_id: channel,
          message_ts: message.ts,
          is_ephemeral: false,
          ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
        };
        const payload = {
          type: 'block_actions',
          team: { id: state.team, domain: 'acme' },
          user: { id: user, username: user, team_id: state.team },
          api_app_id: 'A00000001',
          token: 'redacted',
          container,
          trigger_id: `${now()}.1.${randomUUID()}`,
          channel: { id: channel, name: 'directmessage' },
          message: { ...message },
          actions: [{ ...found, block_id: 'b1', action_ts: state.nextTs() }],
        };
        await deliver(payload, { form: true });
        return payload;
      }
      throw new Error(`nobody offered ${labelOrId}`);
    },
    reacts: (user: string, ts: string, reaction: string, added = true) => {
      const { channel, message } = find(ts);
      return deliver(
        eventOf({
          type: added ? 'reaction_added' : 'reaction_removed',
          user,
          reaction,
          item: { type: 'message', channel, ts },
          item_user: message.user,
          event_ts: state.nextTs(),
        }),
      );
    },
    edits: (user: string, ts: string, text: string) => {
      const { channel, message } = find(ts);
      const before = { ...message };
      message.text = slackText(text, state.bot.userId);
      message.edited = { user, ts: state.nextTs() };
      const type = channel.startsWith('D') ? 'im' : 'channel';
      return deliver(
        eventOf({
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          channel,
          channel_type: type,
          ts: message.edited.ts,
          event_ts: message.edited.ts,
          message: { ...message },
          previous_message: before,
        }),
      );
    },
    deletes: (ts: string) => {
      const { channel, message } = find(ts);
      const known = state.channels.get(channel);
      if (known !== undefined) known.messages = known.messages.filter((one) => one !== message);
      const at = state.nextTs();
      const type = channel.startsWith('D') ? 'im' : 'channel';
      return deliver(
        eventOf({
          type: 'message',
          subtype: 'message_deleted',
          hidden: true,
          channel,
          channel_type: type,
          ts: at,
          event_ts: at,
          deleted_ts: ts,
          previous_message: { ...message },
        }),
      );
    },
  };
}

const shortcodes = { '🦜': ':parrot:', '👍': ':+1:', '👎': ':-1:' } as const;

/** A text as Slack's clients send it: escaped, emoji by name. */
function slackText(text: string, botUserId: string): string {
  let out = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  for (const [emoji, name] of Object.entries(shortcodes)) out = out.replaceAll(emoji, name);
  return out.replaceAll(`&lt;@${botUserId}&gt;`, `<@${botUserId}>`);
}

interface Choice {
  readonly text: { readonly text: string };
  readonly value: string;
}

function optionIn(blocks: readonly unknown[], labelOrId: string): object | null {
  const fits = ({ text, value }: Choice) => text.text === labelOrId || value === labelOrId;
  for (const { type, elements } of blocks as { type: string; elements?: unknown[] }[]) {
    if (type !== 'actions') continue;
    for (const element of (elements ?? []) as ({
      type: string;
      action_id: string;
      options?: Choice[];
    } & Choice)[]) {
      if (element.type === 'button' && fits(element)) return element;
      const option = element.options?.find(fits);
      if (option !== undefined) {
        return { type: 'static_select', action_id: element.action_id, selected_option: option };
      }
    }
  }
  return null;
}
