import { setTimeout as pause } from 'node:timers/promises';
import { poisonSign } from '../../src/fault-settings.ts';
import type { Crowd, Taken } from './crowds/crowd.ts';
import type { Plan } from './plan.ts';
import { tokenOf } from './tokens.ts';

/** What was written that nobody can deal with. */
export interface Poison {
  /** Payloads that nobody can read. */
  readonly garbled: number;
  /** Texts at which the bot's turn throws. */
  readonly throwing: readonly string[];
  /** Customers to whom the platform refuses everything. */
  readonly blocked: readonly string[];
}

/** Customers who write, and what they wrote. */
export interface Customers {
  /** Each customer's texts, in order. */
  readonly sent: ReadonlyMap<string, readonly string[]>;
  /** When each text of a customer whose answers are seen was written, in epoch milliseconds; of poisoned ones nothing. */
  readonly writtenAt: ReadonlyMap<string, readonly number[]>;
  readonly poison: Poison;
  /** Messages that are not acknowledged yet, of those that are written in any case. */
  readonly left: number;
  /** Resolves once all is written and acknowledged. */
  readonly done: Promise<void>;
}

/** Every second customer wants a person first and talks to people from then on; the others talk to the bot. */
const wish = 'quiero hablar con una persona';
const questions = ['no me funciona el internet', '¿cómo cambio mi contraseña?', '¿dónde veo mi factura?'];

/** A visitor's page is not watched: so long they read. */
const readsMs = 300;
const lookEveryMs = 50;
/** So many times their patience whoever wants a person waits for the first answer. */
const firstPatience = 30;

/**
 * Lets them write: each one message after another, some at once and some only when an answer has come or patience is
 * over.
 * @param goesOn whether they write on though they have written all they were to
 */
export function startCustomers(
  crowds: readonly Crowd[],
  plan: Pick<Plan, 'messages' | 'customers' | 'patienceMs' | 'poisonPercent'>,
  goesOn: () => boolean,
): Customers {
  const each = Math.ceil(plan.messages / crowds.length / plan.customers);
  const sent = new Map<string, string[]>();
  const writtenAt = new Map<string, number[]>();
  const poison = { garbled: 0, throwing: [] as string[], blocked: [] as string[] };
  let left = each * crowds.length * plan.customers;
  let written = 0;

  async function hears(crowd: Crowd, customer: string, before: number | null): Promise<void> {
    if (before === null) return await pause(readsMs);
    const end = Date.now() + plan.patienceMs;
    while (Date.now() < end && (crowd.heard(customer) ?? 0) <= before) await pause(lookEveryMs);
  }

  /** Whoever wants a person says so again only when they have heard what the bot says to that. */
  async function hearsFirst(crowd: Crowd, customer: string): Promise<void> {
    const end = Date.now() + plan.patienceMs * firstPatience;
    const isAnswered = async () => ((await crowd.reads?.(customer)) ?? crowd.heard(customer) ?? 1) > 0;
    while (Date.now() < end && !(await isAnswered())) await pause(readsMs);
  }

  /** Every so manyth message is poison, of one kind after another. */
  function poisonNow(): 'garbled' | 'throwing' | null {
    written += 1;
    const every = plan.poisonPercent === 0 ? Number.POSITIVE_INFINITY : Math.round(100 / plan.poisonPercent);
    if (written % every !== 0) return null;
    return (written / every) % 2 === 0 ? 'garbled' : 'throwing';
  }

  async function write(crowd: Crowd, number: number, isBlocked: boolean): Promise<void> {
    const customer = `${crowd.channel}-${number}`;
    const texts: string[] = [];
    const times: number[] = [];
    sent.set(customer, texts);
    writtenAt.set(customer, times);
    const wishes = number % 2 === 0;
    for (let message = 0; message < each || goesOn(); message += 1) {
      const question = wishes && message < 2 ? wish : questions[(number + message) % questions.length];
      const kind = isBlocked ? null : poisonNow();
      const sign = kind === 'throwing' ? ` ${poisonSign}` : '';
      const text = `${question}${sign} #${tokenOf(customer, message)}#`;
      if (kind === 'throwing') poison.throwing.push(text);
      if (kind === 'garbled' && crowd.garbles !== undefined) {
        poison.garbled += 1;
        await crowd.garbles(customer);
      }
      // From then on a person has the case: how long the customer waits says nothing about the bot.
      if (kind !== null || isBlocked) writtenAt.delete(customer);
      const before = crowd.heard(customer);
      texts.push(text);
      times.push(Date.now());
      await crowd.writes(customer, text);
      if (message < each) left -= 1;
      // All is written: from here on there is only to be something under way.
      else await pause(plan.patienceMs);
      if (wishes && message === 0) await hearsFirst(crowd, customer);
      // Of three messages, two wait for an answer: the others come in one go with the next.
      else if (message % 3 !== 2) await hears(crowd, customer, before);
    }
  }

  const blocking = plan.poisonPercent === 0 ? [] : crowds.filter(({ blocks }) => blocks !== undefined);
  for (const crowd of blocking) {
    const customer = `${crowd.channel}-${plan.customers - 1}`;
    crowd.blocks?.(customer);
    poison.blocked.push(customer);
  }
  const done = Promise.all(
    crowds.flatMap((crowd) =>
      Array.from({ length: plan.customers }, (_, number) =>
        write(crowd, number, poison.blocked.includes(`${crowd.channel}-${number}`)),
      ),
    ),
  ).then(() => undefined);
  return {
    sent,
    writtenAt,
    poison,
    get left() {
      return left;
    },
    done,
  };
}

/**
 * How long customers waited until something of ours reached them, in milliseconds, shortest first; what they wrote at once
 * with the next counts with that. Pure.
 */
export function delaysOf(writtenAt: Customers['writtenAt'], taken: readonly Taken[]): number[] {
  const heard = new Map<string, number[]>();
  for (const { customer, at } of taken)
    if (at !== null) heard.set(customer, [...(heard.get(customer) ?? []), at]);
  return [...writtenAt]
    .flatMap(([customer, times]) =>
      times.flatMap((time, place) => {
        const next = times[place + 1] ?? Number.POSITIVE_INFINITY;
        const at = heard.get(customer)?.find((one) => one >= time && one < next);
        return at === undefined ? [] : [at - time];
      }),
    )
    .sort((a, b) => a - b);
}

/** The value below which such a share of sorted values lies; null of none. @param share 0 to 1 */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}
