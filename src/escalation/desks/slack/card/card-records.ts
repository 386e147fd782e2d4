import type { Cursors } from '../../../../store/cursors.ts';

/** A line of a case's story as it stands in the thread. */
export interface ShownLine {
  /** The line's id in the story. */
  readonly id: string;
  /** Slack's name of the message that shows it; null: it is part of another one. */
  readonly ts: string | null;
  /** Tells whether it is shown as it is now. */
  readonly mark: string;
  /** Its file needs nothing more: there is none, it is shared, or it cannot be. */
  readonly fileDone: boolean;
}

/** Where a case's card is in Slack, and how far it shows the case. */
export interface CardRecord {
  readonly tier: number;
  /** Null: the tier has no Slack channel. */
  readonly channel: string | null;
  /** Slack's name of the card; null while it is not posted. */
  readonly ts: string | null;
  /** Since when it is being posted and nobody knows how that ended, epoch milliseconds. */
  readonly postingSince: number | null;
  /** The card of the tier before, while it does not say yet where the case went. */
  readonly previous: { readonly channel: string; readonly ts: string } | null;
  /** The case's version that the card shows. */
  readonly version: number;
  /** Tells whether the card is shown as it is now. */
  readonly mark: string;
  /** How often it was posted anew because somebody had deleted it. */
  readonly reposts: number;
  /** It was deleted again: the web desk alone has the case. */
  readonly gone: boolean;
  /** The newest lines in the thread; null while the thread is not open. */
  readonly lines: readonly ShownLine[] | null;
  /** Something shown here is still on its way: a file, an answer. */
  readonly unfinished: boolean;
  /** When the card looks different although nothing happens, epoch milliseconds; null: never. */
  readonly redrawAt?: number | null;
  /** The case is closed or with the bot, and the card says so. */
  readonly resting: boolean;
}

/** Where cards are, kept in cursors. Only the desk's leader writes. */
export function createCardRecords(cursors: Pick<Cursors, 'get' | 'set'>) {
  const liveName = 'slack-desk/live';
  let live: Set<string> | null = null;

  const known = async (): Promise<Set<string>> => {
    live ??= new Set(listIn(await cursors.get(liveName)));
    return live;
  };

  return {
    async get(id: string): Promise<CardRecord | null> {
      const text = await cursors.get(`slack-desk/card/${id}`);
      return text === null ? null : (JSON.parse(text) as CardRecord);
    },
    async save(id: string, record: CardRecord): Promise<void> {
      await cursors.set(`slack-desk/card/${id}`, JSON.stringify(record));
      const ids = await known();
      const changed = record.resting ? ids.delete(id) : !ids.has(id) && ids.add(id) !== null;
      if (changed) await cursors.set(liveName, JSON.stringify([...ids]));
    },
    /** The cases whose cards may have to be changed. */
    async live(): Promise<string[]> {
      return [...(await known())];
    },
    /** Forgets what this process remembers: somebody else was the leader. */
    forget(): void {
      live = null;
    },
    /** Says whose card a message is. */
    async own(channel: string, ts: string, id: string): Promise<void> {
      await cursors.set(`slack-desk/thread/${channel}/${ts}`, id);
    },
    /** Says which question a message asks. */
    async ownQuestion(channel: string, ts: string, id: string, question: number): Promise<void> {
      await cursors.set(`slack-desk/asked/${channel}/${ts}`, `${id}#${question}`);
    },
    /** The question that a message asks; null when it asks none. */
    async questionOf(channel: string, ts: string): Promise<{ id: string; question: number } | null> {
      const [id = '', number] = (await cursors.get(`slack-desk/asked/${channel}/${ts}`))?.split('#') ?? [];
      return id === '' ? null : { id, question: Number(number) };
    },
    /** The case of a card, now or before; null when it is none. */
    ownerOf: (channel: string, ts: string): Promise<string | null> =>
      cursors.get(`slack-desk/thread/${channel}/${ts}`),
  };
}

/** Where cards are. */
export type CardRecords = ReturnType<typeof createCardRecords>;

function listIn(text: string | null): string[] {
  return text === null ? [] : (JSON.parse(text) as string[]);
}
