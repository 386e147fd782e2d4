import type { Address } from '../../core/message.ts';

/** The channel's name in the registry. */
export const channelName = 'telegram';

/** The bot's own id, which every token begins with: our account on this channel. */
export function botIdOf(token: string): string {
  return token.slice(0, token.indexOf(':'));
}

/**
 * Whom a chat is with: in a private chat the chat itself, in a group each of its members.
 * @param user the member; null in a private chat
 */
export function addressIn(botId: string, chat: number, user: number | null): Address {
  return { channel: channelName, account: botId, user: user === null ? `${chat}` : `${chat}:${user}` };
}

/** Where messages to an address go, and whether others read them there. */
export function chatOf({ user }: Address): { readonly id: number; readonly group: boolean } {
  const [chat = '', member] = user.split(':');
  return { id: Number(chat), group: member !== undefined };
}
