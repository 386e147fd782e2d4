import { EventEmitter } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserProcess } from '../../../src/channels/whatsapp-web/browser/start.ts';
import { pickSent } from '../../../src/channels/whatsapp-web/pick-sent.ts';
import { fromBrowser, type ToBrowser, toBrowser } from '../../../src/channels/whatsapp-web/protocol.ts';

/** A message that reached the platform. */
export interface SentMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly file?: { readonly name: string; readonly as: string; readonly bytes: Buffer };
}

/** What the phone at the other end does with a send. */
export type SendMood = 'sends' | 'dies-before' | 'dies-after' | 'never-answers' | 'undeliverable' | 'fails';

/** A phone, WhatsApp and the browser's process before them, in this process: it says what the real one says. */
export interface FakeWhatsApp {
  /** Starts a process, as often as somebody wants one. */
  readonly begin: () => BrowserProcess;
  readonly started: () => number;
  readonly sent: readonly SentMessage[];
  readonly typed: readonly string[];
  readonly caughtUp: readonly number[];
  mood: SendMood;
  /** Whether the phone is linked: else the process asks for a scan. */
  linked: boolean;
  /** Whether this process gives no sign of life; another one does. */
  hangs: boolean;
  /** Resolves once stored, rejects when it could not be. */
  tells(event: object): Promise<void>;
  customerWrites(customer: string, id: string, text: string): Promise<void>;
  customerSendsFile(
    customer: string,
    id: string,
    file: { type: string; kind: string; bytes: Buffer; caption?: string },
  ): Promise<void>;
  /** Says something that no process of ours says. */
  saysGarbage(garbage: unknown): void;
  scan(): void;
  /** Ends like a killed process, with the reason it still gave. */
  die(why?: { why: string; detail: string }): void;
}

/** Our own number. */
export const account = '34910000001';

/** A customer's chat, by phone number. */
export function chatOf(customer: string): string {
  return `${customer === 'ana' ? '34600111222' : customer === 'ben' ? '34600333444' : customer}@c.us`;
}

/** Makes it. */
export function createFakeWhatsApp(): FakeWhatsApp {
  const sent: SentMessage[] = [];
  const typed: string[] = [];
  const caughtUp: number[] = [];
  const waiting = new Map<number, (ok: boolean) => void>();
  let processes = 0;
  let last = 0;
  let filesFolder = '';
  let current: FakeProcess | null = null;

  class FakeProcess extends EventEmitter {
    connected = true;
    readonly killed: string[] = [];

    send(message: object, done: (error: Error | null) => void): boolean {
      if (!this.connected) {
        done(new Error('the channel is closed'));
        return false;
      }
      done(null);
      // What a real channel carries is copied; both ends check it.
      const copy = toBrowser.parse(JSON.parse(JSON.stringify(message)));
      setImmediate(() => void this.hear(copy));
      return true;
    }

    kill(): boolean {
      this.end(null);
      return true;
    }

    end(code: number | null): void {
      if (!this.connected) return;
      this.connected = false;
      if (current === this) current = null;
      setImmediate(() => this.emit('exit', code));
    }

    say(message: object): void {
      if (this.connected && !fake.hangs) this.emit('message', JSON.parse(JSON.stringify(message)));
    }

    private async hear(message: ReturnType<typeof toBrowser.parse>): Promise<void> {
      if (fake.hangs) return;
      switch (message.is) {
        case 'open':
          filesFolder = message.filesFolder;
          this.say(fake.linked ? { is: 'ready', account } : { is: 'needs-qr', qr: `2@code-${processes}` });
          return;
        case 'ping':
          return this.say({ is: 'alive' });
        case 'stored':
          waiting.get(message.n)?.(message.ok);
          return;
        case 'catch-up':
          caughtUp.push(message.since);
          return;
        case 'typing':
          typed.push(message.to);
          return;
        case 'close':
          return this.end(0);
        case 'find': {
          const found = pickSent(
            sent.map(({ id, text }) => ({ id, text, at: Date.now() / 1_000, ack: 1 })),
            message,
          );
          return this.say({ is: 'found', call: message.call, id: found?.id ?? null });
        }
        case 'send':
          return this.take(message);
      }
    }

    private async take(message: Extract<ToBrowser, { is: 'send' }>): Promise<void> {
      const { call, to, text, file } = message;
      if (fake.mood === 'dies-before') return this.end(1);
      if (fake.mood === 'never-answers') return;
      if (fake.mood === 'undeliverable' || fake.mood === 'fails') {
        const code = fake.mood === 'fails' ? 'failed' : 'undeliverable';
        return this.say({ is: 'failed', call, code, why: 'Error: it says why' });
      }
      const id = `3EB0${sent.length}`;
      const bytes = file === undefined ? null : await readFile(file.path);
      sent.push({
        id,
        to,
        text,
        ...(file && bytes ? { file: { name: file.name, as: file.as, bytes } } : {}),
      });
      if (fake.mood === 'dies-after') return this.end(1);
      this.say({ is: 'sent', call, id });
    }
  }

  async function tells(event: object): Promise<void> {
    if (current === null) throw new Error('nobody listens');
    last += 1;
    const n = last;
    const stored = new Promise<void>((resolve, reject) => {
      waiting.set(n, (ok) => (ok ? resolve() : reject(new Error('it was not stored'))));
    });
    current.say({ is: 'event', n, event });
    return stored;
  }

  const now = () => Math.floor(Date.now() / 1_000);

  const fake: FakeWhatsApp = {
    begin() {
      processes += 1;
      fake.hangs = false;
      current = new FakeProcess();
      return current;
    },
    started: () => processes,
    sent,
    typed,
    caughtUp,
    mood: 'sends',
    linked: true,
    hangs: false,
    tells,
    customerWrites: (customer, id, text) =>
      tells({ kind: 'message', from: chatOf(customer), at: now(), id, type: 'chat', text, name: 'Ana' }),
    async customerSendsFile(customer, id, { type, kind, bytes, caption = '' }) {
      const file = id.padStart(32, '0');
      await writeFile(join(filesFolder, file), bytes);
      const from = chatOf(customer);
      await tells({ kind: 'message', from, at: now(), id, type: kind, text: caption, file: { file, type } });
    },
    saysGarbage: (garbage) => void current?.emit('message', garbage),
    scan() {
      fake.linked = true;
      current?.say({ is: 'syncing' });
      current?.say(fromBrowser.parse({ is: 'ready', account }));
    },
    die(why) {
      if (why !== undefined) current?.say({ is: 'ending', ...why });
      current?.end(1);
    },
  };
  return fake;
}
