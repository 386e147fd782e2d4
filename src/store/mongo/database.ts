import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose, { type Model } from 'mongoose';
import type { Logger } from 'pino';
import { within } from '../../core/within.ts';
import { type Collections, openCollections } from './collections.ts';
import { isDuplicate, storeFault } from './faults.ts';
import { heartbeatEveryMs, watchHeartbeats } from './heartbeats.ts';

const connectTimeoutMs = 5_000;
const defaultName = 'relevo';
const socketTimeoutMs = 60_000;
/** A look at a server connects and asks, or waits for news of a known one. */
const lookMs = Math.max(2 * connectTimeoutMs, heartbeatEveryMs + connectTimeoutMs);
/** One question waits for a server and a connection, then for its answer. */
const answerMs = 2 * connectTimeoutMs + socketTimeoutMs;
const anewMs = 1_000;

/** The connections of one process to one database. */
export interface Database extends Collections {
  readonly connection: mongoose.Connection;
  /**
   * Asks the server; what it throws is told in the store's words.
   * @param limitMs for all of it; by default for one question: the driver alone may wait for ever (see `watchHeartbeats`)
   * @throws RelevoError
   */
  ask<T>(question: () => Promise<T>, limitMs?: number): Promise<T>;
  /**
   * Inserts documents that are not there yet.
   * @returns false when one or more were there already: they stay as they are
   */
  insert<T>(model: Model<T>, documents: readonly NoInfer<T>[]): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Connects. Every write waits until a majority has it in its journal. The driver repeats no write by itself: only some
 * deployments can tell it whether the first one was done, and the store finds out on its own.
 * @param poolSize connections at most
 * @throws RelevoError `store_unreachable`
 */
export async function openDatabase(url: string, log: Logger, poolSize: number): Promise<Database> {
  const options = {
    appName: 'relevo',
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
    ...(/^[^/]+\/\/[^/]+\/[^?]/u.test(url) ? {} : { dbName: defaultName }),
    ignoreUndefined: true,
    maxPoolSize: poolSize,
    retryWrites: false,
    serverSelectionTimeoutMS: connectTimeoutMs,
    connectTimeoutMS: connectTimeoutMs,
    heartbeatFrequencyMS: heartbeatEveryMs,
    socketTimeoutMS: socketTimeoutMs,
    writeConcern: { w: 'majority' as const, journal: true },
  };
  const connection = mongoose.createConnection(url, options);
  connection.on('error', (error: Error) =>
    log.warn({ err: error.message }, 'a database connection was lost'),
  );
  const collections = openCollections(connection);
  let stopping: Promise<void> | undefined;
  let unwatch: (() => void) | undefined;
  let lost = newLoss();

  async function ask<T>(question: () => Promise<T>, limitMs = answerMs): Promise<T> {
    try {
      return await within(limitMs, question(), lost.signal);
    } catch (error) {
      throw storeFault(error);
    }
  }

  function watch(): void {
    unwatch = watchHeartbeats(connection.getClient(), lookMs, () => void connectAnew());
  }

  /** All connections, as the driver looks after them no more. What is under way fails as on any lost connection. */
  async function connectAnew(): Promise<void> {
    log.warn('the driver looks at the database no more: it is connected anew');
    lost.abort();
    lost = newLoss();
    while (stopping === undefined) {
      try {
        await connection.close();
        await connection.openUri(url, options);
        if (stopping === undefined) watch();
        return;
      } catch (error) {
        log.debug({ err: error }, 'the database could not be connected anew');
        await sleep(anewMs, undefined, { ref: false });
      }
    }
  }

  try {
    await connection.asPromise();
    watch();
  } catch (error) {
    await connection.destroy();
    throw storeFault(error);
  }
  return {
    ...collections,
    connection,
    ask,
    insert: <T>(model: Model<T>, documents: readonly NoInfer<T>[]) =>
      ask(async () => {
        try {
          await model.collection.insertMany([...documents] as never[], { ordered: false });
          return true;
        } catch (error) {
          if (isDuplicate(error)) return false;
          throw error;
        }
      }),
    stop: () => {
      unwatch?.();
      stopping ??= connection.close();
      return stopping;
    },
  };
}

/** Tells all who wait for an answer that their connections are gone. */
function newLoss(): AbortController {
  const loss = new AbortController();
  setMaxListeners(0, loss.signal);
  return loss;
}
