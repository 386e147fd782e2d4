/** A share and where it is with a probability of 95 %. */
export interface ShareRange {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** What one version has done in a trial. */
export interface TrialSide {
  readonly version: number;
  readonly customers: number;
  readonly open: number;
  readonly ranges: Readonly<Record<'resolved' | 'disliked' | 'handedOver', ShareRange | null>>;
  readonly wrong: { readonly count: number; readonly of: number; readonly range: ShareRange } | null;
}

/** Two versions side by side. */
export interface Trial {
  readonly id: string;
  readonly candidate: number;
  readonly live: number;
  readonly share: number;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly ended: {
    readonly at: string;
    readonly why: 'candidate-worse' | 'live-worse' | 'dropped' | 'made-live' | 'published';
    readonly by: string;
  } | null;
  readonly countedAt: string | null;
  readonly sides: { readonly live: TrialSide; readonly candidate: TrialSide };
  readonly evidence: number;
  readonly stopsAt: number;
}
