import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version that the page claims: whatsapp-web.js takes the page of this version from a folder. */
export const stubVersion = '2.3000.0-stub';

/** What the page knows when it opens. */
export interface StubState {
  /** Whether a phone is linked. */
  readonly linked: boolean;
  /** Our own number. */
  readonly account: string;
  /** Messages that lie in the chats already, as the page's own models. */
  readonly history?: readonly object[];
}

/** A page of our own instead of WhatsApp's, as one HTML file. */
export function stubPage(state: StubState): string {
  const script = readFileSync(join(import.meta.dirname, 'stub-page.js'), 'utf8');
  const given = [state, stubVersion].map((value) => JSON.stringify(value).replaceAll('<', '\\u003c'));
  return `<!doctype html><meta charset="utf-8"><title>stub</title><script>${script}\nwindow.openStub(${given.join()});</script>`;
}
