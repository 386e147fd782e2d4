import type { RehearsalWork } from '../../../kb/rehearsal/rehearsal-work.ts';
import type { TrialWork } from '../../../kb/trial/trial-work.ts';
import type { WordWork } from '../../../kb/workbench/word-work.ts';
import type { Workbench } from '../../../kb/workbench/workbench.ts';
import type { AuditLog } from '../../../store/audit.ts';
import type { BrandsOf } from '../../access.ts';
import type { PreviewArticle } from '../../article-preview.ts';
import type { EventStreams } from '../../event-stream.ts';
import type { WebApp } from '../../web-app.ts';
import { consoleArticleRoutes } from './articles.ts';
import { consoleAuditRoutes } from './audit.ts';
import { consoleChangeRoutes } from './changes.ts';
import { consoleGapRoutes } from './gaps.ts';
import { createOwnBrands } from './own-brands.ts';
import { consoleRehearsalRoutes } from './rehearsals.ts';
import { consoleReplayRoutes } from './replays.ts';
import { consoleSettingsRoutes, type SettingsView } from './settings.ts';
import { consoleTrialRoutes } from './trial.ts';
import { consoleTuningRoutes } from './tuning.ts';
import { consoleWordRoutes } from './words.ts';

/** What the supervisors' console is made of. */
export interface ConsoleDeps {
  readonly workbench: Workbench;
  readonly words: WordWork;
  readonly trials: TrialWork;
  readonly rehearsals: RehearsalWork;
  /** Takes personal data out of a text. */
  readonly redact: (text: string) => string;
  /** Shows what channels make of an article. */
  readonly preview: PreviewArticle;
  readonly audit: Pick<AuditLog, 'add' | 'list' | 'check'>;
  /** By which name articles say that they are for a brand; absent: by its own. */
  readonly knowledgeOf?: (brand: string | null) => string | null;
  /** What relevo.yaml says; absent: it is not shown. */
  readonly settings?: () => Promise<SettingsView>;
}

/** All that the supervisors' console asks for. */
export function consoleRoutes(
  app: WebApp,
  given: ConsoleDeps & { readonly brandsOf: BrandsOf },
  streams: EventStreams,
): void {
  const deps = { ...given, own: createOwnBrands(given.brandsOf, given.knowledgeOf ?? ((brand) => brand)) };
  consoleGapRoutes(app, deps);
  consoleArticleRoutes(app, deps);
  consoleTuningRoutes(app, deps);
  consoleWordRoutes(app, deps);
  consoleTrialRoutes(app, deps);
  consoleRehearsalRoutes(app, deps);
  consoleChangeRoutes(app, deps);
  consoleReplayRoutes(app, { ...deps, streams });
  consoleAuditRoutes(app, deps);
  consoleSettingsRoutes(app, deps);
}
