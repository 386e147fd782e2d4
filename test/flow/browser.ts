import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Why the tests of the pages are left out here; undefined when there is a Chromium. */
export const chromiumMissing: string | undefined = existsSync(executablePath)
  ? undefined
  : `there is no Chromium at ${executablePath} (apt-get install chromium, or set CHROMIUM_PATH)`;

/** How long anything on a page may take, in milliseconds: computers that test are busy. */
export const patienceMs = 60_000;

const shots = join(import.meta.dirname, '../../build/screenshots');

/**
 * Debian's Chromium, without the conversations with its maker.
 * @param more further arguments
 */
export function launchBrowser(...more: readonly string[]): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...more,
  ];
  return chromium.launch({ executablePath, args });
}

/** What the browser of somebody is like. */
export interface Look {
  readonly size?: 'desktop' | 'phone' | 'narrow';
  readonly locale?: string;
  readonly theme?: 'light' | 'dark';
  /** Console errors that belong to the story, as when a password is wrong on purpose. */
  readonly expected?: RegExp;
  /** Further settings of the browser's context. */
  readonly context?: BrowserContextOptions;
}

/** Somebody's own browser with one page, under watch. */
export interface Visit {
  readonly page: Page;
  /** Everything that no page may do: errors in the console, scripts of others, dialogs, calls to other hosts. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  narrow: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const;

/**
 * Opens a browser context of its own: cookies and storage of nobody else.
 * @param url where relative addresses begin; calls to any other host are faults
 */
export async function visit(browser: Browser, url: string, look: Look = {}): Promise<Visit> {
  const { size = 'desktop', locale = 'es-ES', theme = 'light', expected } = look;
  const context = await browser.newContext({
    ...sizes[size],
    locale,
    colorScheme: theme,
    reducedMotion: 'reduce',
    timezoneId: 'America/Bogota',
    baseURL: url,
    ...look.context,
  });
  context.setDefaultTimeout(patienceMs);
  const faults: string[] = [];
  context.on('console', (message) => {
    const said = `${message.text()} (${message.location().url})`;
    if (message.type() === 'error' && expected?.test(said) !== true) faults.push(`console: ${said}`);
  });
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`));
  context.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const address = new URL(request.url());
    if (address.origin !== new URL(url).origin) faults.push(`request: ${request.url()}`);
  });
  context.on('page', (page) => {
    if (context.pages().length > 1) faults.push(`window: ${page.url()}`);
  });
  const page = await context.newPage();
  return { page, faults, close: () => context.close() };
}

/** Keeps what a page looks like as `build/screenshots/<name>.png`. */
export async function photograph(page: Page, name: string): Promise<void> {
  const path = join(shots, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
}
