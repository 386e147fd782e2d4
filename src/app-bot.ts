import type { Logger } from 'pino';
import type { AppRules } from './app-rules.ts';
import type { Bot } from './bot/bot.ts';
import { createBotkitBot } from './bot/create-bot.ts';
import type { BotSay } from './bot/phrases/say.ts';
import { createRewriter } from './bot/rewrite.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import { stopWordsOf } from './kb/engine/stopwords.ts';
import { readWords } from './kb/engine/words.ts';
import { findPersonalData } from './kb/personal-data.ts';
import { baseTopic } from './kb/publish.ts';
import { createKnowledge, type PublishedKnowledge } from './kb/published.ts';
import { createTrialRecord } from './kb/trial/trial-record.ts';
import { createChat } from './model/chat.ts';
import { openEmbeddings } from './model/open-embeddings.ts';
import type { Store } from './store/store.ts';

/** A customer waits no longer than this for an answer in better words. */
const rewriteMs = 4_000;

/** What answers customers: the published base, which goes over to each new version, and the bot on it. */
export interface AppBot {
  readonly knowledge: PublishedKnowledge;
  /** The bot once it is ready: the first questions wait for it. A failure is tried again by the next who asks. */
  bot(): Promise<Bot>;
}

/**
 * Builds the bot on the published base, with the models that are set up. Training takes a while: pages answer meanwhile.
 * @param words what each company says and knows, as relevo.yaml says now
 * @param other another bot than the product's own, for tests
 */
export async function openBot(
  { config, log, clock }: { config: Config; log: Logger; clock: Clock },
  store: Store,
  words: Pick<AppRules, 'wordsOf' | 'wordsWith' | 'knowledgeOf' | 'rephrase'>,
  other?: () => Promise<Bot>,
): Promise<AppBot> {
  const embedder =
    config.embeddings === null ? null : await openEmbeddings(config.embeddings, { findPersonalData, clock });
  const knowledge = createKnowledge({
    bases: store.bases,
    log,
    embedder,
    knowledgeOf: words.knowledgeOf,
    inForce: ({ phrases }) => words.rephrase(phrases),
    trial: createTrialRecord(store.cursors).running,
  });
  const rewriter = config.llm === null ? null : rewriterWith(config.llm);
  const load =
    other ??
    (async () => {
      const [bot] = await Promise.all([
        createBotkitBot({ knowledge, log, rewriter, wordsOf }),
        knowledge.ready,
      ]);
      return bot;
    });
  let loading: Promise<Bot> | null = null;

  function wordsOf(brand: string | null, customer?: string): BotSay {
    const tried = customer === undefined ? null : knowledge.triedPhrases(brand, customer);
    return tried === null ? words.wordsOf(brand) : words.wordsWith(brand, tried);
  }

  function rewriterWith(llm: NonNullable<Config['llm']>) {
    const settings = { ...llm, timeoutMs: Math.min(rewriteMs, config.ladder.botAnswerMs / 2) };
    const { ask } = createChat({ settings, findPersonalData, clock });
    return createRewriter({ knowledge, ask, words: { readWords, stopWords: stopWordsOf }, log });
  }

  const unsubscribe = store.signals.subscribe((topic) => {
    if (topic !== baseTopic) return;
    knowledge
      .reload()
      .catch((error: unknown) => log.error({ err: error }, 'the published base could not be loaded'));
  });

  return {
    knowledge: {
      ...knowledge,
      async close() {
        unsubscribe();
        await knowledge.close();
      },
    },
    bot() {
      loading ??= load();
      loading.catch(() => {
        loading = null;
      });
      return loading;
    },
  };
}
