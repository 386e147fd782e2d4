import css from './typing.module.css';

/** Three dots that breathe; `label` says in words who is writing. */
export function Typing({ label }: { readonly label: string }) {
  return (
    <span className={css.typing}>
      <span className="sr-only">{label}</span>
      <span className={css.dot} />
      <span className={css.dot} />
      <span className={css.dot} />
    </span>
  );
}
