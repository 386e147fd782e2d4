import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** A case as the desk's interface tells it, as far as these stories read it. */
export interface DeskCase {
  readonly id: string;
  readonly number: number;
  readonly stage: string;
  readonly owner: { readonly kind: string; readonly agent?: { readonly name: string } } | null;
  readonly deadline: { readonly kind: string; readonly at: string } | null;
  readonly subject: string | null;
  readonly stars: number | null;
  readonly version: number;
}

/** A case that was opened. */
export interface OpenCase extends DeskCase {
  readonly brief: {
    readonly question: string | null;
    readonly reason: string | null;
    readonly intake: { readonly problem: string; readonly tried: string | null } | null;
  };
  readonly draft: Readonly<Record<'understanding' | 'plan' | 'execution' | 'results', string>>;
  readonly messages: readonly {
    readonly from: string;
    readonly text: string;
    readonly event?: Readonly<Record<string, unknown>>;
    readonly file?: { readonly id: string; readonly state: string; readonly type: string | null };
  }[];
}

/** An agent who uses the interface that others may script. */
export interface DeskAgent {
  /** Waits until a case waits in the queue. */
  finds(): Promise<DeskCase>;
  opens(ref: string | number): Promise<OpenCase>;
  /** Acts on a case. @returns the status and the answer */
  acts(ref: string | number, action: string, body?: object): Promise<{ status: number; body: unknown }>;
}

const patienceMs = 40_000;

/**
 * @param url where Relevo answers now
 * @param token an API token; null in the demo
 */
export function createAgent(url: () => string, token: string | null = null): DeskAgent {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (token !== null) headers.Authorization = `Bearer ${token}`;

  async function get<T>(path: string): Promise<T> {
    const response = await fetch(`${url()}${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  return {
    async finds() {
      const until = Date.now() + patienceMs;
      for (;;) {
        const { cases } = await get<{ cases: DeskCase[] }>('/api/cases?view=queue');
        const [first] = cases;
        if (first !== undefined) return first;
        if (Date.now() > until) throw new Error('no case came to the queue');
        await pause(50);
      }
    },
    opens: (ref) => get(`/api/cases/${ref}`),
    async acts(ref, action, body = {}) {
      const needsId = action === 'reply' || action === 'note';
      const response = await fetch(`${url()}/api/cases/${ref}/${action}`, {
        method: 'POST',
        headers: { ...headers, Origin: url() },
        body: JSON.stringify(needsId ? { id: randomUUID(), ...body } : body),
      });
      return { status: response.status, body: await response.json() };
    },
  };
}
