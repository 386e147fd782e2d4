import { channelNames } from '../channels/registry.ts';
import type { Address } from '../core/message.ts';
import { addressKey } from '../core/message.ts';
import { among, type Fault, type Loose } from './references.ts';
import type { LadderText } from './schema.ts';

/** What is wrong about brands, and about what names them or a channel. Pure. */
export function brandFaults(file: Loose): Fault[] {
  return [...unknownChannels(file), ...unknownBrands(file), ...withoutPeople(file)];
}

/** Which brand's an address is: whoever names it most exactly. Pure. */
export function brandOfAddress(brands: LadderText['brands'], address: Address): string | null {
  const { channel, account } = address;
  const wanted = [addressKey(address), `${channel}/${account}`, channel].map((one) => one.toLowerCase());
  for (const one of wanted) {
    const brand = brands.find(({ channels }) => channels.some((theirs) => theirs.toLowerCase() === one));
    if (brand !== undefined) return brand.name;
  }
  return null;
}

/** The hosts, in lower case, that have a web chat of their own: `webchat/help.acme.example`. Pure. */
export function chatHostsOf(brands: LadderText['brands']): string[] {
  return brands.flatMap(({ channels }) =>
    channels.flatMap((one) => /^webchat\/([^/]+)$/iu.exec(one)?.[1]?.toLowerCase() ?? []),
  );
}

/** Whether a brand's customers (null: those of none) may write on a channel. Pure. */
export function servesOn(brands: LadderText['brands'], brand: string | null, channel: string): boolean {
  const own = brands.find(({ name }) => name === brand);
  if (own !== undefined) return own.channels.some((one) => channelOf(one) === channel);
  return !brands.some(({ channels }) => channels.includes(channel));
}

/** Whom of the file's agents somebody is: the brands they work for, by e-mail or name in lower case; null: all. */
export function brandsOfAgents(agents: LadderText['agents']): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    agents.flatMap(({ user, brands }) => (brands === undefined ? [] : [[user, brands] as const])),
  );
}

function unknownChannels({ plans, brands }: Loose): Fault[] {
  const check = (names: readonly (string | null)[], path: readonly PropertyKey[]): Fault[] =>
    names.flatMap((name, nth) => {
      if (name === null || channelNames.includes(channelOf(name))) return [];
      const message = `there is no channel "${channelOf(name)}": ${among(channelNames, 'channels')}`;
      return [{ path: [...path, 'channels', nth], message }];
    });
  return [
    ...plans.flatMap((one, place) => check(one?.channels ?? [], ['plans', place])),
    ...brands.flatMap((one, place) => check(one?.channels ?? [], ['brands', place])),
  ];
}

function unknownBrands({ agents, brands }: Loose): Fault[] {
  const known = brands.flatMap((one) => one?.name ?? []);
  return agents.flatMap((one, place) =>
    (one?.brands ?? []).flatMap((name, nth): Fault[] => {
      if (name === null || known.includes(name)) return [];
      const message = `there is no brand "${name}": ${among(known, 'brands')}`;
      return [{ path: ['agents', place, 'brands', nth], message }];
    }),
  );
}

/** A tier whose members all work for others cannot take a brand's cases. */
function withoutPeople({ agents, brands, tiers }: Loose): Fault[] {
  const bound = new Map(agents.map((one) => [one?.user?.trim().toLowerCase() ?? '', one?.brands ?? null]));
  return brands.flatMap((brand, place) => {
    const name = brand?.name;
    if (name == null) return [];
    return (tiers ?? []).flatMap((tier): Fault[] => {
      const members = tier?.members?.flatMap((member) => member?.trim().toLowerCase() ?? []) ?? [];
      const serves = tier?.level != null && (brand?.tiers?.includes(tier.level) ?? true);
      if (!serves || members.length === 0) return [];
      if (members.some((member) => bound.get(member)?.includes(name) ?? true)) return [];
      const message = `nobody of tier ${tier.level} works for ${name}: expected a member without brands, or with this one`;
      return [{ path: ['brands', place, 'name'], message }];
    });
  });
}

function channelOf(name: string): string {
  return name.split('/', 1)[0] ?? name;
}
