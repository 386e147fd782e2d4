import type { Address, OutboundMessage } from '../../src/core/message.ts';

/** A message of ours on its way to somebody; everything that does not matter to the test is plain. */
export function outboundTo(to: Address, change: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    name: 'c.1.0',
    conversation: 'c',
    to,
    from: 'bot',
    text: 'hola',
    options: [],
    sources: [],
    attachment: null,
    language: 'es',
    number: 1001,
    subject: null,
    answers: null,
    ...change,
  };
}
