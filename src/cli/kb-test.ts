import type { Command } from 'commander';
import type { BaseContent, PublishedBase } from '../core/article.ts';
import { systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { type GoldenComparison, orphanedGolden } from '../kb/golden-run.ts';
import { type Proof, type ProofStep, proveDraft } from '../kb/proof.ts';
import { showProof, showQuestion, showWorse } from '../kb/proof-report.ts';
import { baseTopic, publishable, publishDraft } from '../kb/publish.ts';
import type { Store } from '../store/store.ts';
import type { WithStore } from './context.ts';

/** Who `relevo kb` is in the list of versions. */
export const by = 'relevo kb';

/** How a draft is published. */
export interface PublishOptions {
  readonly comment: string;
  /** Also when golden questions get worse. */
  readonly force: boolean;
}

/** Adds `kb test`, which asks the golden questions. */
export function addTest(kb: Command, { withStore, print }: WithStore): void {
  kb.command('test')
    .description(
      'ask the golden questions of the draft and of the published version, and show what changed; exit code 1 when something is worse',
    )
    .option('--all', 'also show what did not change', false)
    .action((options: { all: boolean }) =>
      withStore(async ({ bases }) => {
        const draft = await bases.draft();
        if (draft.golden.length === 0) {
          print('the draft has no golden questions: "relevo kb golden import" takes them from a file');
          return;
        }
        const proof = prove(draft, await bases.current());
        for (const line of showProof(proof, options.all)) print(line);
        for (const golden of orphanedGolden(draft).slice(0, 20))
          print(`no such article in the draft: ${showQuestion(golden)}`);
        const comparison = proof.published?.comparison;
        if (comparison?.regression)
          throw new RelevoError(
            'kb_regression',
            `the draft is worse than what is published: ${summed(comparison)}`,
          );
      }),
    );
}

/**
 * Publishes the draft once its golden questions show that nothing gets worse.
 * @throws RelevoError `kb_regression` with the questions, unless forced; as `publishDraft` does
 */
export async function publishProven(
  store: Store,
  print: (line: string) => void,
  { comment, force }: PublishOptions,
): Promise<void> {
  const { bases } = store;
  const { draft, current } = await publishable(bases);
  if (draft.golden.length === 0) print('no golden questions: published without a test');
  else if (current !== null) {
    const { published } = prove(draft, current);
    const comparison = published?.comparison;
    if (comparison?.regression && !force)
      throw new RelevoError(
        'kb_regression',
        `nothing was published, the draft is worse: ${summed(comparison)}${showWorse(comparison)}`,
        {
          hint: '"relevo kb test" shows the whole table. To publish all the same: --force --comment "why".',
        },
      );
    if (comparison) print(`${draft.golden.length} golden questions: ${summed(comparison)}`);
  }
  const { version, articleCount } = await publishDraft({ bases, clock: systemClock }, { by, comment });
  store.signals.publish(baseTopic);
  print(`published version ${version} with ${articleCount} articles`);
}

function summed({ worse, better, edge }: GoldenComparison): string {
  return `${better.length} better, ${worse.length} worse, ${edge.length} at the edge`;
}

function prove(draft: BaseContent, current: PublishedBase | null): Proof {
  const { stderr } = process;
  if (!stderr.isTTY) return proveDraft(draft, current);
  const progress = (step: ProofStep): void => {
    const what = step.what === 'draft' ? 'the draft' : 'the published version';
    const text =
      step.kind === 'training'
        ? `training on ${what} …`
        : `asking ${what}: ${step.done} of ${draft.golden.length}`;
    stderr.write(`\r\u001B[K${text}`);
  };
  try {
    return proveDraft(draft, current, { progress });
  } finally {
    stderr.write('\r\u001B[K');
  }
}
