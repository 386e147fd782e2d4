/** An update as the fake makes it. */
export type FakeUpdate = Readonly<Record<string, unknown>> & { readonly update_id: number };

interface Waiting {
  readonly update: FakeUpdate;
  served: boolean;
  readonly done: () => void;
  readonly refused: (error: Error) => void;
}

/** A poll that is held open. */
interface Poll {
  readonly answer: (updates: readonly FakeUpdate[]) => void;
  readonly conflict: () => void;
}

/** What is not acknowledged yet, and how it is brought. */
export interface FakeInbox {
  /** Brings an update; resolves once it is acknowledged. Rejects at the first refusal where `retries` is false. */
  push(update: FakeUpdate): Promise<void>;
  /** Takes what is there from `offset` on and confirms what is before. */
  poll(offset: number, timeoutMs: number, poll: Poll): () => void;
  setWebhook(hook: { readonly url: string; readonly secret: string } | null): void;
  readonly hook: { readonly url: string; readonly secret: string } | null;
  readonly pending: number;
  stop(): void;
}

const firstRetryMs = 50;
const longestRetryMs = 2_000;

/**
 * Makes an inbox as Telegram keeps one for a bot: a chat's next update goes out by webhook only after the one before was
 * acknowledged; a poll brings up to 100, and a second poll at the same time is told of a conflict.
 */
export function createFakeInbox(options: {
  readonly retries: boolean;
  readonly deliver: (request: Request) => Promise<Response>;
  readonly chatOf: (update: FakeUpdate) => number;
}): FakeInbox {
  let waiting: Waiting[] = [];
  let held: (Poll & { readonly timer: NodeJS.Timeout; readonly offset: number }) | null = null;
  let hook: FakeInbox['hook'] = null;
  let stopped = false;
  const chats = new Map<number, Promise<void>>();

  function serve(offset: number): FakeUpdate[] {
    const due = waiting.filter(({ update, served }) => !served || update.update_id >= offset).slice(0, 100);
    for (const one of due) {
      if (one.served && !options.retries) one.refused(new Error('asked for again: it was not stored'));
      one.served = true;
    }
    return due.map(({ update }) => update);
  }

  function answerHeld(): void {
    if (held === null) return;
    const { answer, timer, offset } = held;
    clearTimeout(timer);
    held = null;
    answer(serve(offset));
  }

  async function call(
    one: Waiting,
    address: { readonly url: string; readonly secret: string },
  ): Promise<void> {
    for (let waitMs = firstRetryMs; !stopped; waitMs = Math.min(longestRetryMs, waitMs * 2)) {
      const request = new Request(address.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': address.secret,
        },
        body: JSON.stringify(one.update),
      });
      const status = await options.deliver(request).then(
        (response) => response.status,
        () => 0,
      );
      if (status >= 200 && status < 300) {
        waiting = waiting.filter((other) => other !== one);
        one.done();
        return;
      }
      if (!options.retries) {
        waiting = waiting.filter((other) => other !== one);
        one.refused(new Error(`the webhook answered ${status}`));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  function bring(one: Waiting): void {
    const address = hook;
    if (address === null) {
      answerHeld();
      return;
    }
    const chat = options.chatOf(one.update);
    const before = chats.get(chat) ?? Promise.resolve();
    chats.set(
      chat,
      before.then(() => call(one, address)),
    );
  }

  return {
    push(update) {
      return new Promise((done, refused) => {
        const one: Waiting = { update, served: false, done, refused };
        waiting.push(one);
        bring(one);
      });
    },
    poll(offset, timeoutMs, poll) {
      for (const one of waiting) if (one.served && one.update.update_id < offset) one.done();
      waiting = waiting.filter(({ served, update }) => !served || update.update_id >= offset);
      if (held !== null) {
        clearTimeout(held.timer);
        held.conflict();
      }
      held = { ...poll, offset, timer: setTimeout(answerHeld, timeoutMs) };
      const mine = held;
      if (waiting.length > 0) answerHeld();
      return () => {
        if (held !== mine) return;
        clearTimeout(mine.timer);
        held = null;
      };
    },
    setWebhook(next) {
      hook = next;
      if (next !== null) for (const one of waiting) bring(one);
    },
    get hook() {
      return hook;
    },
    get pending() {
      return waiting.length;
    },
    stop() {
      stopped = true;
      if (held !== null) clearTimeout(held.timer);
      held = null;
    },
  };
}
