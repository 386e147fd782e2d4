import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';

/** Asks once before the bot gets the case back. */
export function ReturnDialog({ fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  return (
    <Dialog title={say('return.title')} isOpen onClose={onClose}>
      <p>{say('return.words')}</p>
      <DialogFault fault={fault} />
      <DialogActions>
        <Button onPress={onClose}>{say('dialog.cancel')}</Button>
        <Button look="primary" autoFocus isDisabled={busy} onPress={() => onAct({ do: 'return-to-bot' })}>
          {say('action.returnToBot')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
