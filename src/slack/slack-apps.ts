import type { SlackDeps } from './create-slack-app.ts';
import type { SlackApp, SlackSettings } from './slack-app.ts';

/** Gives each who asks the Slack app of these settings, the same one to all; Slack's SDK is imported with the first. */
export function createSlackApps(deps: SlackDeps): (settings: SlackSettings) => Promise<SlackApp> {
  const apps = new Map<string, SlackApp>();
  return async (settings) => {
    const { createSlackApp } = await import('./create-slack-app.ts');
    const app = apps.get(settings.botToken) ?? createSlackApp(settings, deps);
    apps.set(settings.botToken, app);
    return app;
  };
}
