/** Who somebody is in a call: the agent may mute, remove and end; the customer may not. */
export type VideoRole = 'agent' | 'customer';

/** How far an invitation has come. A `holder` is the hash of a secret that one browser keeps. */
export type InvitationStage =
  | { readonly kind: 'issued' }
  /** Its page was seen. By whom does not matter yet: chats look at links to show what is behind them. */
  | { readonly kind: 'opened'; readonly at: number }
  /** Somebody went in with it: it is theirs, and the token made then is its only one. */
  | {
      readonly kind: 'used';
      readonly at: number;
      readonly holder: string;
      readonly tokenId: string;
      /** When the token came back from the call; null: not yet. */
      readonly arrivedAt: number | null;
    }
  | { readonly kind: 'cancelled'; readonly at: number };

/** One person's one-time link into one call. */
export interface Invitation {
  /** Opaque; names the invitation in tokens and logs. It opens nothing. */
  readonly id: string;
  /** The hash of the code in the link: the code itself is kept nowhere. */
  readonly codeHash: string;
  readonly conversationId: string;
  readonly room: string;
  readonly role: VideoRole;
  readonly name: string | null;
  /** From when and until when somebody may go in, in epoch milliseconds. */
  readonly opensAt: number;
  readonly closesAt: number;
  readonly stage: InvitationStage;
  /** Counts the changes: of two at the same moment, one is stored. */
  readonly version: number;
}
