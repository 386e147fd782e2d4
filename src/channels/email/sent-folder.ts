import type { ImapFlow } from 'imapflow';
import PQueue from 'p-queue';
import { commandMs, leave, within } from './imap.ts';

/** How long the connection stays open after its last use, in milliseconds. */
const restMs = 30_000;

/**
 * Our own record of what went out, in the mailbox's Sent folder. A copy is laid there before a mail is handed to the
 * server, unseen, and marked as seen once the server took it: so a copy that is missing proves that the mail did not go.
 */
export interface SentFolder {
  /** Lays a copy there. @returns what `settle` needs; null when the mailbox has no such folder */
  prepare(mail: Buffer, messageId: string): Promise<Copy | null>;
  /** The mail went out, or surely did not: then the copy is removed. */
  settle(copy: Copy, sent: boolean): Promise<void>;
  /** What became of a mail. @returns `unknown` when it was on its way, or when there is no such folder */
  find(messageId: string): Promise<'sent' | 'absent' | 'unknown'>;
  close(): Promise<void>;
}

/** A copy in the Sent folder. */
export interface Copy {
  /** Null where the server does not say. */
  readonly uid: number | null;
  readonly messageId: string;
}

/** Makes it; it connects with its first use. @param connect a new connection, not open yet */
export function createSentFolder(connect: () => Promise<ImapFlow>): SentFolder {
  const queue = new PQueue({ concurrency: 1 });
  let open: { readonly client: ImapFlow; readonly path: string | null } | null = null;
  let rest: NodeJS.Timeout | undefined;

  async function close(): Promise<void> {
    clearTimeout(rest);
    const closing = open;
    open = null;
    if (closing !== null) await leave(closing.client);
  }

  async function opened(): Promise<{ readonly client: ImapFlow; readonly path: string | null }> {
    if (open?.client.usable) return open;
    await close();
    const client = await connect();
    try {
      await within(client, commandMs, client.connect());
      const folders = await within(client, commandMs, client.list());
      const path = folders.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? null;
      if (path !== null) await within(client, commandMs, client.mailboxOpen(path));
      open = { client, path };
      return open;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  function use<Result>(
    work: (client: ImapFlow, path: string) => Promise<Result>,
    without: Result,
  ): Promise<Result> {
    return queue.add(async () => {
      clearTimeout(rest);
      const { client, path } = await opened();
      try {
        return path === null ? without : await work(client, path);
      } finally {
        rest = setTimeout(() => void queue.add(close), restMs);
        rest.unref();
      }
    });
  }

  async function uidsOf(client: ImapFlow, { uid, messageId }: Copy): Promise<number[]> {
    if (uid !== null) return [uid];
    const found = await client.search({ header: { 'message-id': messageId }, seen: false }, { uid: true });
    return Array.isArray(found) ? found : [];
  }

  return {
    prepare: (mail, messageId) =>
      use(async (client, path) => {
        const appended = await within(client, commandMs, client.append(path, mail, []));
        if (appended === false) throw new Error('the Sent folder takes no copy');
        return { uid: appended.uid ?? null, messageId: `<${messageId}>` };
      }, null),

    settle: (copy, sent) =>
      use(async (client) => {
        const range = (await within(client, commandMs, uidsOf(client, copy))).join(',');
        if (range === '') return;
        const change = sent
          ? client.messageFlagsAdd(range, ['\\Seen'], { uid: true })
          : client.messageDelete(range, { uid: true });
        await within(client, commandMs, change);
      }, undefined),

    find: (messageId) =>
      use(async (client) => {
        await within(client, commandMs, client.noop());
        const query = { header: { 'message-id': `<${messageId}>` } };
        const copies = await within(client, commandMs, client.search(query, { uid: true }));
        if (!Array.isArray(copies)) return 'unknown';
        if (copies.length === 0) return 'absent';
        const seen = await within(client, commandMs, client.search({ ...query, seen: true }, { uid: true }));
        return Array.isArray(seen) && seen.length > 0 ? 'sent' : 'unknown';
      }, 'unknown'),

    close: async () => {
      await queue.add(close);
    },
  };
}
