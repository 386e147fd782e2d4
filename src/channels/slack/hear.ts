import { createHash } from 'node:crypto';
import type { LRUCache } from 'lru-cache';
import type { Ids } from '../../core/ids.ts';
import type { Gesture, InboundMessage } from '../../core/message.ts';
import type { SlackApp, SlackObject } from '../../slack/slack-app.ts';
import type { Inlet } from '../channel.ts';
import type { Person } from './names.ts';
import { type Heard, parseEvent, type Said } from './parse.ts';
import { parsePress } from './parse-press.ts';
import { addressOf, type Place } from './place.ts';
import type { createThreads } from './threads.ts';

/** What hearing customers takes. */
export interface HearDeps {
  readonly slack: Pick<SlackApp, 'identity' | 'call' | 'reserved'>;
  readonly inlet: Inlet;
  readonly ids: Ids;
  readonly names: { of(user: string): Promise<Person> };
  readonly threads: ReturnType<typeof createThreads>;
  /** The threads of our own posts, by `channel:ts`. */
  readonly sent: LRUCache<string, string>;
  /** A message of this time is stored. */
  readonly stored: (ts: string) => Promise<void>;
}

/** What an event came to: something new, something stored before, or nothing of a customer's. */
export type Result = 'new' | 'known' | 'nothing';

/** Stores what customers say and do; resolves once it is durable. */
export function createHearing({ slack, inlet, ids, names, threads, sent, stored }: HearDeps) {
  const store = async (place: Place, author: string | null, said: readonly Said[]): Promise<Result> => {
    const { team } = await slack.identity();
    const isMessage = said.some(({ gesture }) => gesture.kind === 'message');
    const person = isMessage && author !== null ? await names.of(author) : {};
    let result: Result = 'known';
    for (const { key, externalId, gesture, replyTo } of said) {
      const message: InboundMessage = {
        key: `slack/${team}/${place.channel}/${key}`,
        externalId,
        address: addressOf(team, place),
        gesture: withId(gesture, ids),
        ...(person.name === undefined ? {} : { customerName: person.name }),
        ...(person.language === undefined ? {} : { languageHint: person.language }),
        ...(replyTo === undefined ? {} : { replyTo }),
      };
      const { duplicate } = await inlet.receive(message);
      if (!duplicate) result = 'new';
    }
    return result;
  };

  /** The thread of a message that an event names by its time alone. */
  const rootOf = async (channel: string, ts: string): Promise<string> => {
    const known = sent.get(`${channel}:${ts}`);
    if (known !== undefined) return known;
    const { messages } = await slack.call('conversations.replies', { channel, ts, limit: 1 });
    const first: unknown = Array.isArray(messages) ? messages[0] : undefined;
    const root = (first as { readonly thread_ts?: unknown } | undefined)?.thread_ts;
    return typeof root === 'string' ? root : ts;
  };

  /** Where it belongs; null when it is no customer's business of ours. */
  const placeFor = async (heard: Heard): Promise<Place | null> => {
    const { channel, ts, direct, mentions, threaded, aboutOurs } = heard;
    if (direct) {
      // Answers in a thread do not show in the channel's history: after an outage it is asked for by name.
      if (threaded && heard.root !== null) await threads.add(channel, heard.root);
      return { channel, root: null };
    }
    const root = heard.root ?? (aboutOurs ? await rootOf(channel, ts) : ts);
    if (mentions) await threads.add(channel, root);
    else if (!(await threads.has(channel, root))) return null;
    return { channel, root };
  };

  return {
    /** An event of type `message`, `app_mention` or a reaction. */
    async event(event: SlackObject): Promise<Result> {
      const { team, ...ours } = await slack.identity();
      const heard = parseEvent(event, ours);
      if (heard.kind === 'ignored') return 'nothing';
      if (heard.kind === 'unreadable') {
        const raw = JSON.stringify(event);
        const key = `slack/${team}/unreadable/${createHash('sha256').update(raw).digest('hex')}`;
        await inlet.quarantine({ key, reason: heard.reason, raw });
        return 'nothing';
      }
      if (slack.reserved(heard.channel)) return 'nothing';
      const place = await placeFor(heard);
      if (place === null) return 'nothing';
      const result = await store(place, heard.author, heard.said);
      await stored(heard.ts);
      return result;
    },

    /** A pressed option. */
    async press(payload: SlackObject): Promise<void> {
      const press = parsePress(payload);
      if (press !== null && !slack.reserved(press.place.channel)) {
        await store(press.place, press.author, press.said);
      }
    },
  };
}

function withId(gesture: Gesture, ids: Ids): Gesture {
  if (gesture.kind !== 'message' || gesture.content.kind !== 'media') return gesture;
  const { content } = gesture;
  return { kind: 'message', content: { ...content, media: { ...content.media, id: ids.id() } } };
}
