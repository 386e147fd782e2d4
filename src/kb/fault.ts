/** Something wrong in a file that is imported. */
export interface Fault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What is wrong and what is expected. */
  readonly message: string;
}

/** A fault as a person reads it: `kb/es/x.md line 7: …`. */
export function showFault({ file, line, message }: Fault): string {
  return `${file} line ${line}: ${message}`;
}

/** Where a fault is, in words: `examples 3: `; nothing for the whole article. */
export function showPath(path: readonly PropertyKey[]): string {
  const words = path.map((part) => (typeof part === 'number' ? String(part + 1) : String(part)));
  return words.length === 0 ? '' : `${words.join(' ')}: `;
}
