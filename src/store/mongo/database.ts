import mongoose, { type Model } from 'mongoose';
import type { Logger } from 'pino';
import { type Collections, openCollections } from './collections.ts';
import { isDuplicate, storeFault } from './faults.ts';

const connectTimeoutMs = 5_000;
const defaultName = 'relevo';
const socketTimeoutMs = 60_000;

/** The connections of one process to one database. */
export interface Database extends Collections {
  readonly connection: mongoose.Connection;
  /** Asks the server; what it throws is told in the store's words. @throws RelevoError */
  ask<T>(question: () => Promise<T>): Promise<T>;
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
  const connection = mongoose.createConnection(url, {
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
    socketTimeoutMS: socketTimeoutMs,
    writeConcern: { w: 'majority', journal: true },
  });
  connection.on('error', (error: Error) =>
    log.warn({ err: error.message }, 'a database connection was lost'),
  );
  const collections = openCollections(connection);

  async function ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw storeFault(error);
    }
  }
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.destroy();
    throw storeFault(error);
  }
  let stopping: Promise<void> | undefined;
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
    stop: () => (stopping ??= connection.close()),
  };
}
