import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SlackApp, SlackObject } from '../../src/slack/slack-app.ts';
import { type FakeSlack, signingSecret, startFakeSlack } from '../channels/slack/fake-slack.ts';
import { appOn } from '../channels/slack/talk.ts';

let fake: FakeSlack;
let app: SlackApp;
let heard: SlackObject[];
let odd: string[];
/** What the handler of a message does. */
let handle: () => Promise<void>;
const start = Date.UTC(2026, 10, 21);
let now = start;

beforeEach(async () => {
  now = start;
  heard = [];
  odd = [];
  handle = async () => undefined;
  fake = await startFakeSlack({ now: () => now });
  app = appOn(fake, 'webhook', { now: () => now });
  app.onEvent('message', async (event) => {
    await handle();
    heard.push(event);
  });
  app.onOdd(async ({ raw }) => void odd.push(raw));
  await app.start();
});
afterEach(async () => {
  await app.stop();
  await fake.stop();
});

const call = (request: Request): Promise<Response> => {
  if (app.webhook === undefined) throw new Error('no webhook');
  return app.webhook(request);
};
const event = () => fake.eventOf({ type: 'message', channel: 'D1', ts: '1.2', user: 'U1', text: 'hola €' });
const good = () => JSON.stringify(event());

function sign(body: string | Uint8Array, secret = signingSecret, at = Math.floor(now / 1_000)) {
  const digest = createHmac('sha256', secret).update(`v0:${at}:`).update(body).digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${digest}` };
}
function post(body: string | Uint8Array, headers: Record<string, string>, path = '/hooks/slack'): Request {
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  return new Request(`http://relevo.test${path}`, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

describe('a forged call is refused, nothing is heard and nothing is fetched', () => {
  const pretty = () => JSON.stringify(JSON.parse(good()), null, 1);
  const forgeries: Readonly<Record<string, () => Request>> = {
    'without a signature': () => post(good(), {}),
    'with a signature alone': () => {
      const body = good();
      return post(body, { 'x-slack-signature': sign(body)['x-slack-signature'] });
    },
    'by another key': () => {
      const body = good();
      return post(body, sign(body, 'another secret'));
    },
    'written anew after it was signed': () => {
      const body = pretty();
      return post(good(), sign(body));
    },
    'six minutes old': () => {
      const body = good();
      return post(body, sign(body, signingSecret, now / 1_000 - 360));
    },
    'six minutes ahead': () => {
      const body = good();
      return post(body, sign(body, signingSecret, now / 1_000 + 360));
    },
    'with an old signature under a new time': () => {
      const body = good();
      return post(body, {
        ...sign(body, signingSecret, now / 1_000 - 360),
        'x-slack-request-timestamp': String(now / 1_000),
      });
    },
    'signed with sha1': () => {
      const body = good();
      const at = String(now / 1_000);
      const digest = createHmac('sha1', signingSecret).update(`v0:${at}:${body}`).digest('hex');
      return post(body, { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${digest}` });
    },
    'with a cut signature': () => {
      const body = good();
      const headers = sign(body);
      return post(body, { ...headers, 'x-slack-signature': headers['x-slack-signature'].slice(0, -2) });
    },
    'with a doubled signature': () => {
      const body = good();
      const headers = sign(body);
      const one = headers['x-slack-signature'];
      return post(body, { ...headers, 'x-slack-signature': `${one}, ${one}` });
    },
    'with a time that is no number': () => {
      const body = good();
      return post(body, { ...sign(body), 'x-slack-request-timestamp': `${now / 1_000}e0` });
    },
    compressed: () => {
      const body = gzipSync(good());
      return post(body, { ...sign(body), 'content-encoding': 'gzip' });
    },
    'with another address in its body': () => {
      const body = good();
      return post(body.replace('"D1"', '"D2"'), sign(body));
    },
    'too large': () => {
      const body = JSON.stringify({ ...event(), filler: 'x'.repeat(1_100_000) });
      return post(body, sign(body));
    },
    'by GET': () => new Request('http://relevo.test/hooks/slack', { headers: sign('') }),
    'of another workspace': () => {
      const body = JSON.stringify({
        ...event(),
        team_id: 'T66666666',
        authorizations: [{ team_id: 'T66666666' }],
      });
      return post(body, sign(body));
    },
  };

  test.each(Object.entries(forgeries))('%s', async (_, forge) => {
    const before = fake.calls.length;
    const { status } = await call(forge());
    expect([401, 403, 405, 413, 415]).toContain(status);
    expect(heard).toEqual([]);
    expect(odd).toEqual([]);
    expect(fake.calls.length).toBe(before);
  });

  test('and the same call, rightly signed, is heard', async () => {
    const body = good();
    expect((await call(post(body, sign(body)))).status).toBe(200);
    expect(heard).toHaveLength(1);
  });
});

describe('what Slack sends', () => {
  const ask = (body: string, type = 'application/json') =>
    call(post(body, { ...sign(body), 'content-type': type }));

  test('is asked whether the address is ours', async () => {
    const answer = await ask(JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1aB' }));
    expect([answer.status, await answer.text()]).toEqual([200, '3eZbrw1aB']);
    expect((await ask('ssl_check=1&token=x', 'application/x-www-form-urlencoded')).status).toBe(200);
  });

  test('is not acknowledged when a handler fails, and heard when it comes again', async () => {
    handle = () => Promise.reject(new Error('the store is away'));
    expect((await ask(good())).status).toBe(500);
    handle = async () => undefined;
    expect((await ask(good())).status).toBe(200);
    expect(heard).toHaveLength(1);
    expect(odd).toEqual([]);
  });

  test('is answered 503 after three seconds, and finished all the same', async () => {
    let finish = (): void => undefined;
    handle = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const began = Date.now();
    expect((await ask(good())).status).toBe(503);
    expect(Date.now() - began).toBeGreaterThan(2_900);
    finish();
    await expect.poll(() => heard.length).toBe(1);
  });

  test('is told apart by retry headers and never dropped for them', async () => {
    const retries: boolean[] = [];
    app.onEvent('app_mention', async (_, { retried }) => void retries.push(retried));
    const mention = fake.eventOf({ type: 'app_mention', channel: 'C1', ts: '1', user: 'U1', text: '' });
    await fake.connect(call);
    await fake.deliver(mention);
    await fake.deliver(mention, { retry: 3 });
    expect(retries).toEqual([false, true]);
  });

  test('with an unknown button is acknowledged', async () => {
    const payload = {
      type: 'block_actions',
      team: { id: fake.state.team },
      user: { id: 'U1' },
      actions: [{ action_id: 'nobody', type: 'button', action_ts: '1' }],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    expect((await ask(body, 'application/x-www-form-urlencoded')).status).toBe(200);
    expect(odd).toEqual([]);
  });

  test('from a modal is answered by its handler; from a command too', async () => {
    app.onView('note', async () => ({ response_action: 'errors', errors: { text: 'vacío' } }));
    app.onView('done', async () => undefined);
    app.onCommand('/relevo', async ({ text }) => ({ text: `eco ${String(text)}` }));
    const submit = (id: string) => {
      const view = { type: 'modal', callback_id: id, state: { values: {} } };
      const payload = { type: 'view_submission', team: { id: fake.state.team }, user: { id: 'U1' }, view };
      return ask(
        new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
        'application/x-www-form-urlencoded',
      );
    };
    expect(await (await submit('note')).json()).toEqual({
      response_action: 'errors',
      errors: { text: 'vacío' },
    });
    expect(await (await submit('done')).text()).toBe('');
    const command = new URLSearchParams({
      command: '/relevo',
      text: 'a',
      team_id: fake.state.team,
      user_id: 'U1',
    });
    const answer = await ask(command.toString(), 'application/x-www-form-urlencoded');
    expect(await answer.json()).toEqual({ text: 'eco a' });
  });

  test.each([
    '{}',
    '[]',
    'null',
    '7',
    '"x"',
    '{"event":null}',
    '{"event":"x"}',
    '{"event":{"type":7}}',
    '{"event":{"type":"message","channel":{}}}',
    '{"event":{"type":"reaction_added","item":"x"}}',
    '{"event":{"type":"message","channel":null,"item":null}}',
    '{"actions":[null]}',
    '{"actions":[]}',
    '{"actions":[{"action_id":{}}],"type":"block_actions"}',
    '{"type":"view_submission"}',
    '{"type":"view_submission","view":null}',
    '{"command":7}',
    '{"team":"x","type":"shortcut"}',
    '{"authorizations":{},"event":{"type":"message"}}',
    '{"authorizations":[null],"event":{"type":"message"}}',
    '{"__proto__":{"event":1}}',
    'not json',
    '{"event":',
  ])('is acknowledged and set aside, or heard, whatever it is: %s', async (body) => {
    expect((await ask(body)).status).toBe(200);
    expect((await ask(body, 'application/x-www-form-urlencoded')).status).toBe(200);
  });

  const corpus = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora', 'json-test-suite', 'test_parsing');
  test.skipIf(!existsSync(corpus))(
    `is never answered with an error, be it any of JSONTestSuite (left out: no ${corpus}; RELEVO_SHARED names it)`,
    async () => {
      const files = readdirSync(corpus);
      for (const name of files) {
        const body = readFileSync(join(corpus, name));
        const { status } = await call(post(body, sign(body)));
        expect([name, status]).toEqual([name, 200]);
      }
      expect(files.length).toBeGreaterThan(300);
      expect(heard).toEqual([]);
    },
  );

  test('and cannot be read is not acknowledged while it cannot be kept', async () => {
    app.onOdd(() => Promise.reject(new Error('the store is away')));
    expect((await ask('{"event":null}')).status).toBe(500);
  });

  test('says that events were held back: then the gap is told', async () => {
    let gaps = 0;
    app.onGap(() => {
      gaps += 1;
    });
    await ask(JSON.stringify({ type: 'app_rate_limited', team_id: fake.state.team, minute_rate_limited: 1 }));
    expect(gaps).toBe(1);
  });
});
