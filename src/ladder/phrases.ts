import { z } from 'zod';
import { faultOfPhrase } from '../bot/phrases/own-phrases.ts';
import { languages } from '../core/language.ts';

/** A brand's own phrases, by language and name: what the catalogue says, in other words. */
export const phrasesSchema = z
  .partialRecord(z.enum(languages), z.record(z.string(), z.string()))
  .superRefine((given, context) => {
    for (const language of languages) {
      for (const [key, text] of Object.entries(given[language] ?? {})) {
        const fault = faultOfPhrase(language, key, text);
        if (fault !== null)
          context.addIssue({ code: 'custom', message: fault.message, path: [language, key] });
      }
    }
  });
