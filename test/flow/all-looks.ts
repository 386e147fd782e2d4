import type { Page, ViewportSize } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings } from './axe-page.ts';
import { type Look, photograph } from './browser.ts';
import { overflow } from './overflow.ts';

const smaller: Readonly<Record<string, ViewportSize>> = {
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 640 },
};
/** What depends on how wide the page is: a name that is hidden, a part that scrolls out of a keyboard's reach. */
const ofWidth = ['button-name', 'link-name', 'label', 'select-name', 'scrollable-region-focusable'];

/** Each language once, and with it a light desktop, a dark one and a narrow phone. */
export const languageLooks: readonly (Look & {
  readonly name: string;
  readonly language: 'es' | 'en' | 'pt';
})[] = [
  { name: 'desktop', language: 'es' },
  { name: 'dark', language: 'en', locale: 'en-GB', theme: 'dark' },
  { name: 'narrow', language: 'pt', locale: 'pt-BR', size: 'narrow' },
];

/**
 * Looks at a page that is open in a light desktop browser: so, dark, on a phone and on a narrow one. Each is kept as
 * `<name>-<look>.png`, has no serious fault that axe-core finds, and scrolls sideways nowhere.
 */
export async function looksRight(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  await photograph(page, `${name}-desktop`);
  expect(await page.evaluate(overflow), `${name} is too wide`).toBe(0);
  expect(await axeFindings(page), name).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await photograph(page, `${name}-dark`);
  expect(await axeFindings(page, ['color-contrast']), `${name}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  for (const [look, size] of Object.entries(smaller)) {
    await page.setViewportSize(size);
    await photograph(page, `${name}-${look}`);
    expect(await page.evaluate(overflow), `${name}, ${look}, is too wide`).toBe(0);
    expect(await axeFindings(page, ofWidth), `${name}, ${look}`).toEqual([]);
  }
  if (before !== null) await page.setViewportSize(before);
}
