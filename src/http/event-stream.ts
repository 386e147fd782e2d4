import type { FastifyReply, FastifyRequest } from 'fastify';

/** One client's stream of server-sent events. */
export interface EventStream {
  readonly open: boolean;
  /** Whether the client takes what it is sent; false: wait for `drained`. */
  readonly keepsUp: boolean;
  send(event: { event: string; data: unknown; id?: string }): void;
  /** Resolves once the client has taken what was sent, or is gone. */
  drained(): Promise<void>;
  /** Ends it; the client connects again when it wants to. */
  end(): void;
}

/** How long things may take, in milliseconds. */
export interface StreamLimits {
  /** A quiet stream shows that it is alive this often. */
  readonly heartbeatMs: number;
  /** A stream looks for news this often, even without a hint. */
  readonly lookMs: number;
  /** A client that takes nothing for this long is dropped. */
  readonly stalledMs: number;
  /** Whether whoever watches still may is looked at this often, even without a hint. */
  readonly checkMs: number;
}

/** All open streams of this process. */
export interface EventStreams {
  /**
   * Turns an answer into a stream. The headers go out at once.
   * @param watch `look` is called every `lookMs`; `closed` once when it has ended, never before this has returned
   */
  open(reply: FastifyReply, watch: { look(): void; closed(): void }): EventStream;
  readonly size: number;
  /** Ends the streams of those who may watch no more. */
  recheck(): void;
  /** Ends all streams; no new one stays open. */
  stop(): void;
}

interface Entry {
  readonly stream: EventStream;
  readonly tick: (nowMs: number) => void;
  readonly check: () => void;
}

/** A client this many bytes behind is dropped at once. */
const maxBehindBytes = 8 * 1024 * 1024;

const beforeRetryMs = 2_000;

/**
 * One timer serves all streams, so that thousands of them cost little while nothing happens.
 * @param allowed whether whoever asked for a stream may still watch it; while nobody can say, they may
 */
export function createEventStreams(
  limits: StreamLimits,
  allowed: (request: FastifyRequest) => Promise<boolean> = async () => true,
): EventStreams {
  const entries = new Set<Entry>();
  let stopped = false;
  const everyMs = Math.min(1_000, limits.heartbeatMs, limits.lookMs, limits.checkMs);
  const timer = setInterval(() => {
    const nowMs = performance.now();
    for (const { tick } of entries) tick(nowMs);
  }, everyMs);
  timer.unref();

  return {
    get size() {
      return entries.size;
    },
    open(reply, watch) {
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...headersOf(reply),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        // Nothing else will be asked on this connection: with the stream it ends, too.
        connection: 'close',
      });
      let beatAt = performance.now();
      let lookedAt = beatAt;
      let checkedAt = beatAt;
      let stalledSince: number | null = null;

      const stream: EventStream = {
        get open() {
          return !raw.writableEnded && !raw.destroyed;
        },
        get keepsUp() {
          return !raw.writableNeedDrain;
        },
        send({ event, data, id }) {
          if (!stream.open) return;
          if (raw.writableLength > maxBehindBytes) raw.destroy();
          else
            raw.write(
              `event: ${event}\ndata: ${JSON.stringify(data)}\n${id === undefined ? '' : `id: ${id}\n`}\n`,
            );
          beatAt = performance.now();
        },
        drained: () =>
          new Promise((resolve) => {
            if (!stream.open || stream.keepsUp) return resolve();
            const done = () => {
              raw.off('drain', done);
              raw.off('close', done);
              resolve();
            };
            raw.once('drain', done);
            raw.once('close', done);
          }),
        end() {
          if (stream.open) raw.end();
        },
      };
      const check = () => {
        allowed(reply.request).then(
          (may) => {
            if (!may) stream.end();
          },
          (error: unknown) =>
            reply.log.warn({ err: error }, 'it could not be checked whether somebody may still watch'),
        );
      };
      const entry: Entry = {
        stream,
        check,
        tick(nowMs) {
          if (nowMs - checkedAt >= limits.checkMs) {
            checkedAt = nowMs;
            check();
          }
          stalledSince = stream.keepsUp ? null : (stalledSince ?? nowMs);
          if (stalledSince !== null && nowMs - stalledSince > limits.stalledMs) raw.destroy();
          if (stalledSince !== null) return;
          if (nowMs - beatAt >= limits.heartbeatMs) {
            beatAt = nowMs;
            raw.write(': alive\n\n');
          }
          if (nowMs - lookedAt >= limits.lookMs) {
            lookedAt = nowMs;
            watch.look();
          }
        },
      };
      if (!stream.open) {
        queueMicrotask(watch.closed);
        return stream;
      }
      entries.add(entry);
      raw.once('close', () => {
        entries.delete(entry);
        watch.closed();
      });
      raw.on('error', () => raw.destroy());
      raw.write(`retry: ${beforeRetryMs}\n\n`);
      if (stopped) stream.end();
      return stream;
    },
    recheck() {
      for (const { check } of entries) check();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
      for (const { stream } of entries) stream.end();
    },
  };
}

function headersOf(reply: FastifyReply): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
