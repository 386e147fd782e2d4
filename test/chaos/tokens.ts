/** The token of a customer's message, such as `telegram-3-7`: it stands between two signs in what is written and answered. */
export function tokenOf(customer: string, message: number): string {
  return `${customer}-${message}`;
}

/** The tokens in a text, in order. */
export function tokensIn(text: string): string[] {
  return [...text.matchAll(/#([a-z-]+-\d+-\d+)#/gu)].map(([, token = '']) => token);
}

/** Whose token it is. */
export function customerIn(token: string): string {
  return token.replace(/-\d+$/u, '');
}
