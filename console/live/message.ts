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

/** A file as the server names it. */
export interface FileRef {
  readonly id: string;
  readonly kind: 'image' | 'audio' | 'voice' | 'video' | 'document' | 'sticker';
  readonly name?: string;
  readonly bytes?: number;
  /** The content type as the bytes tell; null or missing while nobody knows it. */
  readonly type?: string | null;
}

/** One message of a conversation as the server gives it. */
export interface Message {
  /** The client's own id for a customer's message. */
  readonly id: string;
  readonly from: 'customer' | 'bot' | 'agent' | 'system';
  /** Empty where a file says it all. */
  readonly text: string;
  readonly file?: FileRef;
  readonly options?: readonly Option[];
  readonly sources?: readonly Source[];
  /** The agent's name. */
  readonly author?: string;
  /** ISO 8601. */
  readonly at: string;
}
