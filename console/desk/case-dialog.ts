import type { CaseDetail } from './case.ts';
import type { Action } from './queries.ts';

/** What every dialog about a case gets. */
export interface CaseDialogProps {
  readonly theCase: CaseDetail;
  /** Why the last attempt failed, in words. */
  readonly fault: string | null;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onAct: (action: Action) => void;
}
