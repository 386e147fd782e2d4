import type { SlackDeskSettings } from './settings.ts';

type Channels = Pick<SlackDeskSettings, 'tiers' | 'brands'>;

/**
 * The Slack channel in which a case has its card. Pure. A brand with channels of its own has no others: its cases are in the
 * web desk alone where it has none for the tier.
 */
export function channelOf({ tiers, brands }: Channels, tier: number, brand: string | null): string | null {
  const own = brand === null ? undefined : brands[brand];
  return (own ?? tiers)[String(tier)] ?? null;
}

/** All channels of the desk. Pure. */
export function channelsOf(settings: Channels): readonly string[] {
  return ladders(settings).flatMap((tiers) => Object.values(tiers));
}

/** The level of the tier whose cases are in a channel; null: it is none of the desk's. Pure. */
export function levelOf(settings: Channels, channel: string): string | null {
  for (const tiers of ladders(settings)) {
    const level = Object.keys(tiers).find((one) => tiers[one] === channel);
    if (level !== undefined) return level;
  }
  return null;
}

function ladders({ tiers, brands }: Channels): readonly SlackDeskSettings['tiers'][] {
  return [tiers, ...Object.values(brands)];
}
