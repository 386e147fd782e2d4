import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../crowd.ts';
import type { Note } from '../figure.ts';

const goal = '< 50 ms p99';
const againMs = 100;

/** What somebody at a desk or at the console asks, and that the page waits for. */
const asked: readonly { readonly name: string; readonly path: string; readonly goal?: string }[] = [
  { name: "the desk's queue", path: '/api/cases?view=queue&limit=100' },
  { name: "the desk's queue of a tier", path: '/api/cases?view=queue&tier=1&limit=100' },
  { name: "the desk's own cases", path: '/api/cases?view=mine&limit=100' },
  { name: "the desk's open cases", path: '/api/cases?view=open&limit=100' },
  { name: "the desk's closed cases", path: '/api/cases?view=closed&limit=100' },
  { name: 'closed cases of a tier without any', path: '/api/cases?view=closed&tier=2&limit=100' },
  { name: 'questions to tiers', path: '/api/desk/questions' },
  { name: 'failed sends', path: '/api/failed-sends' },
  { name: 'console: now', path: '/api/console/now' },
  { name: 'console: reports of 7 days', path: '/api/console/insight?days=7' },
  { name: 'console: reports of 30 days', path: '/api/console/insight?days=30' },
  { name: 'console: gaps of 7 days', path: '/api/console/gaps?days=7' },
  { name: 'console: gaps of 30 days', path: '/api/console/gaps?days=30' },
  { name: 'console: what became of gaps', path: '/api/console/gaps/settled' },
  { name: 'console: articles', path: '/api/console/articles' },
  { name: "console: the gate's curve", path: '/api/console/gate' },
  { name: 'console: versions', path: '/api/console/versions' },
  { name: 'console: golden questions', path: '/api/console/golden' },
  { name: 'console: who changed what', path: '/api/console/audit' },
  { name: 'console: what would be published', path: '/api/console/changes' },
  { name: 'console: replays', path: '/api/console/replays' },
  { name: 'console: people', path: '/api/users' },
  { name: 'console: quarantine', path: '/api/quarantine' },
];

/** One who asks over one kept-alive connection after another. */
export function createAsker(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

  /** @returns how long it took until the whole answer was here, in milliseconds. @throws Error when it is refused */
  async function ask(
    path: string,
    body?: object,
    method: 'POST' | 'PUT' = 'POST',
  ): Promise<{ tookMs: number; text: string }> {
    const began = performance.now();
    const response = await fetch(url + path, {
      headers,
      ...(body === undefined ? {} : { method, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const tookMs = performance.now() - began;
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text}`);
    return { tookMs, text };
  }

  return {
    ask,
    /** @returns the events that a path sends, as they come. @throws Error when it is refused */
    async events(path: string): Promise<ReadableStream<Uint8Array>> {
      const { ok, status, body } = await fetch(url + path, { headers });
      if (!ok || body === null) throw new Error(`${path} was answered with ${status}`);
      return body;
    },
    /** Asks one thing after another. @returns the times in milliseconds, ascending, and the last answer */
    async times(count: number, path: (n: number) => string, body?: object) {
      const took: number[] = [];
      let text = '';
      for (let n = 0; n < count; n += 1) {
        const one = await ask(path(n), body);
        took.push(one.tookMs);
        text = one.text;
      }
      return { took: took.sort((a, b) => a - b), text };
    },
  };
}

/** How long lists, figures, one case and a claim take. @param count how often each is asked for */
export async function measureLists(url: string, token: string, count: number, note: Note): Promise<void> {
  const asker = createAsker(url, token);

  function tell(name: string, took: readonly number[]): void {
    note(`${name}, p50`, quantile(took, 0.5), 'ms');
    note(`${name}, p99`, quantile(took, 0.99), 'ms', goal);
  }

  for (const { name, path } of asked) {
    const first = await asker.ask(path);
    // What the first one had to make is kept for the others: both are told.
    if (first.tookMs > 50) note(`${name}, the first time`, first.tookMs, 'ms', goal);
    if (isFinding(first.text)) {
      // Whoever asks meanwhile is told that it is under way, while it is.
      const began = performance.now();
      const took: number[] = [];
      for (let finding = true; finding; await pause(againMs)) {
        const { tookMs, text } = await asker.ask(path);
        took.push(tookMs);
        finding = isFinding(text);
      }
      note(`${name}, found behind it after`, (performance.now() - began) / 1_000, 's');
      tell(
        `${name}, meanwhile`,
        took.toSorted((a, b) => a - b),
      );
    }
    tell(name, (await asker.times(count, () => path)).took);
  }

  const gaps = JSON.parse((await asker.ask('/api/console/gaps?days=30')).text) as Gaps;
  const ids = gaps.gaps.map(({ id }) => id);
  if (ids.length > 0) {
    const path = (n: number) => `/api/console/gaps/${ids[n % ids.length]}?days=30`;
    tell('console: a gap opened', (await asker.times(count, path)).took);
  }

  const { cases } = JSON.parse((await asker.ask('/api/cases?view=closed&limit=200')).text) as Listed;
  const numbers = cases.map((one) => one.number);
  tell('a case opened', (await asker.times(count, (n) => `/api/cases/${numbers[n % numbers.length]}`)).took);

  const queue = JSON.parse((await asker.ask('/api/cases?view=queue&limit=200')).text) as Listed;
  const waiting = queue.cases.map((one) => one.number);
  const claims = Math.min(count, waiting.length);
  tell('a case claimed', (await asker.times(claims, (n) => `/api/cases/${waiting[n]}/claim`, {})).took);
  tell("the agent's next case", (await asker.times(claims, () => '/api/desk/next', {})).took);
}

/** Whether an answer says that it is being found anew. */
function isFinding(text: string): boolean {
  return (JSON.parse(text) as { readonly finding?: boolean }).finding === true;
}

interface Gaps {
  readonly gaps: readonly { readonly id: string }[];
}

interface Listed {
  readonly cases: readonly { readonly number: number }[];
}
