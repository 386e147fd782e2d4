import type { Logger } from 'pino';
import type { Store } from './store.ts';

/** Raised when read models hold something that they did not before: those of an older Relevo are then made anew. */
const modelVersion = 4;

const name = 'relevo/read-models';

/** Whoever waits for a large log is told again after so many more commits. */
const toldEveryCommits = 100_000;

/**
 * Makes the read models anew from the log where an older Relevo wrote them; otherwise nothing happens. Other processes may
 * go on meanwhile, and again after a crash is harmless. Of an empty store nothing is logged.
 */
export async function ensureReadModels(
  store: Pick<Store, 'cursors' | 'rebuild'>,
  log: Pick<Logger, 'info'>,
): Promise<void> {
  const known = Number((await store.cursors.get(name)) ?? 0);
  if (known >= modelVersion) return;
  let tellAt = 1;
  const { conversations } = await store.rebuild((commits) => {
    if (commits < tellAt) return;
    tellAt = commits + toldEveryCommits;
    log.info({ commits }, 'the lists are made anew from the log, once, for this version');
  });
  if (conversations > 0) log.info({ conversations }, 'the lists are made anew');
  await store.cursors.set(name, String(modelVersion));
}
