import { describe, expect, test } from 'vitest';
import type { ChannelDeps } from '../../../src/channels/channel-kind.ts';
import { slack } from '../../../src/channels/slack/settings.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { randomIds } from '../../../src/core/ids.ts';
import type { SlackSettings } from '../../../src/slack/slack-app.ts';
import { createSlackApps } from '../../../src/slack/slack-apps.ts';
import { silentLog } from '../../log.ts';

const token = { SLACK_BOT_TOKEN: 'xoxb-1' };

describe('the variables of Slack', () => {
  test('switch it on, and off when there is none', () => {
    expect(slack.read({ PORT: '1' })).toBeNull();
    expect(slack.read({ ...token, SLACK_SIGNING_SECRET: 'a'.repeat(32) })).toMatchObject({ name: 'slack' });
    expect(slack.read({ ...token, SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject({ name: 'slack' });
  });

  test.each([
    [{ SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
    [{ SLACK_BOT_TOKEN: 'xoxp-1', SLACK_APP_TOKEN: 'xoxb-2' }, ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']],
    [token, ['SLACK_SIGNING_SECRET']],
    [{ ...token, SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'slack' }, ['SLACK_API_URL']],
  ])('are all checked, and no secret is shown: %j', (env, names) => {
    const read = slack.read(env);
    if (read === null || !('faults' in read)) throw new Error('no faults');
    expect(read.faults.map((fault) => fault.split(':')[0])).toEqual(names);
    expect(read.faults.join()).not.toMatch(/xox[bp]-\d|xapp-\d/u);
  });

  test('make the channel on the app that all share', async () => {
    const asked: SlackSettings[] = [];
    const appOf = createSlackApps({ clock: systemClock, log: silentLog, publicUrl: null });
    const deps: ChannelDeps = {
      clock: systemClock,
      ids: randomIds,
      log: silentLog,
      say: (_, key) => key,
      media: () => Promise.reject(new Error('no files here')),
      folder: async () => '.',
      publicUrl: null,
      slack: (settings) => {
        asked.push(settings);
        return appOf(settings);
      },
    };
    const setup = slack.read({
      ...token,
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:4/api',
    });
    if (setup === null || 'faults' in setup) throw new Error('it is not on');
    expect((await setup.create(deps)).name).toBe('slack');
    expect(asked).toEqual([
      { botToken: 'xoxb-1', signingSecret: undefined, appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:4/api/' },
    ]);
    const { slack: _, ...without } = deps;
    await expect(setup.create(without)).rejects.toThrow(expect.objectContaining({ code: 'slack_missing' }));
  });
});
