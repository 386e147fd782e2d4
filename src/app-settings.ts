import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from './core/clock.ts';
import type { Json } from './core/json.ts';
import type { SettingsView } from './http/routes/console/settings.ts';
import type { Ladder } from './ladder-file.ts';
import type { Store } from './store/store.ts';

/** What relevo.yaml says, shown and written down. */
export interface AppSettings {
  /** Writes down what it says now, unless that is known; of several processes one does. */
  note(ladder: Ladder): Promise<void>;
  view(): Promise<SettingsView>;
}

const place = 'relevo/settings';
const subject = 'settings/relevo.yaml';

/** @param deps `ladder` as relevo.yaml says now, and what the file is called */
export function openSettings(deps: {
  readonly store: Pick<Store, 'audit' | 'cursors'>;
  readonly ladder: () => Ladder;
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
}): AppSettings {
  const { audit, cursors } = deps.store;
  const newest = async () => (await audit.list({ subject, limit: 1 }))[0];

  async function write({ said }: Ladder): Promise<void> {
    const after = json(said);
    const hash = createHash('sha256').update(JSON.stringify(after)).digest('hex');
    const known = await cursors.get(place);
    if (known === hash || !(await cursors.replace(place, known, hash))) return;
    const before = (await newest())?.after ?? null;
    const who = { id: deps.file, name: deps.file };
    const action = before === null ? 'settings.first' : 'settings.change';
    await audit.add({ at: deps.clock.now(), who, action, subject, reason: '', before, after });
  }

  return {
    async note(ladder) {
      await write(ladder).catch((error: unknown) =>
        deps.log.warn({ err: error }, 'it could not be written down what relevo.yaml says'),
      );
    },
    async view() {
      const since = (await newest())?.at ?? null;
      return { file: deps.file, since, said: json(deps.ladder().said) };
    },
  };
}

function json(said: Ladder['said']): Json {
  return JSON.parse(JSON.stringify(said)) as Json;
}
