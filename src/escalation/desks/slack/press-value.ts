/** What a button of ours carries: the case and the version that its reader saw. */
export interface Pressed {
  readonly id: string;
  /** The sequence of the newest commit when the button was drawn. */
  readonly version: number;
}

/** As a button's value. Pure. */
export function pressValue({ id, version }: Pressed): string {
  return `${id}.${version}`;
}

/** Reads a button's value; null when it is none of ours. Pure. */
export function readPress(value: unknown): Pressed | null {
  const found = typeof value === 'string' ? /^([0-9a-f]{32})\.(\d{1,9})$/u.exec(value) : null;
  return found === null ? null : { id: found[1] ?? '', version: Number(found[2]) };
}
