import type { Answer, Args } from './fake-methods.ts';
import type { FakeState, StoredMessage } from './fake-state.ts';

/** What the fake knows of the methods that only desks use, made to https://docs.slack.dev/reference/methods */
export const deskMethods: Readonly<Record<string, (state: FakeState, args: Args) => Answer>> = {
  'chat.update': (state, args) => {
    const found = ours(state, args);
    if ('error' in found) return found;
    const blocks = args.blocks === undefined ? [] : JSON.parse(args.blocks);
    if (blocks.some(isTooLong)) return { error: 'invalid_blocks' };
    found.message.text = args.text ?? '';
    found.message.blocks = blocks;
    return { channel: args.channel, ts: args.ts };
  },

  'chat.delete': (state, args) => {
    const found = ours(state, args);
    if ('error' in found) return found;
    const channel = state.channels.get(args.channel ?? '');
    if (channel !== undefined) channel.messages = channel.messages.filter((one) => one !== found.message);
    return { channel: args.channel, ts: args.ts };
  },

  'chat.postEphemeral': (state, { channel = '', user = '', text = '', blocks = '[]' }) => {
    if (state.channels.get(channel) === undefined) return { error: 'channel_not_found' };
    state.whispers.push({ channel, user, text, blocks: JSON.parse(blocks) });
    return { message_ts: state.nextTs() };
  },

  'views.open': (state, { trigger_id: trigger = '', view = '{}' }) => {
    if (trigger === '') return { error: 'invalid_trigger_id' };
    return shown(state, `V${String(state.modals.length + 1).padStart(8, '0')}`, view);
  },
  'views.update': (state, { view_id: id = '', view = '{}' }) => shown(state, id, view),
  'views.publish': ({ homes }, { user_id: user = '', view = '{}' }) => {
    homes.set(user, JSON.parse(view));
    return {};
  },
};

function ours(
  state: FakeState,
  { channel = '', ts = '' }: Args,
): { message: StoredMessage } | { error: string } {
  const known = state.channels.get(channel);
  if (known === undefined) return { error: 'channel_not_found' };
  if (known.fault !== undefined) return { error: known.fault };
  const message = known.messages.find((one) => one.ts === ts);
  if (message === undefined) return { error: 'message_not_found' };
  return message.bot_id === state.bot.botId ? { message } : { error: 'cant_update_message' };
}

/** The limits of https://docs.slack.dev/reference/views */
function shown(state: FakeState, id: string, text: string): Answer {
  const view = JSON.parse(text);
  const lengthOf = (value: unknown): number => String((value as { text?: unknown })?.text ?? '').length;
  const wrong =
    view.type !== 'modal' ||
    lengthOf(view.title) < 1 ||
    lengthOf(view.title) > 24 ||
    lengthOf(view.submit) > 24 ||
    lengthOf(view.close) > 24 ||
    view.private_metadata.length > 3_000 ||
    view.blocks.length > 100 ||
    view.blocks.some(isTooLong);
  if (wrong) return { error: 'invalid_arguments' };
  state.modals.push({ id, view });
  return { view: { ...view, id } };
}

function isTooLong({ type, text }: { type: string; text?: { text: string } }): boolean {
  return type === 'section' && ((text?.text.length ?? 0) < 1 || (text?.text.length ?? 0) > 3_000);
}
