import { type FromBrowser, lineOf, toBrowser } from '../protocol.ts';
import { openSession, type Session } from './session.ts';

// The process that holds the library and its browser. It knows nothing of Relevo but what it is told.

let session: Session | null = null;
let ended = false;

function post(message: FromBrowser): void {
  if (process.connected) process.send?.(message);
}

/** Ends this process, and the browser with it. */
function end(why: Extract<FromBrowser, { is: 'ending' }>['why'], detail: string, code = 1): void {
  if (ended) return;
  ended = true;
  post({ is: 'ending', why, detail });
  const close = session?.close() ?? Promise.resolve();
  close
    .catch(() => undefined)
    // The browser's own end of a process kills it where it would not close.
    .finally(() => process.exit(code));
}

process.on('message', (raw) => {
  const read = toBrowser.safeParse(raw);
  if (!read.success) return post({ is: 'trouble', what: 'message', why: 'not understood' });
  const message = read.data;
  if (message.is === 'open') session ??= openSession(message, post, end);
  else if (message.is === 'close') end('browser_gone', 'closed', 0);
  else {
    session
      ?.hear(message)
      .catch((error: unknown) => post({ is: 'trouble', what: message.is, why: lineOf(error) }));
  }
});

// Whoever kept us is gone: nobody takes what comes.
process.on('disconnect', () => end('browser_gone', 'nobody is left', 0));

// The library throws in handlers of its own, even plain texts: `auth timeout`.
process.on('unhandledRejection', (reason) => end('page_failed', lineOf(reason)));
process.on('uncaughtException', (error) => end('page_failed', lineOf(error)));
