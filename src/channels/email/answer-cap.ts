import { LRUCache } from 'lru-cache';
import { SendError } from '../../core/errors.ts';
import { type Address, addressKey } from '../../core/message.ts';
import { isUnverified } from './address.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Automatic mails an hour to an address that nobody vouches for and that never answered one: the first, and one more. */
const perUnproven = 2;

/** Automatic mails an hour to anybody: more is two machines talking. */
const perAddress = 20;

/** Automatic mails a minute to all such senders of one mailbox together, so that forged mail makes us flood nobody. */
const perMailbox = 20;

/** Remembers what went out by itself, so that forged senders and machines get no flood of answers. */
export interface AnswerCap {
  /**
   * Counts an automatic mail that is about to go; once, however often it is tried.
   * @param name of the message
   * @param provenAt when mail last came from that user that only a reader of ours could write, epoch milliseconds
   * @throws SendError `automatic_answers_capped` for good, or with `retryAfterMs`
   */
  count(to: Address, name: string, provenAt: number, now: number): void;
}

/** Makes it. What it remembers lives as long as the process. */
export function createAnswerCap(): AnswerCap {
  const sent = new LRUCache<string, readonly Sent[]>({ max: 10_000 });
  const recent = (key: string, now: number, ms: number) =>
    (sent.get(key) ?? []).filter(({ at }) => at > now - ms);

  return {
    count(to, name, provenAt, now) {
      const key = addressKey(to);
      const mails = recent(key, now, hourMs);
      if (mails.some((mail) => mail.name === name)) return;
      const unproven = isUnverified(to.user) ? mails.filter(({ at }) => at > provenAt).length : 0;
      if (mails.length >= perAddress || unproven >= perUnproven) {
        throw new SendError(
          'automatic_answers_capped',
          'too many automatic mails to one address in an hour',
          {
            permanent: true,
            hint: 'a person can still write to it; see EMAIL_TRUSTED_AUTHSERV in docs/channels/email.md',
          },
        );
      }
      const all = recent(to.account, now, minuteMs);
      if (isUnverified(to.user) && all.length >= perMailbox) {
        const retryAfterMs = Math.max(1_000, (all[0]?.at ?? now) + minuteMs - now);
        throw new SendError('automatic_answers_capped', 'too many unverified senders at once', {
          retryAfterMs,
        });
      }
      const mail = { name, at: now };
      sent.set(key, [...mails, mail]);
      if (isUnverified(to.user)) sent.set(to.account, [...all, mail]);
    },
  };
}

interface Sent {
  readonly name: string;
  readonly at: number;
}
