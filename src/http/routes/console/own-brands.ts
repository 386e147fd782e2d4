import type { FastifyRequest } from 'fastify';
import type { Workbench } from '../../../kb/workbench/workbench.ts';
import { type BrandsOf, personOf } from '../../access.ts';
import { decidesOver } from '../../bounds.ts';
import { HttpProblem } from '../../problem.ts';

/** What of an article says whose customers may be told it; none: everybody's. */
interface Branded {
  readonly brands?: readonly string[] | undefined;
}

/** What those who work for some brands only see of the console, and what they may change. */
export interface OwnBrands {
  /** As articles name them; undefined: whoever asks works for all. */
  shelves(request: FastifyRequest): Promise<readonly string[] | undefined>;
  /** @throws HttpProblem `kb_article_unknown` unless whoever asks may see the article; without one nothing is thrown */
  insistSeen(request: FastifyRequest, article: Branded | null | undefined): Promise<void>;
  /** @throws HttpProblem `kb_article_unknown` as above, `not_for_brands` unless all who are told these articles are theirs */
  insistOwn(request: FastifyRequest, ...articles: readonly (Branded | null | undefined)[]): Promise<void>;
  /** @throws HttpProblem `kb_gap_unknown` unless it is theirs */
  insistGap(request: FastifyRequest, gap: { readonly brand?: string } | undefined): Promise<void>;
  /** @throws HttpProblem `not_for_brands` unless it is one of theirs. @param brand as relevo.yaml names it */
  insistBrand(request: FastifyRequest, brand: string | null): Promise<void>;
}

/** A route of the console that keeps brands apart. */
export const ownConfig = { allow: 'supervisor', byBrand: true } as const;

/** @param knowledgeOf by which name articles say that they are for a brand */
export function createOwnBrands(
  brandsOf: BrandsOf,
  knowledgeOf: (brand: string | null) => string | null,
): OwnBrands {
  async function shelves(request: FastifyRequest): Promise<readonly string[] | undefined> {
    const own = await brandsOf(personOf(request).agent);
    return own?.flatMap((brand) => knowledgeOf(brand) ?? []);
  }

  async function insistSeen(request: FastifyRequest, article: Branded | null | undefined): Promise<void> {
    if (article == null || onShelves(await shelves(request), article)) return;
    throw new HttpProblem(404, 'kb_article_unknown', 'There is no such article.');
  }

  return {
    shelves,
    insistSeen,
    async insistOwn(request, ...articles) {
      const own = await shelves(request);
      for (const article of articles) {
        await insistSeen(request, article);
        if (article != null && !decidesOver(own, article.brands)) throw notTheirs(own);
      }
    },
    async insistGap(request, gap) {
      const own = await shelves(request);
      if (gap !== undefined && gapSeen(own, gap)) return;
      throw new HttpProblem(404, 'kb_gap_unknown', 'There is no such gap.');
    },
    async insistBrand(request, brand) {
      const own = await brandsOf(personOf(request).agent);
      if (!decidesOver(own, brand === null ? undefined : [brand])) throw notTheirs(own);
    },
  };
}

/** Whether customers of any of these (undefined: all) may be told an article. */
export function onShelves(own: readonly string[] | undefined, { brands = [] }: Branded): boolean {
  return own === undefined || brands.length === 0 || brands.some((name) => own.includes(name));
}

/** Whether a gap is that of customers of any of these (undefined: all). */
export function gapSeen(own: readonly string[] | undefined, { brand }: { readonly brand?: string }): boolean {
  return own === undefined || (brand !== undefined && own.includes(brand));
}

/** @throws HttpProblem as `OwnBrands.insistOwn`, for all that accepting a gap would change */
export async function insistOwnGap(
  own: OwnBrands,
  workbench: Pick<Workbench, 'gap' | 'draftGap' | 'articles'>,
  request: FastifyRequest,
  wish: {
    readonly id: string;
    readonly days: number;
    readonly action?: 'example' | 'article';
    readonly article?: string;
    readonly edited?: Branded | undefined;
  },
): Promise<void> {
  if ((await own.shelves(request)) === undefined) return;
  const found = await workbench.gap(wish.id, wish.days);
  await own.insistGap(request, found?.gap);
  if (wish.article === undefined || wish.action === undefined) return;
  if (wish.edited !== undefined) await own.insistOwn(request, wish.edited);
  if (wish.action === 'article' && wish.edited === undefined)
    await own.insistOwn(request, await workbench.draftGap(wish.id, wish.days, wish.article));
  const all = await workbench.articles.list({ offset: 0, limit: Number.MAX_SAFE_INTEGER });
  const same = all.articles.map(({ article }) => article).filter(({ id }) => id === wish.article);
  await own.insistOwn(request, ...same);
}

function notTheirs(own: readonly string[] | undefined): HttpProblem {
  const detail = `This needs to be for brands of yours alone: ${(own ?? []).join(', ')}.`;
  return new HttpProblem(403, 'not_for_brands', detail);
}
