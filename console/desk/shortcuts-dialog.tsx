import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import css from './shortcuts-dialog.module.css';

const shortcuts = [
  [['j', '↓'], 'keys.next'],
  [['k', '↑'], 'keys.previous'],
  [['↵'], 'keys.open'],
  [['x'], 'next.take'],
  [['c'], 'keys.claim'],
  [['r'], 'keys.reply'],
  [['n'], 'keys.note'],
  [['e'], 'keys.escalate'],
  [['s'], 'keys.solve'],
  [['q'], 'action.ask'],
  [['a'], 'action.assess'],
  [['v'], 'action.vendor'],
  [['w'], 'action.vendorAnswered'],
  [['b'], 'action.returnToBot'],
  [['Esc'], 'keys.leave'],
  [['?'], 'keys.help'],
] as const;

/** Which keys do what. */
export function ShortcutsDialog(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog title={say('keys.title')} {...props}>
      <dl className={css.keys}>
        {shortcuts.map(([keys, what]) => (
          <div key={what} className={css.row}>
            <dt>{say(what)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <DialogActions>
        <Button autoFocus onPress={props.onClose}>
          {say('dialog.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
