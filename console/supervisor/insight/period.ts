/** What a report is of: the last days by the calendar of the installation, or from one day to another (`2026-11-22`). */
export interface Period {
  readonly of: { readonly days: number } | { readonly from: string; readonly to: string };
  /** Empty: all. */
  readonly channel: string;
  readonly brand: string;
}

const usualDays = 7;

/** The period that an address asks for; without one the last seven days. */
export function periodIn(search: URLSearchParams): Period {
  const [from, to] = [dayIn(search.get('from')), dayIn(search.get('to'))];
  const days = Number(search.get('days') ?? usualDays);
  return {
    of: from !== null && to !== null ? { from, to } : { days: days >= 1 && days <= 366 ? days : usualDays },
    channel: search.get('channel') ?? '',
    brand: search.get('brand') ?? '',
  };
}

/** What follows the question mark in the address of a period. */
export function searchOf({ of, channel, brand }: Period): string {
  const search = new URLSearchParams('days' in of ? { days: String(of.days) } : { ...of });
  if (channel !== '') search.set('channel', channel);
  if (brand !== '') search.set('brand', brand);
  return search.toString();
}

function dayIn(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/u.test(text) ? text : null;
}
