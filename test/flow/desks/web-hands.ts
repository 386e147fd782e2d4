import type { Locator, Page } from 'playwright-core';
import { createDeskPage } from '../desk-page.ts';
import { wordsIn } from '../page-words.ts';
import type { DeskHands, Person } from './desk-hands.ts';

const say = wordsIn('es');

/** Agents at the web desk, each in a browser of their own. @param pages where they are signed in */
export function createWebHands(pages: Readonly<Record<Person, Page>>): DeskHands {
  const open = async (who: Person, number: number) => {
    const page = pages[who];
    if (!page.url().includes(`/cases/${number}`)) await page.goto(`/desk/cases/${number}?view=open`);
    return { page, desk: createDeskPage(page), dialog: page.getByRole('dialog') };
  };
  const fill = (dialog: Locator, id: string, text: string) =>
    dialog.getByRole('textbox', { name: say(id) }).fill(text);
  const submit = async (dialog: Locator, id: string) => {
    await dialog.getByRole('button', { name: say(id), exact: true }).click();
    await dialog.getByRole('button', { name: say(id), exact: true }).waitFor({ state: 'hidden' });
  };

  return {
    async takes(who, number) {
      const { desk } = await open(who, number);
      await desk.claims();
      await desk.action('action.solve').waitFor();
    },
    async asks(who, number, text) {
      const { desk, dialog } = await open(who, number);
      await desk.action('action.ask').click();
      await fill(dialog, 'ask.question', text);
      await submit(dialog, 'ask.submit');
    },
    async answers(who, _number, _tier, text) {
      const page = pages[who];
      await page.goto('/desk');
      await page.getByRole('link', { name: say('questions.waiting', { count: 1 }) }).click();
      await page.getByRole('button', { name: say('answer.open') }).click();
      const dialog = page.getByRole('dialog');
      await fill(dialog, 'answer.private', text);
      await submit(dialog, 'answer.submit');
      await page.getByText(say('questions.none')).waitFor();
    },
    async escalates(who, number, reason, plan) {
      const { desk, dialog } = await open(who, number);
      await desk.action('action.escalate').click();
      await fill(dialog, 'escalate.reason', reason);
      await fill(dialog, 'logbook.plan', plan);
      await submit(dialog, 'action.escalate');
    },
    async assesses(who, number, best) {
      const { desk, dialog, page } = await open(who, number);
      await desk.action('action.solve').click();
      await dialog.getByText(say('assess.first')).waitFor();
      await dialog.getByRole('radio', { name: say('assess.yes') }).check();
      await fill(dialog, 'assess.missing', 'la respuesta del fabricante');
      await fill(dialog, 'assess.howLong', 'un día');
      await fill(dialog, 'assess.best', best);
      await submit(dialog, 'assess.submit');
      // What was wanted first is asked now.
      await dialog.getByText(say('solve.words')).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    },
    async givesToVendor(who, number, reference) {
      const { page, dialog } = await open(who, number);
      await page.getByRole('button', { name: say('case.more') }).click();
      await page.getByRole('menuitem', { name: say('action.vendor') }).click();
      await fill(dialog, 'vendor.reference', reference);
      await submit(dialog, 'vendor.submit');
    },
    async vendorAnswered(who, number, answer) {
      const { desk, dialog } = await open(who, number);
      await desk.action('action.vendorAnswered').click();
      await fill(dialog, 'vendorAnswer.answer', answer);
      await submit(dialog, 'vendorAnswer.submit');
    },
    async solves(who, number, logbook) {
      const { desk, dialog } = await open(who, number);
      await desk.action('action.solve').click();
      for (const [part, text] of Object.entries(logbook)) await fill(dialog, `logbook.${part}`, text);
      await submit(dialog, 'solve.submit');
    },
  };
}
