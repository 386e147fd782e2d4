import type { Command } from 'commander';
import type { BaseContent } from '../core/article.ts';
import { systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { orphanedGolden } from '../kb/golden-run.ts';
import { type ProofOptions, type ProofStep, proveDraft } from '../kb/proof.ts';
import { showProof, showQuestion } from '../kb/proof-report.ts';
import { summed } from '../kb/publish-proven.ts';
import { createPublishing, type Publishing } from '../kb/workbench/publishing.ts';
import type { Store } from '../store/store.ts';
import type { WithStore } from './context.ts';
import { rehearseHere } from './rehearse-here.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

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
        const current = await bases.current();
        const proof = await withProgress(draft, (options) => proveDraft(draft, current, options));
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
 * @throws RelevoError as `publishProven` does
 */
export async function publish(
  store: Store,
  print: (line: string) => void,
  { comment, force }: PublishOptions,
  known: { readonly brands?: readonly string[] } = {},
): Promise<void> {
  const draft = await store.bases.draft();
  const done = await withProgress(draft, (options) =>
    publishingOn(store).publish(commandWriter(comment), { force, ...known }, options),
  );
  const comparison = done.proof?.published?.comparison;
  if (draft.golden.length === 0) print('no golden questions: published without a test');
  else if (comparison) print(`${draft.golden.length} golden questions: ${summed(comparison)}`);
  print(`published version ${done.version} with ${done.articleCount} articles`);
}

/** Publishing and going back, on a store. */
export function publishingOn({ bases, signals, audit }: Store): Publishing {
  const deps = { bases, signals, clock: systemClock, rehearse: rehearseHere };
  return createPublishing({ ...deps, writeDown: writeDownIn(audit) });
}

/** Shows on a terminal how far a proof is. */
async function withProgress<T>(draft: BaseContent, work: (options: ProofOptions) => Promise<T>): Promise<T> {
  const { stderr } = process;
  if (!stderr.isTTY) return work({});
  const progress = (step: ProofStep): void => {
    const what = step.what === 'draft' ? 'the draft' : 'the published version';
    const text =
      step.kind === 'training'
        ? `training on ${what} …`
        : `asking ${what}: ${step.done} of ${draft.golden.length}`;
    stderr.write(`\r\u001B[K${text}`);
  };
  try {
    return await work({ progress });
  } finally {
    stderr.write('\r\u001B[K');
  }
}
