import type { BaseContent } from '../core/article.ts';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import type { KnowledgeBases } from './bases.ts';
import type { GoldenComparison } from './golden-run.ts';
import { unknownBrands } from './lint.ts';
import { type Proof, type ProofOptions, proveDraft } from './proof.ts';
import { showWorse } from './proof-report.ts';
import { baseTopic, type Published, publishable, publishContent } from './publish.ts';
import type { Played } from './rehearsal/play.ts';

/** What publishing takes. */
export interface PublishDeps {
  readonly bases: KnowledgeBases;
  readonly clock: Clock;
  readonly signals: { publish(topic: string): void };
  /** Plays the draft's rehearsals to it, where they must not break. */
  readonly rehearse: (draft: BaseContent) => Promise<readonly Played[]>;
}

/** Who publishes, why, and whether also when golden questions get worse. */
export interface PublishWish {
  readonly by: string;
  readonly comment: string;
  readonly force: boolean;
  /** The companies that articles may be for; absent: whoever they name. */
  readonly brands?: readonly string[];
}

/**
 * Publishes the draft once its golden questions show that nothing gets worse.
 * @returns what was published, and the proof; null where there was nothing to prove it with
 * @throws RelevoError `kb_unknown_brand`; `kb_regression` with the questions and `kb_rehearsal_broken` with the rehearsals,
 *   unless forced; as `publishDraft` does
 */
export async function publishProven(
  deps: PublishDeps,
  { by, comment, force, brands }: PublishWish,
  options: ProofOptions = {},
): Promise<Published & { readonly proof: Proof | null; readonly broken: readonly Played[] }> {
  const { draft, current } = await publishable(deps.bases);
  const strange = brands === undefined ? [] : unknownBrands(draft.articles, brands);
  if (strange.length > 0)
    throw new RelevoError(
      'kb_unknown_brand',
      `nothing was published: ${strange.map(({ place, message }) => `\n  ${place}: ${message}`).join('')}`,
      { hint: 'Correct the articles, or add the brands to relevo.yaml.' },
    );
  const proof =
    draft.golden.length === 0 || current === null ? null : await proveDraft(draft, current, options);
  const comparison = proof?.published?.comparison;
  if (comparison?.regression && !force)
    throw new RelevoError(
      'kb_regression',
      `nothing was published, the draft is worse: ${summed(comparison)}${showWorse(comparison)}`,
      { hint: '"relevo kb test" shows the whole table. To publish all the same: --force --comment "why".' },
    );
  const played = draft.mustRehearse ? await deps.rehearse(draft) : [];
  const broken = played.filter(({ passed }) => !passed);
  if (broken.length > 0 && !force)
    throw new RelevoError(
      'kb_rehearsal_broken',
      `nothing was published, ${broken.length} of ${played.length} rehearsals break:${broken.map(showBroken).join('')}`,
      { hint: '"relevo kb rehearse" plays them. To publish all the same: --force --comment "why".' },
    );
  const published = await publishContent(deps, draft, { by, comment }, [current]);
  deps.signals.publish(baseTopic);
  return { ...published, proof, broken };
}

/** A comparison in one line. */
export function summed({ worse, better, edge }: GoldenComparison): string {
  return `${better.length} better, ${worse.length} worse, ${edge.length} at the edge`;
}

function showBroken({ name, brokeAt, turns }: Played): string {
  const faults = turns[brokeAt ?? 0]?.faults ?? [];
  return `\n  ${name}, turn ${(brokeAt ?? 0) + 1}: ${faults.join('; ')}`;
}
