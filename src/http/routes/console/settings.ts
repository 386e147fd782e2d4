import { z } from 'zod';
import type { Json } from '../../../core/json.ts';
import { HttpProblem } from '../../problem.ts';
import { problems } from '../../schemas/problem.ts';
import { iso, moment } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { config, tags } from './writer.ts';

/** What relevo.yaml says. */
export interface SettingsView {
  /** What the file is called. */
  readonly file: string;
  /** Since when it says so, epoch milliseconds; null: it was never written down. */
  readonly since: number | null;
  /** All of it with its defaults, times in milliseconds; there are no secrets in it. */
  readonly said: Json;
}

const settings = z.object({
  file: z.string(),
  since: moment.nullable(),
  said: z.unknown().describe('Every setting with its default; times in milliseconds.'),
});

/** The ladder, the calendars, the plans and the brands that are in force. They are changed in the file. */
export function consoleSettingsRoutes(
  app: WebApp,
  { settings: view }: { readonly settings?: () => Promise<SettingsView> },
): void {
  app.get('/api/console/settings', {
    config,
    schema: {
      tags,
      summary: 'What relevo.yaml says, and since when that is in force',
      response: { 200: settings, ...problems },
    },
    handler: async () => {
      if (view === undefined)
        throw new HttpProblem(404, 'not_found', 'There are no settings to be shown here.');
      const { file, since, said } = await view();
      return { file, since: since === null ? null : iso(since), said };
    },
  });
}
