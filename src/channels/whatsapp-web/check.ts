import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RelevoError } from '../../core/errors.ts';
import type { Check } from '../channel.ts';
import { findChromium, versionOf } from './chromium.ts';

const page = 'https://web.whatsapp.com/';
const pageTimeoutMs = 10_000;

/** Tries the browser, the way to WhatsApp's page, and whether a phone has been linked. @param told the browser's path, where set */
export async function checkSettings(told: string | null, folder: () => Promise<string>): Promise<Check[]> {
  return Promise.all([checkBrowser(told), checkPage(), checkSession(await folder())]);
}

async function checkBrowser(told: string | null): Promise<Check> {
  try {
    const path = await findChromium(told);
    return { ok: true, line: `${await versionOf(path)} runs (${path})` };
  } catch (error) {
    if (error instanceof RelevoError) {
      return { ok: false, line: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
    }
    return {
      ok: false,
      line: 'The browser is there and does not run',
      hint: 'Run it by hand with --version: it says what is missing.',
    };
  }
}

async function checkPage(): Promise<Check> {
  try {
    const response = await fetch(page, { method: 'HEAD', signal: AbortSignal.timeout(pageTimeoutMs) });
    return { ok: true, line: `${page} answers (${response.status})` };
  } catch {
    // Whatever the fault is: what matters is that it cannot be reached.
    return {
      ok: false,
      line: `${page} cannot be reached`,
      hint: 'This computer must reach it over https, and wss://web.whatsapp.com.',
    };
  }
}

async function checkSession(folder: string): Promise<Check> {
  const linked = await stat(join(folder, 'session')).then(
    () => true,
    () => false,
  );
  return linked
    ? { ok: true, line: 'A session is kept; /desk/channels says whether the phone is still linked' }
    : {
        ok: true,
        line: 'No phone has been linked yet',
        hint: 'Start Relevo, and scan the code in the terminal or at /desk/channels.',
      };
}
