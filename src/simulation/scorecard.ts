import type { Scorecard } from './simulate.ts';

/** Whether every law held. Pure. */
export function lawful({ laws }: Scorecard): boolean {
  return Object.values(laws).every((count) => count === 0);
}

/** A line a figure, such as `two owners 0`: first what must be zero, then what happened. Pure. */
export function renderScorecard({ laws, facts }: Scorecard): string {
  const lines = (figures: object): string[] =>
    Object.entries(figures).map(([name, value]) => `${words(name)} ${value}`);
  return ['Must be zero:', ...lines(laws), '', 'What happened:', ...lines(facts)].join('\n');
}

/** `twoOwners` → `two owners`. */
function words(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}
