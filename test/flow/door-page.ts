import type { Locator, Page } from 'playwright-core';
import { wordsIn } from './page-words.ts';
import type { RelevoProcess } from './relevo-process.ts';

/** Somebody who may work at the desk. */
export interface Account {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The two ways into the desk: the one-time link, and signing in. */
export interface DoorPage {
  readonly alert: Locator;
  /** Opens the one-time link and creates the first administrator. */
  setsUp(link: string, account: Account): Promise<void>;
  /** Fills in the form of the page that is open. */
  signsIn(email: string, password: string): Promise<void>;
  signsOut(): Promise<void>;
}

const say = wordsIn('es');

/** @param page any of the desk's pages */
export function createDoorPage(page: Page): DoorPage {
  const fill = (id: string, text: string) => page.getByRole('textbox', { name: say(id) }).fill(text);
  const press = (id: string) => page.getByRole('button', { name: say(id), exact: true }).click();
  return {
    alert: page.getByRole('alert'),
    async setsUp(link, { name, email, password }) {
      await page.goto(link);
      await fill('setup.name', name);
      await fill('signIn.email', email);
      await page.getByLabel(say('signIn.password')).fill(password);
      await press('setup.submit');
    },
    async signsIn(email, password) {
      await fill('signIn.email', email);
      await page.getByLabel(say('signIn.password')).fill(password);
      await press('signIn.submit');
    },
    signsOut: () => press('desk.signOut'),
  };
}

/** The one-time link that a start without any account prints. */
export function setupLink({ output }: Pick<RelevoProcess, 'output'>): string {
  const link = /http\S+\/desk\/setup#token=\w+/u.exec(output)?.[0];
  if (link === undefined) throw new Error(`no link to set up was printed:\n${output}`);
  return link;
}

/** Adds a user through the interface that others may script. @param page where an administrator is signed in */
export async function addAgent(page: Page, account: Account): Promise<void> {
  const body = JSON.stringify({ ...account, role: 'agent' });
  const answer = await page.evaluate(
    `fetch('/api/users', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: ${JSON.stringify(body)} })
      .then(async (response) => response.status + ' ' + (await response.text()))`,
  );
  if (!String(answer).startsWith('201')) throw new Error(`the user was not added: ${String(answer)}`);
}
