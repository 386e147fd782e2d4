import { expect, test } from 'vitest';
import { startWeb } from './web.ts';

test('a supervisor sees what never arrived, on every channel', async () => {
  const web = await startWeb();
  const { messages } = (await web.server.inject('/api/failed-sends')).json();
  expect(messages).toEqual([
    {
      name: 'c.2.0',
      number: 1001,
      channel: 'test',
      given: true,
      error: 'blocked: the customer blocked us',
      at: new Date(web.clock.now()).toISOString(),
    },
  ]);
  await web.stop();
});
