/** What a report is of; days are `2026-11-22`. */
export interface Period {
  readonly from: string;
  readonly to: string;
  /** Empty: all. */
  readonly channel: string;
  readonly brand: string;
}

const dayMs = 24 * 60 * 60_000;

/** The period that an address asks for; without one the last seven days. */
export function periodIn(search: URLSearchParams, today: Date): Period {
  const last = daysUntil(today, 7);
  const day = (name: string, otherwise: string) => {
    const given = search.get(name) ?? '';
    return /^\d{4}-\d{2}-\d{2}$/u.test(given) ? given : otherwise;
  };
  return {
    from: day('from', last.from),
    to: day('to', last.to),
    channel: search.get('channel') ?? '',
    brand: search.get('brand') ?? '',
  };
}

/** The last so many days, today among them. */
export function daysUntil(today: Date, days: number): Pick<Period, 'from' | 'to'> {
  return { from: dayOf(new Date(today.getTime() - (days - 1) * dayMs)), to: dayOf(today) };
}

/** What follows the question mark in the address of a period. */
export function searchOf({ from, to, channel, brand }: Period): string {
  const search = new URLSearchParams({ from, to });
  if (channel !== '') search.set('channel', channel);
  if (brand !== '') search.set('brand', brand);
  return search.toString();
}

function dayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
