import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { Ids } from '../core/ids.ts';
import type { Language } from '../core/language.ts';
import type { PhraseKey, PhraseValues } from '../core/phrase.ts';
import type { SlackApp, SlackSettings } from '../slack/slack-app.ts';
import type { Channel } from './channel.ts';
import type { ChannelPreview } from './channel-preview.ts';

/** What a channel may be made of, beside its settings. */
export interface ChannelDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  /** The words of a phrase in a language: for what only this channel says, such as the name of a list. */
  readonly say: (language: Language, key: PhraseKey, values?: PhraseValues) => string;
  /** Opens the bytes of a file of ours. @throws RelevoError `no_such_media` */
  readonly media: (
    id: string,
  ) => Promise<{ readonly type: string; readonly bytes: number; readonly body: AsyncIterable<Uint8Array> }>;
  /** A folder that the channel may keep things in, made when it is first asked for. */
  readonly folder: () => Promise<string>;
  /** Where platforms reach us, without a slash at the end; null when we have no public address. */
  readonly publicUrl: string | null;
  /** Gives the Slack app of these settings: one for all who talk through it. */
  readonly slack?: (settings: SlackSettings) => Promise<SlackApp>;
}

/** A channel as the settings describe it, ready to be made. */
export interface ChannelSetup {
  readonly name: string;
  /** Only now is what the channel needs of others' code loaded. */
  create(deps: ChannelDeps): Promise<Channel>;
}

/** A kind of channel: which settings it reads and how it is made of them. One line in the registry. */
export interface ChannelKind {
  readonly name: string;
  /** The variables that switch it on: those that have no default. */
  readonly switchedOnBy: readonly string[];
  /** Shows what it makes of a message; null where it cannot be shown. */
  readonly preview: ChannelPreview | null;
  /**
   * Reads its variables.
   * @param env the environment without empty values
   * @returns null when it is switched off: none of its variables is set
   */
  read(
    env: Readonly<Record<string, string | undefined>>,
  ): ChannelSetup | null | { readonly faults: readonly string[] };
}

/**
 * Describes a kind of channel.
 * @param variables checks the channel's variables; its keys are all that the channel reads of the environment
 * @param create makes the channel, and imports its SDK only then; never connects: `start` does
 * @param preview shows what it makes of a message, by its own `render.ts`
 */
export function channelKind<Shape extends z.ZodRawShape>(
  name: string,
  variables: z.ZodObject<Shape>,
  create: (settings: z.output<z.ZodObject<Shape>>, deps: ChannelDeps) => Promise<Channel>,
  preview: ChannelPreview | null = null,
): ChannelKind {
  const keys = Object.keys(variables.shape);
  const needed = Object.entries(variables.shape)
    .filter(([, schema]) => !z.safeParse(schema, undefined).success)
    .map(([key]) => key);
  return {
    name,
    switchedOnBy: needed.length > 0 ? needed : keys.slice(0, 1),
    preview,
    read(env) {
      if (keys.every((key) => env[key] === undefined)) return null;
      const parsed = variables.safeParse(Object.fromEntries(keys.map((key) => [key, env[key]])));
      if (!parsed.success) {
        return {
          faults: parsed.error.issues.map((issue) => `${issue.path.join('.') || name}: ${issue.message}`),
        };
      }
      return { name, create: (deps) => create(parsed.data, deps) };
    },
  };
}
