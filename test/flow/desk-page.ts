import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type Words, wordsIn } from './page-words.ts';

/** The agents' desk, as an agent uses it. */
export interface DeskPage {
  /** The cases of the chosen view. */
  readonly list: Locator;
  /** The conversation of the open case. */
  readonly log: Locator;
  readonly brief: Locator;
  readonly dialog: Locator;
  /** What went wrong, said at once. */
  readonly alert: Locator;
  row(number: number): Locator;
  /** One of the things that can be done to the open case, as `action.claim`. */
  action(id: string): Locator;
  /** Chooses which cases are listed, as `list.queue`. */
  views(id: string): Promise<void>;
  opens(number: number): Promise<void>;
  claims(): Promise<void>;
  replies(text: string): Promise<void>;
  notes(text: string): Promise<void>;
  /** Completes what is missing of the drafted logbook and saves it. */
  solves(results: string): Promise<void>;
  /** Waits for words in the open case's conversation. */
  hears(what: string | RegExp): Promise<void>;
}

/**
 * @param surface the page, or the frame that it is shown in
 * @param touch fingers instead of a mouse
 */
export function createDeskPage(
  surface: Page | FrameLocator,
  { touch = false, say = wordsIn('es') }: { touch?: boolean; say?: Words } = {},
): DeskPage {
  const press = (what: Locator) => (touch ? what.tap() : what.click());
  const list = surface.getByRole('navigation', { name: say('list.label') });
  const log = surface.getByRole('log', { name: say('case.log') });
  const actions = surface.getByRole('group', { name: say('case.actions') });
  const modes = surface.getByRole('group', { name: say('reply.mode') });
  const dialog = surface.getByRole('dialog');

  async function writes(mode: 'reply' | 'note', text: string): Promise<void> {
    await press(modes.getByText(say(`reply.${mode}`), { exact: true }));
    const box = surface.getByPlaceholder(say(`reply.${mode}Placeholder`));
    await box.fill(text);
    await press(surface.getByRole('button', { name: say(mode === 'note' ? 'reply.save' : 'reply.send') }));
  }

  const page: DeskPage = {
    list,
    log,
    brief: surface.getByRole('region', { name: say('case.details') }),
    dialog,
    alert: surface.getByRole('alert'),
    row: (number) => list.getByRole('link', { name: new RegExp(`\\b${number}\\b`, 'u') }),
    action: (id) => actions.getByRole('button', { name: say(id), exact: true }),
    views: (id) => press(list.getByRole('link', { name: say(id) })),
    async opens(number) {
      await press(page.row(number));
      await surface.getByRole('heading', { name: say('case.number', { number }) }).waitFor();
    },
    claims: () => press(page.action('action.claim')),
    replies: (text) => writes('reply', text),
    notes: (text) => writes('note', text),
    async solves(results) {
      await press(page.action('action.solve'));
      await dialog.getByRole('textbox', { name: say('logbook.results') }).fill(results);
      const plan = dialog.getByRole('textbox', { name: say('logbook.plan') });
      if ((await plan.inputValue()).trim() === '') await plan.fill('Revisar paso a paso');
      await press(dialog.getByRole('button', { name: say('solve.submit') }));
      await dialog.waitFor({ state: 'hidden' });
    },
    hears: (what) => log.getByText(what, { exact: true }).first().waitFor(),
  };
  return page;
}
