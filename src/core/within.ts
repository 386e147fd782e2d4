/** What was waited for did not come in time; it may come yet. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * Waits for a promise, but not for ever.
 * @param given ends the waiting early
 * @throws what the promise throws, or NoAnswer when the time is over or it was given up
 */
export async function within<T>(timeoutMs: number, promise: Promise<T>, given?: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let giveUp: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`No answer within ${timeoutMs} ms.`)), timeoutMs);
    giveUp = () => reject(new NoAnswer('It was given up before there was an answer.'));
    given?.addEventListener('abort', giveUp);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    if (giveUp !== undefined) given?.removeEventListener('abort', giveUp);
  }
}
