import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type Words, wordsIn } from './page-words.ts';

/** The customer's page, as a customer uses it. */
export interface ChatPage {
  readonly log: Locator;
  readonly composer: Locator;
  /** Whose move it is, in the page's head. */
  readonly status: Locator;
  /** Everything said with exactly these words, or matching. */
  said(what: string | RegExp): Locator;
  /** A button under the last message. */
  option(label: string | RegExp): Locator;
  /** Writes and sends. */
  says(text: string): Promise<void>;
  presses(label: string | RegExp): Promise<void>;
  /** Waits for words in the conversation. */
  hears(what: string | RegExp): Promise<void>;
  /** Waits until the head says this. */
  isTold(what: string | RegExp): Promise<void>;
  /** Asks in Spanish what the base does not know and says what was tried. @returns the number of the case */
  asksWhatNobodyKnows(question: string, tried?: string): Promise<number>;
}

/**
 * @param surface the page, or the frame that it is shown in
 * @param touch fingers instead of a mouse
 */
export function createChatPage(
  surface: Page | FrameLocator,
  { touch = false, say = wordsIn('es') }: { touch?: boolean; say?: Words } = {},
): ChatPage {
  const log = surface.getByRole('log', { name: say('chat.log') });
  const composer = surface.getByRole('textbox', { name: say('composer.label') });
  const send = surface.getByRole('button', { name: say('composer.send'), exact: true });
  const status = surface.getByRole('banner').getByRole('status');
  const press = (what: Locator) => (touch ? what.tap() : what.click());

  const page: ChatPage = {
    log,
    composer,
    status,
    said: (what) => log.getByText(what, { exact: true }),
    option: (label) => log.getByRole('button', { name: label, exact: true }),
    async says(text) {
      await composer.fill(text);
      await press(send);
    },
    presses: (label) => press(page.option(label)),
    hears: (what) => page.said(what).first().waitFor(),
    isTold: (what) => status.filter({ hasText: what }).waitFor(),
    async asksWhatNobodyKnows(question, tried = 'ya cargué la batería') {
      await page.says(question);
      await page.hears(/¿qué probaste hasta ahora\?$/u);
      await page.says(tried);
      await status.filter({ hasText: /n\.º \d+/u }).waitFor();
      return Number(/n\.º (\d+)/u.exec((await status.textContent()) ?? '')?.[1]);
    },
  };
  return page;
}
