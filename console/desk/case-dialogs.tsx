import type { ComponentType } from 'react';
import { AskDialog } from './ask-dialog.tsx';
import { AssessDialog } from './assess-dialog.tsx';
import { CallDialog } from './call-dialog.tsx';
import type { Ask } from './case-actions.ts';
import type { CaseDialogProps } from './case-dialog.ts';
import { EndCallDialog } from './end-call-dialog.tsx';
import { EscalateDialog } from './escalate-dialog.tsx';
import { JoinDialog } from './join-dialog.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { SolveDialog } from './solve-dialog.tsx';
import { VendorAnswerDialog } from './vendor-answer-dialog.tsx';
import { VendorDialog } from './vendor-dialog.tsx';

/** The dialog of each thing that asks before it is done. */
export const caseDialogs: Readonly<Record<Ask, ComponentType<CaseDialogProps>>> = {
  ask: AskDialog,
  assess: AssessDialog,
  call: CallDialog,
  'end-call': EndCallDialog,
  escalate: EscalateDialog,
  join: JoinDialog,
  return: ReturnDialog,
  solve: SolveDialog,
  vendor: VendorDialog,
  'vendor-answer': VendorAnswerDialog,
};
