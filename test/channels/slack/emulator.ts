import { botToken } from './fake-slack.ts';

/** An independent emulator of Slack's Web API; null where it is not installed. It has no events and no Socket Mode. */
export const emulator = await import('emulate').catch(() => null);

/** Ana's, who is a person. */
export const anasToken = 'xoxp-ana';

/** What every method answers. */
interface Answered {
  readonly ok: boolean;
  readonly error?: string;
}

/** A workspace with Ana and the bot. */
export interface Workspace<Answer> {
  readonly url: string;
  /** @throws Error with what Slack says of it */
  call(method: string, args: Record<string, unknown>, token: string): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts the emulator. @throws Error where it is not installed */
export async function startWorkspace<Answer>(port: number): Promise<Workspace<Answer>> {
  if (emulator === null) throw new Error('the package emulate is missing');
  const users = [
    { name: 'ana', real_name: 'Ana García' },
    { name: 'relevo', real_name: 'Relevo' },
  ];
  const tokens = [
    { token: anasToken, user: 'ana' },
    { token: botToken, user: 'relevo' },
  ];
  const peer = await emulator.createEmulator({ service: 'slack', port, seed: { slack: { users, tokens } } });
  return {
    url: peer.url,
    async call(method, args, token) {
      const response = await fetch(`${peer.url}/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(args),
      });
      const answer = (await response.json()) as Answer & Answered;
      if (!answer.ok) throw new Error(`${method}: ${answer.error}`);
      return answer;
    },
    close: () => peer.close(),
  };
}
