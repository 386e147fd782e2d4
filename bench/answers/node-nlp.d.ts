/** The few members of node-nlp that are used; it brings no types. */
declare module 'node-nlp' {
  export class NlpManager {
    constructor(settings: {
      languages: readonly string[];
      autoSave: boolean;
      autoLoad: boolean;
      forceNER: boolean;
      nlu: { log: boolean; useNoneFeature: boolean };
    });
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<void>;
    process(
      language: string,
      text: string,
    ): Promise<{ intent: string; classifications: readonly { intent: string; score: number }[] }>;
  }
}
