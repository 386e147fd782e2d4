/** A choice under a message. */
export interface Option {
  readonly id: string;
  readonly label: string;
}

/** The article an answer was taken from. */
export interface Source {
  readonly article: string;
  readonly title: string;
}

/** One message of a conversation as the server gives it. */
export interface Message {
  /** The client's own id for a customer's message. */
  readonly id: string;
  readonly from: 'customer' | 'bot' | 'agent' | 'system';
  readonly text: string;
  readonly options?: readonly Option[];
  readonly sources?: readonly Source[];
  /** The agent's name. */
  readonly author?: string;
  /** ISO 8601. */
  readonly at: string;
}
