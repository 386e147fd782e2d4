import { deskMethods } from './fake-desk-methods.ts';
import type { FakeState, StoredMessage } from './fake-state.ts';

/** The arguments of a call, as they came: complex ones are JSON in a text. */
export type Args = Readonly<Record<string, string>>;
/** An answer of the Web API; `error` is Slack's word for what is wrong. */
export type Answer = Readonly<Record<string, unknown>> & { readonly error?: string };

/** What the fake knows of Slack's methods, made to https://docs.slack.dev/reference/methods */
export const methods: Readonly<Record<string, (state: FakeState, args: Args) => Answer>> = {
  ...deskMethods,

  'auth.test': ({ team, bot }) => ({
    team: 'Acme',
    url: 'https://acme.slack.com/',
    team_id: team,
    user: 'relevo',
    user_id: bot.userId,
    bot_id: bot.botId,
  }),

  'users.info': ({ users }, { user = '' }) => {
    const known = users.get(user);
    return known === undefined
      ? { error: 'user_not_found' }
      : { user: { id: user, name: user, real_name: known.name, locale: known.locale, profile: {} } };
  },

  'users.conversations': ({ channels }, args) =>
    page(
      [...channels].map(([id, { direct }]) => ({ id, is_im: direct, is_archived: false })),
      args,
      'channels',
    ),

  'conversations.history': ({ channels }, args) => {
    const channel = channels.get(args.channel ?? '');
    if (channel === undefined) return { error: 'channel_not_found' };
    const top = channel.messages.filter(({ ts, thread_ts: root }) => root === undefined || root === ts);
    return page(within(top, args).reverse(), args, 'messages');
  },

  'conversations.replies': ({ channels }, args) => {
    const channel = channels.get(args.channel ?? '');
    if (channel === undefined) return { error: 'channel_not_found' };
    const named = channel.messages.find(({ ts }) => ts === args.ts);
    if (named === undefined) return { error: 'thread_not_found' };
    const root = named.thread_ts ?? named.ts;
    // The name of an answer gives that answer alone.
    if (root !== named.ts) return { messages: [named] };
    const thread = channel.messages.filter(({ ts, thread_ts: of }) => ts === root || of === root);
    return page([named, ...within(thread, args).filter(({ ts }) => ts !== root)], args, 'messages');
  },

  'chat.postMessage': (state, args) => {
    const channel = state.channels.get(args.channel ?? '');
    if (channel === undefined) return { error: 'channel_not_found' };
    if (channel.fault !== undefined) return { error: channel.fault };
    const root = args.thread_ts;
    if (root !== undefined && !channel.messages.some(({ ts }) => ts === root))
      return { error: 'thread_not_found' };
    const fault = faultOf(args);
    if (fault !== null) return { error: fault };
    const ts = state.nextTs();
    const message: StoredMessage = {
      type: 'message',
      ts,
      user: state.bot.userId,
      bot_id: state.bot.botId,
      text: args.text ?? '',
      blocks: list(args.blocks),
      ...(args.thread_ts === undefined ? {} : { thread_ts: args.thread_ts }),
      ...(args.metadata === undefined ? {} : { metadata: JSON.parse(args.metadata) }),
    };
    channel.messages.push(message);
    state.log.push({ channel: args.channel ?? '', message, args });
    return { channel: args.channel, ts, message };
  },

  'files.getUploadURLExternal': (state, { filename = '', length = '0' }) => {
    const id = `F${String(state.files.size + 1).padStart(8, '0')}`;
    state.files.set(id, {
      id,
      name: filename,
      size: Number(length),
      type: 'application/octet-stream',
      bytes: null,
    });
    return { file_id: id, upload_url: `${state.origin()}/upload/${id}` };
  },

  'files.completeUploadExternal': (state, args) => {
    const channel = state.channels.get(args.channel_id ?? '');
    if (channel === undefined) return { error: 'channel_not_found' };
    const files = list(args.files).map(({ id }) => state.files.get(String(id)));
    const known = files.filter((file) => file !== undefined && file.bytes !== null);
    if (known.length !== files.length) return { error: 'file_not_found' };
    const shown = known.map((file) => ({ id: file?.id, name: file?.name, size: file?.size }));
    const message: StoredMessage = {
      type: 'message',
      ts: state.nextTs(),
      user: state.bot.userId,
      bot_id: state.bot.botId,
      text: '',
      files: shown,
      ...(args.thread_ts === undefined ? {} : { thread_ts: args.thread_ts }),
    };
    channel.messages.push(message);
    state.log.push({ channel: args.channel_id ?? '', message, args });
    return { files: shown };
  },

  'files.info': ({ files, origin }, { file = '' }) => {
    const known = files.get(file);
    if (known === undefined) return { error: 'file_not_found' };
    const { id, name, size, type, address } = known;
    return { file: { id, name, size, mimetype: type, url_private: address ?? `${origin()}/files/${id}` } };
  },
};

function within(messages: readonly StoredMessage[], { oldest = '0' }: Args): StoredMessage[] {
  return messages.filter(({ ts }) => Number(ts) > Number(oldest));
}

function page(items: readonly unknown[], { limit = '100', cursor = '' }: Args, member: string): Answer {
  const from = cursor === '' ? 0 : Number(cursor);
  const end = from + Number(limit);
  return {
    [member]: items.slice(from, end),
    response_metadata: { next_cursor: end < items.length ? String(end) : '' },
  };
}

export function list(text: string | undefined): Record<string, unknown>[] {
  return text === undefined ? [] : JSON.parse(text);
}

/** The limits of https://docs.slack.dev/reference/block-kit/blocks */
export function faultOf(args: Args): string | null {
  const blocks = list(args.blocks);
  if ((args.text ?? '').length > 40_000) return 'msg_too_long';
  if (args.text === undefined && blocks.length === 0) return 'no_text';
  if (blocks.length > 50) return 'invalid_blocks';
  return blocks.some(isWrong) ? 'invalid_blocks' : null;
}

function isWrong(block: Record<string, unknown>): boolean {
  const lengthOf = (text: unknown): number => String((text as { text?: unknown })?.text ?? '').length;
  if (block.type === 'section') return lengthOf(block.text) < 1 || lengthOf(block.text) > 3_000;
  if (block.type !== 'actions') return false;
  const elements = block.elements as { type: string; text?: unknown; value?: string; options?: unknown[] }[];
  return (
    elements.length > 25 ||
    elements.some((element) => {
      if (element.type === 'button')
        return lengthOf(element.text) > 75 || (element.value ?? '').length > 2_000;
      const options = (element.options ?? []) as { text: unknown; value: string }[];
      return (
        options.length < 1 ||
        options.length > 100 ||
        options.some(({ text, value }) => lengthOf(text) > 75 || value.length > 150)
      );
    })
  );
}
