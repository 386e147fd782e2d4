import whatsappWeb, { type Client as ClientType } from 'whatsapp-web.js';
import type { ToBrowser } from '../protocol.ts';

const { Client, LocalAuth } = whatsappWeb;

type Open = Extract<ToBrowser, { is: 'open' }>;
type Browser = NonNullable<ClientType['pupBrowser']>;

/** How long the browser may take to start, and its page to be WhatsApp's, in milliseconds. */
const pageTimeoutMs = 60_000;

/** Makes the library's client. @param onBrowser is called as soon as the browser runs */
export function createClient(open: Open, onBrowser: (browser: Browser) => void): ClientType {
  const asRoot = process.getuid?.() === 0;
  const session = new LocalAuth({ dataPath: open.folder });
  const client = new Client({
    authStrategy: session,
    authTimeoutMs: pageTimeoutMs,
    // Without this the library writes a folder of its own into whatever folder Relevo was started in.
    ...(open.page === undefined
      ? { webVersionCache: { type: 'none' } }
      : {
          webVersion: open.page.version,
          webVersionCache: { type: 'local', path: open.page.folder, strict: true },
        }),
    puppeteer: {
      executablePath: open.chromium,
      headless: true,
      timeout: pageTimeoutMs,
      // Chromium refuses to run as root, as in many containers, unless told so.
      args: ['--disable-gpu', '--disable-dev-shm-usage', ...(asRoot ? ['--no-sandbox'] : [])],
    },
  });
  // The library calls this as soon as the browser runs: of its end there is no event.
  session.afterBrowserInitialized = async () => {
    if (client.pupBrowser) onBrowser(client.pupBrowser);
  };
  // The profile is removed once its browser is closed, not under its feet.
  session.logout = async () => undefined;
  return client;
}
