import { z } from 'zod';
import type { Quarantine } from '../../store/quarantine.ts';
import { iso, moment } from './text.ts';

export const quarantineRef = z.object({ key: z.string().max(300) });

export const quarantineList = z.object({
  items: z.array(
    z
      .object({
        key: z.string(),
        channel: z.string(),
        at: moment,
        reason: z.string(),
        characters: z.int(),
      })
      .meta({ id: 'Quarantined' }),
  ),
  count: z.int(),
});

/** What lies in quarantine as clients read it. @param count of all, listed or not */
export function quarantineJson(
  items: Awaited<ReturnType<Quarantine['list']>>,
  count: number,
): z.output<typeof quarantineList> {
  return { items: items.map(({ at, ...plain }) => ({ ...plain, at: iso(at) })), count };
}
