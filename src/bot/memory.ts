import { z } from 'zod';
import type { Json } from '../core/json.ts';
import type { Option } from '../core/message.ts';
import type { Wording } from './wording.ts';

/** What the bot keeps between turns beside the dialog under way. */
export interface Notes {
  /** The customer's last real question, shortened; null before the first. */
  readonly question: string | null;
  /** What was offered last, so that "2" and "la segunda" can be read. */
  readonly options: readonly Option[];
  /** How many turns in a row held nothing to read. */
  readonly wordless: number;
  /** A guide that was being followed step by step when something else was asked. */
  readonly paused: PausedGuide | null;
  /** Who wished that a person sees it in a video call; null: nobody. */
  readonly call: 'customer' | 'bot' | null;
  /** What was asked beside what was answered, and is not known; null when nothing is left. */
  readonly left: string | null;
}

/** Where a guide was left. */
export interface PausedGuide {
  readonly article: string;
  readonly version: number;
  readonly wording: Wording;
  /** The step, from 0. */
  readonly at: number;
}

/** Where a dialog waits for the customer. */
export interface Place {
  readonly dialog: string;
  readonly thread: string;
  /** The line in the thread whose answer is awaited, from 0. */
  readonly step: number;
  /** The dialog's own variables. */
  readonly values: { readonly [key: string]: Json };
}

/** The bot's memory: its notes, and the dialog under way. */
export interface Memory {
  readonly notes: Notes;
  readonly place: Place | null;
}

/** Raised whenever a dialog's steps or variables change: an older memory is then forgotten. */
const version = 1;
/** Characters of a remembered question. */
export const maxRemembered = 300;
/** Characters of a memory as JSON; a longer one is forgotten rather than kept growing. */
const maxLength = 12_000;

/** A conversation of which nothing is remembered. */
export const freshMemory: Memory = {
  notes: { question: null, options: [], wordless: 0, paused: null, call: null, left: null },
  place: null,
};

const schema = z.object({
  v: z.literal(version),
  notes: z.object({
    question: z.string().max(maxRemembered).nullable(),
    options: z.array(z.object({ id: z.string().max(64), label: z.string().max(300) })).max(10),
    wordless: z.number().int().min(0).max(1_000),
    paused: z
      .object({
        article: z.string(),
        version: z.number(),
        wording: z.enum(['plain', 'simple', 'technical']),
        at: z.number().int().min(0).max(100),
      })
      .nullable()
      .default(null),
    call: z.enum(['customer', 'bot']).nullable().default(null),
    left: z.string().max(maxRemembered).nullable().default(null),
  }),
  place: z
    .object({
      dialog: z.string().max(60),
      thread: z.string().max(60),
      step: z.number().int().min(0).max(50),
      values: z.record(z.string(), z.json()),
    })
    .nullable(),
});

/** Reads what an earlier turn returned. @returns null when it is of another format or no memory at all */
export function readMemory(json: Json): Memory | null {
  const read = schema.safeParse(json);
  return read.success ? read.data : null;
}

/** Puts a memory into the form that is stored. */
export function writeMemory({ notes, place }: Memory): Json {
  const json = {
    v: version,
    notes: { ...notes, options: notes.options.map(({ id, label }) => ({ id, label })) },
    place,
  };
  return JSON.stringify(json).length <= maxLength ? toJson(json) : toJson({ v: version, ...freshMemory });
}

function toJson(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}
