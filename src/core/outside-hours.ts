import type { Conversation, QueuedStage, WaitChoice } from './conversation.ts';
import type { Event } from './event.ts';
import type { Language } from './language.ts';
import type { Option } from './message.ts';
import { choices } from './message.ts';
import { type MomentStyle, momentLabel, momentWords } from './moment-words.ts';
import type { Rules, Tier } from './rules.ts';
import { hoursOf, ladderOf, tierAt } from './rules.ts';
import { tell } from './step.ts';

/** When callbacks are offered, in open time after the opening. */
const callbackMs = [1, 4, 8].map((hours) => hours * 60 * 60_000);

/** The honest opening time, and a choice, when a case enters the queue of a tier that is away; nothing while it works. */
export function offerWaiting(language: Language, tier: Tier, rules: Rules, now: number): Event[] {
  const when = openingWords(language, tier, rules, now);
  if (when === null) return [];
  const options = [
    { id: choices.queueWait, label: rules.say(language, 'option-wait') },
    { id: choices.queueCallback, label: rules.say(language, 'option-callback') },
    { id: choices.queueLeave, label: rules.say(language, 'option-leave') },
  ];
  const choice: WaitChoice = { kind: 'outside', options: options.map(({ id }) => id) };
  return [{ type: 'waiting-offered', choice }, tell(rules, language, 'outside-hours', { when }, options)];
}

/** The opening time alone, where a case goes on to a tier that is away. */
export function tellOpening(language: Language, tier: Tier, rules: Rules, now: number): Event[] {
  const when = openingWords(language, tier, rules, now);
  return when === null ? [] : [tell(rules, language, 'back-at', { when })];
}

/**
 * What a customer's message in the queue leads to: the answer to the choice they were given, or nothing.
 * @param option what they chose, by tapping or by its number; null: words
 */
export function decideWaiting(
  state: Conversation,
  stage: QueuedStage,
  answer: { readonly option: string | null; readonly text: string | null },
  rules: Rules,
  now: number,
): Event[] {
  const { language } = state;
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const { option, text } = answer;
  if (option === choices.queueWait) {
    const when = openingWords(language, tier, rules, now);
    const words =
      when === null
        ? tell(rules, language, 'wait-chosen')
        : tell(rules, language, 'wait-chosen-until', { when });
    return [{ type: 'waiting-offered', choice: null }, words];
  }
  if (option === choices.queueCallback) return askWhen(language, tier, rules, now);
  if (option === choices.queueLeave) {
    return [
      { type: 'left-queue', idleAt: now + rules.limits.idleMs },
      tell(rules, language, 'left-queue', { number: state.number }),
    ];
  }
  const at = callbackIn(option);
  if (at !== null && at > now) {
    const opens = hoursOf(tier).opensAt(at);
    const when = momentWords(opens, now, styleOf(language, tier, rules));
    return [callback(tier, stage, opens, when), tell(rules, language, 'callback-noted', { when })];
  }
  if (stage.choice?.kind === 'callback' && option === null && text !== null) {
    return [callback(tier, stage, null, text), tell(rules, language, 'callback-noted-words')];
  }
  return [];
}

/** The wish goes with the case; where it is a moment, nobody needs to have come before it. */
function callback(tier: Tier, stage: QueuedStage, at: number | null, words: string): Event {
  const acceptBy =
    at === null ? stage.acceptBy : Math.max(stage.acceptBy, hoursOf(tier).after(at, tier.acceptWithinMs));
  return { type: 'callback-wished', at, words, acceptBy };
}

function askWhen(language: Language, tier: Tier, rules: Rules, now: number): Event[] {
  const hours = hoursOf(tier);
  const style = styleOf(language, tier, rules);
  const opens = hours.opensAt(now);
  const options = callbackMs.map((afterMs): Option => {
    const at = hours.after(opens, afterMs);
    return { id: `${choices.callback}${at}`, label: momentLabel(at, style) };
  });
  const choice: WaitChoice = { kind: 'callback', options: options.map(({ id }) => id) };
  return [{ type: 'waiting-offered', choice }, tell(rules, language, 'callback-when', {}, options)];
}

/** Null while the tier works. */
function openingWords(language: Language, tier: Tier, rules: Rules, now: number): string | null {
  const opens = hoursOf(tier).opensAt(now);
  return opens === now ? null : momentWords(opens, now, styleOf(language, tier, rules));
}

function styleOf(language: Language, tier: Tier, rules: Rules): MomentStyle {
  const { timeZone } = hoursOf(tier);
  return { language, timeZone: timeZone ?? 'UTC', nameZone: rules.nameZone ?? timeZone === null };
}

function callbackIn(option: string | null): number | null {
  if (option === null || !option.startsWith(choices.callback)) return null;
  const at = Number(option.slice(choices.callback.length));
  return Number.isSafeInteger(at) ? at : null;
}
