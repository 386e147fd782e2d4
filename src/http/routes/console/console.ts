import type { WordWork } from '../../../kb/workbench/word-work.ts';
import type { Workbench } from '../../../kb/workbench/workbench.ts';
import type { AuditLog } from '../../../store/audit.ts';
import type { PreviewArticle } from '../../article-preview.ts';
import type { EventStreams } from '../../event-stream.ts';
import type { WebApp } from '../../web-app.ts';
import { consoleArticleRoutes } from './articles.ts';
import { consoleAuditRoutes } from './audit.ts';
import { consoleChangeRoutes } from './changes.ts';
import { consoleGapRoutes } from './gaps.ts';
import { consoleReplayRoutes } from './replays.ts';
import { consoleTuningRoutes } from './tuning.ts';
import { consoleWordRoutes } from './words.ts';

/** What the supervisors' console is made of. */
export interface ConsoleDeps {
  readonly workbench: Workbench;
  readonly words: WordWork;
  /** Takes personal data out of a text. */
  readonly redact: (text: string) => string;
  /** Shows what channels make of an article. */
  readonly preview: PreviewArticle;
  readonly audit: Pick<AuditLog, 'add' | 'list' | 'check'>;
}

/** All that the supervisors' console asks for. */
export function consoleRoutes(app: WebApp, deps: ConsoleDeps, streams: EventStreams): void {
  consoleGapRoutes(app, deps);
  consoleArticleRoutes(app, deps);
  consoleTuningRoutes(app, deps);
  consoleWordRoutes(app, deps);
  consoleChangeRoutes(app, deps);
  consoleReplayRoutes(app, { ...deps, streams });
  consoleAuditRoutes(app, deps);
}
