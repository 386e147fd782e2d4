import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { secretHash } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open-store.ts';

/** The name under which the benchmark works at the desk. */
export const agentName = 'bench';

/** The agent that a token of this name acts as. */
export const agent = { id: `token:${agentName}`, name: agentName } as const;

/** Makes a key for the API, for an administrator. @param url the store's address */
export async function makeToken(url: string): Promise<string> {
  const secret = `rlv_${randomBytes(32).toString('base64url')}`;
  const store = await openStore({ url, log: pino({ level: 'silent' }) });
  try {
    await store.accounts.addToken({
      hash: secretHash(secret),
      name: agentName,
      role: 'administrator',
      createdAt: Date.now(),
    });
    return secret;
  } finally {
    await store.stop();
  }
}

/** Writes as many changes into the audit log. @param url the store's address */
export async function writeAudit(url: string, count: number): Promise<void> {
  const store = await openStore({ url, log: pino({ level: 'silent' }) });
  try {
    for (let n = 0; n < count; n += 1) {
      await store.audit.add({
        at: Date.now(),
        who: agent,
        action: 'article.save',
        subject: `article/es/a${n % 50}`,
        reason: 'Más claro',
        before: { body: 'Antes. '.repeat(60) },
        after: { body: 'Después. '.repeat(60) },
      });
    }
  } finally {
    await store.stop();
  }
}
