import css from './dialog-fault.module.css';

/** Why a dialog's action failed; read out at once. */
export function DialogFault({ fault }: { readonly fault: string | null }) {
  if (fault === null) return null;
  return (
    <div className={css.fault} role="alert">
      {fault}
    </div>
  );
}
