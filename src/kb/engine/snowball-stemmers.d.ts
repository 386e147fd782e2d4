declare module 'snowball-stemmers' {
  /** A Snowball stemmer of one language. */
  export interface Stemmer {
    stem(word: string): string;
  }
  /** `language` is the English name of the language, in lower case. */
  export function newStemmer(language: string): Stemmer;
}
