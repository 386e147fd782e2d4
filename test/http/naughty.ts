import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Server } from '../../src/http/server.ts';

/** Where the naughty strings are: below the folder that RELEVO_SHARED names. */
export const naughtyFile = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora', 'blns', 'blns.json');

/** None when the file is missing. */
export const naughtyStrings: readonly string[] = existsSync(naughtyFile)
  ? JSON.parse(readFileSync(naughtyFile, 'utf8'))
  : [];

/** A visitor sends them all: each comes back in the history exactly as it was, or was refused for being blank. */
export async function expectKept(server: Pick<Server, 'inject'>, secret: string): Promise<void> {
  const headers = { 'x-relevo-visitor': secret };
  const kept = new Map<string, string>();
  const left = [...naughtyStrings.entries()];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const [index, text] = next;
        const payload = { id: `n-${index}`, text };
        const answer = await server.inject({ method: 'POST', url: '/api/chat/messages', headers, payload });
        if (answer.statusCode === 202) kept.set(payload.id, text);
        // So many writers at once on one conversation: one of them may be asked to send it again.
        else if (answer.statusCode === 503) left.push([index, text]);
        else expect([answer.statusCode, text.trim()]).toEqual([400, '']);
      }
    }),
  );
  expect(kept.size).toBeGreaterThan(500);

  const came = new Map<string, string>();
  for (let after = '0.0', more = true; more; ) {
    const url = `/api/chat/messages?after=${after}`;
    const { messages, cursor } = (await server.inject({ method: 'GET', url, headers })).json();
    for (const { id, from, text } of messages) if (from === 'customer') came.set(id, text);
    more = cursor !== after;
    after = cursor;
  }
  expect(Object.fromEntries(came)).toEqual(Object.fromEntries(kept));
}
