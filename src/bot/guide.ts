/** An answer taken apart into what leads up to its steps, the steps, and what follows them. */
export interface Guide {
  readonly lead: string;
  /** Without their numbers. */
  readonly steps: readonly string[];
  readonly end: string;
}

/** A shorter answer is read at one glance, on a phone as well. */
const longest = { steps: 3, characters: 400 };
const label = /^\d{1,2}[.)]\s+(?:\*\*[^*]+\*\*[^:]{0,20}:|\*\*[^*]+:\*\*)/u;
const numbered = /^\d{1,2}[.)]\s+/u;

/**
 * Takes an answer apart that is too long to be read whole on a phone.
 * @param answer Markdown as articles have it
 * @returns null when it is short, or has no numbered steps
 */
export function guideOf(answer: string): Guide | null {
  const lines = answer.trim().split('\n');
  const starts = lines.flatMap((line, at) => (numbered.test(line) ? [at] : []));
  const [first] = starts;
  const last = starts.at(-1);
  if (first === undefined || last === undefined) return null;
  if (starts.length <= longest.steps || answer.length <= longest.characters) return null;
  // "1. **Windows**: …  2. **Mac**: …" is a list to choose from, not one thing after another.
  const labelled = starts.filter((at) => label.test(lines[at] ?? '')).length;
  if (labelled * 2 > starts.length) return null;
  const after = lines.findIndex((line, at) => at > last && line.trim() === '');
  const stop = after < 0 ? lines.length : after;
  return {
    lead: text(lines.slice(0, first)),
    steps: starts.map((start, at) => text(lines.slice(start, starts[at + 1] ?? stop)).replace(numbered, '')),
    end: text(lines.slice(stop)),
  };
}

function text(lines: readonly string[]): string {
  return lines.join('\n').trim();
}
