import type { Commit } from '../../src/core/event.ts';

/** The token of a customer's message, such as `telegram-3-7`: it stands between two signs in what is written and answered. */
export function tokenOf(customer: string, message: number): string {
  return `${customer}-${message}`;
}

/** The tokens in a text, in order. */
export function tokensIn(text: string): string[] {
  return [...text.matchAll(/#([a-z-]+-\d+-\d+)#/gu)].map(([, token = '']) => token);
}

/** What an agent answers to a message. */
export function answerTo(token: string): string {
  return `Respuesta a #${token}#`;
}

/** The tokens that a text answers, in order: the bot may repeat a customer's words, which answers nothing. */
export function answeredIn(text: string): string[] {
  return [...text.matchAll(/Respuesta a (#\S+#)/gu)].flatMap(([, token = '']) => tokensIn(token));
}

/** Whose token it is. */
export function customerIn(token: string): string {
  return token.replace(/-\d+$/u, '');
}

/** What a customer wrote in a commit. */
export function textsIn({ events }: Commit): string[] {
  return events.flatMap((event) =>
    event.type === 'customer-wrote' && event.content.kind === 'text' ? [event.content.text] : [],
  );
}

/** The tokens that an agent answered in a commit. */
export function repliesIn({ events }: Commit): string[] {
  return events.flatMap((event) =>
    event.type === 'said' && event.from === 'agent' ? answeredIn(event.text) : [],
  );
}
