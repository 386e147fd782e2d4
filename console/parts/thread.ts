/** What a thread needs to know of a message to lay it out. */
export interface Threaded {
  readonly id: string;
  readonly from: string;
  readonly author?: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Messages of one sender in a row. */
export interface Group<M extends Threaded> {
  readonly kind: 'group';
  readonly key: string;
  readonly messages: readonly [M, ...M[]];
}

/** The line between two days. */
export interface Day {
  readonly kind: 'day';
  readonly key: string;
  readonly at: string;
}

const togetherMs = 5 * 60_000;

/**
 * Lays messages out as a messenger does: those of one sender within five minutes stand together, and a line
 * comes before each new day (of the reader's time zone).
 * @param messages oldest first
 */
export function layOut<M extends Threaded>(messages: readonly M[]): readonly (Group<M> | Day)[] {
  const rows: (Group<M> | Day)[] = [];
  let previous: M | undefined;
  for (const message of messages) {
    const sameDay = previous !== undefined && dayOf(previous.at) === dayOf(message.at);
    if (!sameDay) rows.push({ kind: 'day', key: `day-${message.id}`, at: message.at });
    const last = rows.at(-1);
    if (last?.kind === 'group' && previous !== undefined && belongs(previous, message)) {
      rows[rows.length - 1] = { ...last, messages: [...last.messages, message] };
    } else {
      rows.push({ kind: 'group', key: message.id, messages: [message] });
    }
    previous = message;
  }
  return rows;
}

function belongs(previous: Threaded, next: Threaded): boolean {
  return (
    previous.from === next.from &&
    previous.author === next.author &&
    Date.parse(next.at) - Date.parse(previous.at) < togetherMs
  );
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}
