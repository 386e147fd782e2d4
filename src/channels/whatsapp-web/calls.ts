import { SendError } from '../../core/errors.ts';

/** Calls to another process that wait for their answer. */
export interface Calls {
  /** @returns its number, and the answer. @throws SendError `unknown` when none comes in time, or ever */
  open<Result>(timeoutMs: number): { readonly id: number; readonly result: Promise<Result> };
  /** An answer came; one that nobody waits for any more is dropped. */
  settle(id: number, value: unknown): void;
  refuse(id: number, error: SendError): void;
  /** The process is gone: nobody knows how far it got. */
  failAll(): void;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: SendError) => void;
  readonly timer: NodeJS.Timeout;
}

/** Makes the list of them. */
export function createCalls(): Calls {
  const waiting = new Map<number, Waiting>();
  let last = 0;

  function take(id: number): Waiting | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    clearTimeout(one?.timer);
    return one;
  }

  return {
    open<Result>(timeoutMs: number) {
      last += 1;
      const id = last;
      const result = new Promise<Result>((resolve, reject) => {
        const timer = setTimeout(
          () => take(id)?.reject(lost('timeout', `WhatsApp Web gave no answer within ${timeoutMs} ms.`)),
          timeoutMs,
        );
        waiting.set(id, { resolve, reject, timer });
      });
      return { id, result };
    },
    settle: (id, value) => take(id)?.resolve(value as never),
    refuse: (id, error) => take(id)?.reject(error),
    failAll() {
      for (const id of [...waiting.keys()]) {
        take(id)?.reject(lost('connection_lost', "WhatsApp Web's browser ended while it was asked."));
      }
    },
  };
}

function lost(code: string, message: string): SendError {
  return new SendError(code, message, { unknown: true });
}
