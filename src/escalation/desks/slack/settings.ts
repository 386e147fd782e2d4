import { z } from 'zod';
import { type Language, languages } from '../../../core/language.ts';

const channel = z.string().regex(/^[CG][A-Z0-9]{2,}$/u, 'expected a Slack channel’s id, like C0123ABCD');
const user = z.string().regex(/^[UW][A-Z0-9]{2,}$/u, 'expected a Slack member’s id, like U0123ABCD');
const level = z.string().regex(/^[1-9]\d?$/u, 'expected the level of a tier');

/** What `relevo.yaml` may say under `desk: slack:`. */
export const slackDeskSchema = z
  .strictObject({
    tiers: z.record(level, channel).refine((tiers) => Object.keys(tiers).length > 0, {
      message: 'expected the Slack channel of at least one tier, like 1: C0123ABCD',
    }),
    /** In place of `tiers` for the cases of a brand. */
    brands: z.record(z.string(), z.record(level, channel)).default({}),
    agents: z
      .array(
        z.strictObject({
          slack: user,
          name: z.string().trim().min(1, 'expected the name that customers read').max(60),
          email: z.email('expected the address with which they sign in to the web desk').optional(),
          language: z.enum(languages, `expected one of ${languages.join(', ')}`).optional(),
        }),
      )
      .default([]),
    answerMark: z.record(level, z.string().trim().min(1, 'expected a mark like ">>"').max(10)).default({}),
  })
  .superRefine(({ tiers, brands, agents, answerMark }, context) => {
    for (const [place, { slack }] of agents.entries()) {
      if (agents.findIndex((one) => one.slack === slack) === place) continue;
      const message = `${slack} is there twice: one line for each person`;
      context.addIssue({ code: 'custom', path: ['agents', place, 'slack'], message });
    }
    for (const tier of Object.keys(answerMark)) {
      if (tier in tiers) continue;
      const message = `tier ${tier} has no Slack channel: add it under tiers, or take the mark out`;
      context.addIssue({ code: 'custom', path: ['answerMark', tier], message });
    }
    const named = [
      ...Object.entries(tiers).map(([tier, id]) => ({ path: ['tiers', tier], id })),
      ...Object.entries(brands).flatMap(([brand, own]) =>
        Object.entries(own).map(([tier, id]) => ({ path: ['brands', brand, tier], id })),
      ),
    ];
    for (const [place, { path, id }] of named.entries()) {
      const other = named.findIndex((one) => one.id === id);
      if (other === place) continue;
      const before = named[other]?.path.join('.');
      const message = `${before} has this channel already: a case that goes up must be seen to go, and brands never meet`;
      context.addIssue({ code: 'custom', path, message });
    }
  });

/** Where the desk names tiers and brands that there are not. Pure. */
export function strangeTiers(file: {
  readonly tiers: readonly { readonly level: number }[];
  readonly brands: readonly { readonly name: string }[];
  readonly desk: { readonly slack?: SlackDeskSettings | undefined };
}): { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  const levels = file.tiers.map(({ level }) => String(level));
  const brands = file.brands.map(({ name }) => name);
  const own = Object.entries(file.desk.slack?.brands ?? {});
  const strange = (tiers: Readonly<Record<string, string>>, path: readonly string[]) =>
    Object.keys(tiers)
      .filter((tier) => !levels.includes(tier))
      .map((tier) => ({
        path: ['desk', 'slack', ...path, tier],
        message: `there is no tier ${tier}: expected one of ${levels.join(', ')}`,
      }));
  return [
    ...strange(file.desk.slack?.tiers ?? {}, ['tiers']),
    ...own.flatMap(([brand, tiers]) => strange(tiers, ['brands', brand])),
    ...own
      .filter(([brand]) => !brands.includes(brand))
      .map(([brand]) => ({
        path: ['desk', 'slack', 'brands', brand],
        message: `there is no brand "${brand}": expected one of ${brands.join(', ') || 'those under brands, where there are none'}`,
      })),
  ];
}

/** The agents' desk in Slack, as `relevo.yaml` sets it up. The keys of records are levels of tiers. */
export interface SlackDeskSettings {
  /** The Slack channel of each tier that has one. */
  readonly tiers: Readonly<Record<string, string>>;
  /** By brand, the channels of its cases alone, in place of those. */
  readonly brands: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Who may act, by their Slack member id; with an `email`, as the same person as on the web desk. */
  readonly agents: readonly {
    readonly slack: string;
    readonly name: string;
    readonly email?: string | undefined;
    /** What they are spoken to in; left out: as their Slack is. */
    readonly language?: Language | undefined;
  }[];
  /** What a message in a thread begins with to go to the customer; tiers without one have only the button. */
  readonly answerMark: Readonly<Record<string, string>>;
}
