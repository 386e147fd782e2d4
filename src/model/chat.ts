import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { ModelError, postJson } from './post-json.ts';
import { createPseudonyms, type FindPersonalData } from './pseudonyms.ts';
import { createRest } from './rest.ts';

/** Where a model answers. */
export interface ChatSettings {
  /** Where the OpenAI-compatible interface begins: `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Null: none is sent. */
  readonly apiKey: string | null;
  /** For one question, in milliseconds. */
  readonly timeoutMs: number;
}

/** One question to a model. */
export interface ChatQuestion {
  /** What to do, in Relevo's own words. */
  readonly task: string;
  /** What to do it with, by name: other people's words. */
  readonly material: Readonly<Record<string, string>>;
  /** Names that are not to leave, as far as they are known. */
  readonly names: readonly string[];
}

/** A model that answers in words. */
export interface Chat {
  /**
   * Asks once. Personal data leaves as tokens and is put back in the answer.
   * @throws ModelError
   */
  ask(question: ChatQuestion, signal?: AbortSignal): Promise<string>;
  /** Asks for a word. @returns which model answered @throws ModelError */
  check(): Promise<string>;
}

const maxBytes = 256_000;

const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
});

/**
 * A model behind an OpenAI-compatible endpoint. The request holds the model and the messages and nothing else:
 * of all the other parameters there is always an endpoint that refuses it.
 */
export function createChat(deps: {
  readonly settings: ChatSettings;
  readonly findPersonalData: FindPersonalData;
  readonly clock: Clock;
}): Chat {
  const { settings, findPersonalData } = deps;
  const { apiKey, model, timeoutMs } = settings;
  const url = `${settings.baseUrl.replace(/\/(?:chat\/completions\/?)?$/u, '')}/chat/completions`;
  const rest = createRest(deps.clock);

  async function complete(task: string, material: string, signal?: AbortSignal): Promise<string> {
    const messages = [
      { role: 'system', content: task },
      { role: 'user', content: material },
    ];
    const body = { model, messages, stream: false };
    const limits = { timeoutMs, maxBytes, ...(signal === undefined ? {} : { signal }) };
    const read = completion.safeParse(await postJson({ url, apiKey, body, ...limits }));
    const [choice] = read.success ? read.data.choices : [];
    if (choice === undefined)
      throw new ModelError('model_unreadable', "the model's endpoint answered without a message");
    if (choice.finish_reason === 'length')
      throw new ModelError('model_too_long', 'the model did not come to an end');
    return choice.message.content;
  }

  return {
    async ask({ task, material, names }, signal) {
      const texts = Object.values(material);
      const pseudonyms = createPseudonyms(findPersonalData, names, texts);
      const hidden = Object.entries(material).map(([name, text]) => [name, pseudonyms.hide(text)]);
      // As JSON no text can end early and go on as if it were the task: every quotation mark in it is escaped.
      const fenced = JSON.stringify(Object.fromEntries(hidden), null, 1);
      return pseudonyms.restore(await rest.unless(() => complete(task, fenced, signal)));
    },
    async check() {
      await complete('Answer with the one word OK.', 'OK?');
      return model;
    },
  };
}
