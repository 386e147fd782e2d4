import { LRUCache } from 'lru-cache';
import { isLanguage, type Language } from '../../core/language.ts';
import type { SlackApp } from '../../slack/slack-app.ts';

/** What Slack tells of a person. */
export interface Person {
  readonly name?: string;
  /** What their Slack is set to. */
  readonly language?: Language;
}

/** A message is acknowledged within 3 s: a name is not worth more than a part of that. */
const maxWaitMs = 1_500;

/** Names of people in Slack, remembered for some hours; nobody waits long for one. */
export function createNames(slack: Pick<SlackApp, 'call'>) {
  const people = new LRUCache<string, Promise<Person>>({ max: 5_000, ttl: 6 * 3_600_000 });

  const ask = async (user: string): Promise<Person> => {
    try {
      return personOf((await slack.call('users.info', { user, include_locale: true })).user);
    } catch {
      // A message without a name is better than none; the next one asks again.
      people.delete(user);
      return {};
    }
  };

  return {
    async of(user: string): Promise<Person> {
      const known = people.get(user) ?? ask(user);
      people.set(user, known);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Person>((resolve) => {
        timer = setTimeout(() => resolve({}), maxWaitMs);
      });
      try {
        return await Promise.race([known, late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function personOf(user: unknown): Person {
  if (typeof user !== 'object' || user === null) return {};
  const { profile, real_name: realName, name: handle, locale } = user as Readonly<Record<string, unknown>>;
  const shown = (profile as { readonly display_name?: unknown } | undefined)?.display_name;
  const name = [realName, shown, handle].find((one) => typeof one === 'string' && one.trim() !== '');
  const language = typeof locale === 'string' ? locale.slice(0, 2) : undefined;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(isLanguage(language) ? { language } : {}),
  };
}
