/** A scripted customer of the draft. */
export interface Rehearsal {
  readonly name: string;
  readonly language: string;
  readonly turns: number;
  readonly yaml: string;
}

/** All of them. */
export interface Rehearsals {
  readonly rehearsals: readonly Rehearsal[];
  readonly mustRehearse: boolean;
}

/** A scripted customer as it went. */
export interface Played {
  readonly name: string;
  readonly passed: boolean;
  readonly brokeAt: number | null;
  readonly turns: readonly {
    readonly customer: string;
    readonly happened: { readonly said: readonly string[] } | null;
    readonly faults: readonly string[];
  }[];
}

/** What a new one begins with. */
export const example = `name: internet-lento
language: es
turns:
  - say: mi internet va lento
    expect:
      answers: internet-lento
  - choose: No me sirvió
    expect:
      handsOver: disliked
`;
