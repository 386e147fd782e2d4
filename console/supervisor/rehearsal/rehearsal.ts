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

/** What the bot did. */
export interface Happened {
  readonly said: readonly string[];
  readonly options: readonly { readonly label: string }[];
  /** The article that it answered with. */
  readonly answers: string | null;
  readonly asks: boolean;
  /** Why. */
  readonly handsOver: string | null;
}

/** One turn as it went. */
export interface PlayedTurn {
  readonly customer: string;
  readonly expected: {
    readonly answers?: string;
    readonly asks?: boolean;
    readonly handsOver?: string;
    readonly contains?: readonly string[];
  };
  /** Null: it was not come to. */
  readonly happened: Happened | null;
  /** What the server says of it. */
  readonly faults: readonly string[];
}

/** A scripted customer as it went. */
export interface Played {
  readonly name: string;
  readonly passed: boolean;
  readonly brokeAt: number | null;
  readonly turns: readonly PlayedTurn[];
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
