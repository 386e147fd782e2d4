import { parentPort } from 'node:worker_threads';
import { readMail } from './read-mail.ts';

/** What the thread answers to each mail. */
export type ReadAnswer = { readonly mail: Awaited<ReturnType<typeof readMail>> } | { readonly error: string };

parentPort?.on('message', (bytes: Uint8Array) => {
  readMail(bytes).then(
    (mail) => {
      const buffers = new Set(mail.files.map((file) => file.bytes.buffer as ArrayBuffer));
      parentPort?.postMessage({ mail } satisfies ReadAnswer, [...buffers]);
    },
    (error: unknown) => {
      parentPort?.postMessage({
        error: error instanceof Error ? error.message : String(error),
      } satisfies ReadAnswer);
    },
  );
});
