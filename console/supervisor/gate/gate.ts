/** How golden questions end. */
export interface GoldenShares {
  readonly wrong: number;
  readonly 'handed over': number;
  readonly 'asked back': number;
  readonly right: number;
  readonly answered: number;
  readonly of: number;
}

/** How real questions end. */
export interface RealShares {
  readonly of: number;
  readonly answered: number;
  readonly askedBack: number;
  readonly handedOver: number;
}

/** What one allowed share of wrong answers makes of the questions. */
export interface GatePoint {
  readonly wrongRate: number;
  readonly answerFrom: number;
  readonly golden: GoldenShares & { readonly byLanguage: Readonly<Record<string, GoldenShares>> };
  readonly real: RealShares & {
    readonly byLanguage: Readonly<Record<string, RealShares>>;
    readonly byBrand: Readonly<Record<string, RealShares>>;
  };
}

/** The gate as it stands, and others. */
export interface GateView {
  readonly wrongRate: number;
  readonly publishedWrongRate: number | null;
  readonly points: readonly GatePoint[];
}

/** Of which questions: all, those in a language, or those that a brand was asked. */
export type Scope = 'all' | `language:${string}` | `brand:${string}`;

const noGolden: GoldenShares = { wrong: 0, 'handed over': 0, 'asked back': 0, right: 0, answered: 0, of: 0 };
const noReal: RealShares = { of: 0, answered: 0, askedBack: 0, handedOver: 0 };

/** What there is to choose among, the languages and the brands that were measured. */
export function scopesOf({ points }: GateView): readonly Scope[] {
  const [point] = points;
  if (point === undefined) return [];
  const languages = new Set([...Object.keys(point.golden.byLanguage), ...Object.keys(point.real.byLanguage)]);
  const brands = Object.keys(point.real.byBrand).filter((name) => name !== '');
  return [
    ...(languages.size > 1 ? [...languages].sort().map((one): Scope => `language:${one}`) : []),
    ...brands.sort().map((one): Scope => `brand:${one}`),
  ];
}

/** The shares of a point in a scope. Golden questions are not told apart by brand: those of all are shown. */
export function sharesIn(
  { golden, real }: GatePoint,
  scope: Scope,
): { golden: GoldenShares; real: RealShares } {
  const [kind, name = ''] = scope.split(/:(.*)/su);
  if (kind === 'language')
    return { golden: golden.byLanguage[name] ?? noGolden, real: real.byLanguage[name] ?? noReal };
  if (kind === 'brand') return { golden, real: real.byBrand[name] ?? noReal };
  return { golden, real };
}

/** The place of the point that is nearest to a share. */
export function nearest(points: readonly GatePoint[], wrongRate: number): number {
  const distance = (place: number) => Math.abs((points[place]?.wrongRate ?? 1) - wrongRate);
  return points.reduce((best, _, place) => (distance(place) < distance(best) ? place : best), 0);
}

/** A point of the curve: the share of golden questions that is answered, and the share that is answered wrongly. */
export function curveOf(points: readonly GatePoint[], scope: Scope): { answered: number; wrong: number }[] {
  return points.map((point) => {
    const { golden } = sharesIn(point, scope);
    const of = Math.max(1, golden.of);
    return { answered: golden.answered / of, wrong: golden.wrong / of };
  });
}
