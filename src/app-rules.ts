import { type BotSay, createBotSay } from './bot/phrases/say.ts';
import { languages } from './core/language.ts';
import type { OwnPhrases } from './core/phrase.ts';
import type { Rules } from './core/rules.ts';
import type { Ladder } from './ladder-file.ts';

/** What relevo.yaml says, as it stands. */
export interface AppRules {
  ladder(): Ladder;
  rules(): Rules;
  /** What is said in a company's name, with its own words. */
  wordsOf(brand: string | null): BotSay;
  /** The same with other phrases than those that are published. */
  wordsWith(brand: string | null, phrases: OwnPhrases): BotSay;
  /** By which name articles say that they are for a company; null: they say nothing of it. */
  knowledgeOf(brand: string | null): string | null;
  /** relevo.yaml has changed. */
  change(ladder: Ladder): void;
  /** What the published base says in other words than the catalogue; a brand's own words in relevo.yaml go before it. */
  rephrase(phrases: OwnPhrases): void;
}

/**
 * @param fixed what the settings say, whatever relevo.yaml does
 * @param titleOf what people call a channel that is on; undefined where it is off
 */
export function createAppRules(
  first: Ladder,
  fixed: Pick<Rules, 'video'>,
  titleOf: (channel: string) => string | undefined,
): AppRules {
  let published: OwnPhrases = {};
  let inForce = made(first);

  function made(ladder: Ladder) {
    const usual = createBotSay({ phrases: published });
    const own = new Map(
      ladder.brands.map(({ name, title, phrases }) => [
        name,
        createBotSay({ company: title, phrases: over(published, phrases) }),
      ]),
    );
    const wordsOf = (brand: string | null): BotSay => own.get(brand ?? '') ?? usual;
    const rules: Rules = {
      ...ladder,
      ...fixed,
      say: usual,
      sayFor: wordsOf,
      channelTitle: (name, brand) => (ladder.serves(brand, name) ? (titleOf(name) ?? null) : null),
    };
    return { ladder, rules, wordsOf };
  }

  return {
    ladder: () => inForce.ladder,
    rules: () => inForce.rules,
    wordsOf: (brand) => inForce.wordsOf(brand),
    wordsWith(brand, phrases) {
      const own = inForce.ladder.brands.find(({ name }) => name === brand);
      return createBotSay(
        own === undefined ? { phrases } : { company: own.title, phrases: over(phrases, own.phrases) },
      );
    },
    knowledgeOf: (brand) => inForce.ladder.brands.find(({ name }) => name === brand)?.knowledge ?? brand,
    change(ladder) {
      inForce = made(ladder);
    },
    rephrase(phrases) {
      published = phrases;
      inForce = made(inForce.ladder);
    },
  };
}

/** Phrases, with others over them. */
function over(phrases: OwnPhrases, others: OwnPhrases): OwnPhrases {
  return Object.fromEntries(
    languages.map((language) => [language, { ...phrases[language], ...others[language] }]),
  );
}
