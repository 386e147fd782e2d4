import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { randomIds } from '../core/ids.ts';
import type { Seen } from '../video/look-at-server.ts';

/**
 * Looks at the place where calls are held, for real.
 * @returns nothing where video is not set up
 */
export async function lookAtVideo({ video }: Pick<Config, 'video'>): Promise<readonly Seen[]> {
  if (video === null) return [];
  if (video.kind === 'link') {
    const { host } = new URL(video.template);
    const own = video.template.includes('{room}');
    return [
      {
        ok: true,
        line: `calls are held at ${host}, by links that Relevo does not sign: whoever has one gets in`,
        hint: own
          ? 'The page before a call says so.'
          : 'Every call has the same link: customers can meet in it.',
      },
    ];
  }
  const { lookAtServer } = await import('../video/look-at-server.ts');
  return await lookAtServer({ settings: video, clock: systemClock, ids: randomIds, fetch });
}
