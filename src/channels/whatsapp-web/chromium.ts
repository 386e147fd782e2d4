import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { promisify } from 'node:util';
import { RelevoError } from '../../core/errors.ts';

/** Where the usual systems keep a browser that will do. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/opt/homebrew/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const versionTimeoutMs = 15_000;

/**
 * Finds the browser's program.
 * @param told its path, where somebody set it; null: the usual places are looked at
 * @throws RelevoError `no_browser`
 */
export async function findChromium(told: string | null): Promise<string> {
  for (const path of told === null ? usualPlaces : [told]) {
    if (await runs(path)) return path;
  }
  throw new RelevoError(
    'no_browser',
    told === null
      ? 'WhatsApp Web needs a browser, and no Chromium was found on this computer.'
      : `WhatsApp Web needs a browser, and there is no program at ${told}.`,
    {
      hint: 'Install Chromium (Debian, Ubuntu: apt install chromium), or set WHATSAPP_WEB_CHROMIUM to the path of a Chromium or Chrome.',
    },
  );
}

/** What the browser says it is, such as `Chromium 156.0.8078.79`. @throws when it does not run */
export async function versionOf(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: versionTimeoutMs });
  return stdout.trim().split('\n')[0]?.slice(0, 100) ?? '';
}

async function runs(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
