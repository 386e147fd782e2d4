/**
 * The name of a message's nth call: the effect's own for the first, `<effect>#<n>` from the second on.
 * @param part from 0
 */
export function partName(effect: string, part: number): string {
  return part === 0 ? effect : `${effect}#${part + 1}`;
}

/** The effect and the part (from 0) that a part's name names. */
export function partOf(name: string): { effect: string; part: number } {
  const [effect = name, number] = name.split('#');
  return { effect, part: number === undefined ? 0 : Number(number) - 1 };
}
