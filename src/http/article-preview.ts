import type { ShownMessage } from '../channels/channel-preview.ts';
import type { Language } from '../core/language.ts';

/** An article in one of its wordings, saved or not. */
export interface PreviewedArticle {
  readonly language: Language;
  readonly title: string;
  /** The answer in that wording, in Markdown. */
  readonly text: string;
  /** A video call is offered beside a person. */
  readonly video: boolean;
}

/** What the bot says of an article, as each kind of channel shows it, whether it is switched on or not. */
export type PreviewArticle = (
  article: PreviewedArticle,
) => Promise<readonly { channel: string; title: string; messages: readonly ShownMessage[] }[]>;
