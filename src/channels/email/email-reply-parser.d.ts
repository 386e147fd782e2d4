/** The members we use of a library that brings no types. */
declare module 'email-reply-parser' {
  interface Fragment {
    isHidden(): boolean;
    isEmpty(): boolean;
  }
  class EmailReplyParser {
    read(text: string): { getFragments(): readonly Fragment[]; getVisibleText(): string };
  }
  export = EmailReplyParser;
}
