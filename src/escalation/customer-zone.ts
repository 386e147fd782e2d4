import { getTimezonesForCountry } from 'countries-and-timezones';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Conversation } from '../core/conversation.ts';
import { isTimeZone } from './calendar.ts';

/** A customer's time zone, and whether it is only the tier's, because nobody knows theirs. */
export interface CustomerZone {
  /** IANA. */
  readonly timeZone: string;
  readonly guessed: boolean;
}

/**
 * In which time zone a customer is told times: their browser's; else that of their phone number's country, where all of
 * it has the same time; else the tier's. Pure.
 * @param phone in digits with the country's code; null: not known
 */
export function zoneOfCustomer(
  { timeZone }: Pick<Conversation, 'timeZone'>,
  phone: string | null,
  tierZone: string | null,
  now: number,
): CustomerZone {
  if (timeZone !== null && isTimeZone(timeZone)) return { timeZone, guessed: false };
  const byPhone = phone === null ? null : zoneOfPhone(phone, now);
  if (byPhone !== null) return { timeZone: byPhone, guessed: false };
  return { timeZone: tierZone ?? 'UTC', guessed: true };
}

function zoneOfPhone(phone: string, now: number): string | null {
  const country = parsePhoneNumberFromString(`+${phone.replace(/\D/gu, '')}`)?.country;
  if (country === undefined) return null;
  const zones = (getTimezonesForCountry(country) ?? []).map(({ name }) => name).filter(isTimeZone);
  const [first] = zones;
  if (first === undefined) return null;
  const offsets = new Set(zones.flatMap((zone) => [offsetOf(zone, now), offsetOf(zone, now + halfYearMs)]));
  const seasons = new Set([offsetOf(first, now), offsetOf(first, now + halfYearMs)]);
  return offsets.size === seasons.size ? first : null;
}

const halfYearMs = 182 * 24 * 60 * 60_000;

function offsetOf(timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
