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

/** The patterns it knows the heads of quotations and signatures by; it reads them anew for each mail. */
declare module 'email-reply-parser/lib/regex.js' {
  const patterns: { quoteHeadersRegex: RegExp[]; signatureRegex: RegExp[] };
  export = patterns;
}
