import css from './share-bar.module.css';

/** A share as a bar, with a mark where it begins to be enough. For the eye: the words stand beside it. */
export function ShareBar({ share, mark }: { readonly share: number; readonly mark?: number | undefined }) {
  return (
    <span className={css.bar} aria-hidden="true">
      <span className={css.filled} style={{ inlineSize: `${clamp(share) * 100}%` }} />
      {mark !== undefined && (
        <span className={css.mark} style={{ insetInlineStart: `${clamp(mark) * 100}%` }} />
      )}
    </span>
  );
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
