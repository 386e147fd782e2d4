/** Joins the class names that are there: `classNames(css.bubble, own && css.own)`. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
