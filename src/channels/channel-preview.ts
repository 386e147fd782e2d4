import type { OutboundMessage } from '../core/message.ts';

/** One message as a customer sees it. */
export interface ShownMessage {
  /** The words, as the platform is given them. */
  readonly text: string;
  /** How the platform reads them: `html` has nothing but simple marks and links. */
  readonly form: 'markdown' | 'html' | 'slack' | 'whatsapp';
  /** The subject line, where there is one. */
  readonly subject?: string;
  readonly buttons: readonly string[];
  /** Of a list that is opened by a button. */
  readonly rows: readonly string[];
  /** Where the answer is from, where that stands by itself. */
  readonly source?: string;
}

/** Shows what a channel makes of a message, without sending it and whether it is switched on or not. */
export interface ChannelPreview {
  /** As in the registry. */
  readonly channel: string;
  /** What people call it. */
  readonly title: string;
  /** Long instructions go one step at a time. */
  readonly handheld: boolean;
  /** The messages that it takes, by the same functions that send them. Pure. */
  show(message: OutboundMessage): readonly ShownMessage[];
}
