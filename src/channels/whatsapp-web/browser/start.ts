import { type ChildProcess, fork } from 'node:child_process';

/** The browser's process as whoever keeps it sees it. */
export interface BrowserProcess extends Pick<ChildProcess, 'connected'> {
  send(message: object, done: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  kill(signal: 'SIGKILL'): boolean;
}

/**
 * Starts a process that holds the library and its browser: both die without a word, take half a gigabyte, and throw where
 * nobody can catch. What it prints goes nowhere: it may hold what people wrote.
 */
export function startBrowserProcess(): BrowserProcess {
  const fromSources = import.meta.url.endsWith('.ts');
  const file = new URL(fromSources ? './browser-worker.ts' : './browser-worker.js', import.meta.url);
  return fork(file, {
    // Run from the sources, it needs the loader that the tests and `npm run dev` bring.
    execArgv: fromSources ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Ctrl-C in the terminal is for whoever keeps it: it ends this one in good order.
    detached: true,
  });
}
