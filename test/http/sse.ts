/** One server-sent event as it arrived. */
export interface Sent {
  readonly event: string;
  readonly data: unknown;
  readonly id: string | undefined;
}

/** A client of a stream. */
export interface StreamClient {
  readonly status: number;
  readonly headers: Headers;
  /** The next event that fits, however long it takes; what comes before it is passed over. */
  next(event: string): Promise<Sent>;
  /** What has arrived so far, comments too. */
  text(): string;
  /** Resolves once the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Opens a stream. */
export async function openStream(url: string, headers: Record<string, string>): Promise<StreamClient> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers, signal: abort.signal });
  const waiting: (() => void)[] = [];
  const sent: Sent[] = [];
  let text = '';
  let parsed = 0;
  let over = false;

  async function read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of answer.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      for (let end = text.indexOf('\n\n', parsed); end !== -1; end = text.indexOf('\n\n', parsed)) {
        const block = text.slice(parsed, end);
        parsed = end + 2;
        const field = (name: string) =>
          block
            .split('\n')
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2);
        const event = field('event');
        if (event !== undefined) sent.push({ event, data: JSON.parse(field('data') ?? ''), id: field('id') });
      }
      for (const wake of waiting.splice(0)) wake();
    }
  }
  const ended = read()
    .catch((error: unknown) => {
      if (!abort.signal.aborted) throw error;
    })
    .finally(() => {
      over = true;
      for (const wake of waiting.splice(0)) wake();
    });

  return {
    status: answer.status,
    headers: answer.headers,
    text: () => text,
    ended,
    close: () => abort.abort(),
    async next(event) {
      for (;;) {
        const found = sent.findIndex((one) => one.event === event);
        const [one] = found === -1 ? [] : sent.splice(0, found + 1).slice(-1);
        if (one !== undefined) return one;
        if (over) throw new Error(`the stream ended without ${event}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
