import { App, type Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { RelevoError, SendError } from '../core/errors.ts';
import { checkSlack } from './check.ts';
import { createDispatch, type Delivery, deliveryKey } from './dispatch.ts';
import { isObject, textOf } from './payload.ts';
import { sdkLog } from './sdk-log.ts';
import type { OddPayload, SlackApp, SlackIdentity, SlackObject, SlackSettings } from './slack-app.ts';
import { createSocket } from './socket.ts';
import { clientOptions, createWebApi } from './web-api.ts';
import { createWebhook } from './webhook.ts';

/** What a Slack app is made of, beside its settings. */
export interface SlackDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** Where Slack reaches us; null: it does not, so Socket Mode brings the events. */
  readonly publicUrl: string | null;
}

/** Makes a Slack app on Bolt. Nothing is connected before `start`. */
export function createSlackApp(settings: SlackSettings, { clock, log, publicUrl }: SlackDeps): SlackApp {
  const { botToken, signingSecret, appToken, apiUrl } = settings;
  const viaSocket = appToken !== undefined && (publicUrl === null || signingSecret === undefined);
  const web = createWebApi(settings, log);
  const oddHandlers: ((payload: OddPayload) => Promise<void>)[] = [];
  const gapHandlers: (() => void)[] = [];
  const reservations: ((channel: string) => boolean)[] = [];

  let known: Promise<SlackIdentity> | null = null;
  const identity = (): Promise<SlackIdentity> => {
    known ??= web.call('auth.test', {}).then(readIdentity);
    // A failure is not kept: the next one who asks tries again.
    known.catch(() => {
      known = null;
    });
    return known;
  };

  // The app's own receivers answer before anybody has stored anything; ours (webhook, socket) wait.
  const noReceiver: Receiver = {
    init: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
  const bolt = new App({
    receiver: noReceiver,
    authorize: async () => {
      const { team, userId, botId } = await identity();
      return { botToken, teamId: team, botUserId: userId, ...(botId === null ? {} : { botId }) };
    },
    clientOptions: clientOptions(apiUrl, log),
    logger: sdkLog(log),
  });
  bolt.error(async (error) => {
    throw error;
  });

  const odd = async (payload: OddPayload): Promise<void> => {
    if (oddHandlers.length === 0) log.warn({ reason: payload.reason }, 'a Slack payload was not understood');
    await Promise.all(oddHandlers.map((handle) => handle(payload)));
  };
  const gap = (): void => {
    for (const handle of gapHandlers) handle();
  };
  const dispatch = createDispatch({
    processEvent: (event) => bolt.processEvent(event),
    identity,
    odd,
    gap,
    log,
  });
  const openSocket = () =>
    viaSocket && appToken !== undefined
      ? createSocket({ appToken, apiUrl, dispatch, connected: gap, log })
      : null;

  let users = 0;
  let socket: ReturnType<typeof openSocket> = null;
  let starting: Promise<void> | null = null;

  const open = async (): Promise<void> => {
    try {
      await identity();
      socket = openSocket();
      if (socket === null) gap();
      else await socket.start();
    } catch (error) {
      if (!(error instanceof SendError) || error.permanent) {
        await socket?.stop();
        socket = null;
        throw new RelevoError('slack_refused', 'Slack refuses our tokens', {
          cause: error,
          hint: 'relevo doctor says which one; docs/channels/slack.md where to find them.',
        });
      }
      log.warn({ code: error.code }, 'Slack cannot be reached yet');
      socket ??= openSocket();
      if (socket === null) gap();
      else await socket.start();
    }
  };

  return {
    identity,
    call: web.call,
    upload: web.upload,
    download: web.download,
    reserve: (isOurs) => void reservations.push(isOurs),
    reserved: (channel) => reservations.some((isOurs) => isOurs(channel)),
    onOdd: (handle) => void oddHandlers.push(handle),
    onGap: (handle) => void gapHandlers.push(handle),

    onEvent(type, handle) {
      bolt.event(type, ({ event, context }) =>
        noting(context, () => handle({ ...event }, { retried: (context.retryNum ?? 0) > 0 })),
      );
    },
    onAction(actionId, handle) {
      bolt.action(actionId, async ({ ack, body, context }) => {
        await noting(context, () => handle(asObject(body)));
        await ack();
      });
    },
    onView(callbackId, handle) {
      bolt.view(callbackId, async ({ ack, body, context }) => {
        const answer = await noting(context, () => handle(asObject(body)));
        // What a modal may do next is Slack's to check: the port only says that it is an object.
        await (ack as (answer?: SlackObject) => Promise<void>)(answer);
      });
    },
    onCommand(command, handle) {
      bolt.command(command, async ({ ack, body, context }) => {
        const answer = await noting(context, () => handle(asObject(body)));
        await (ack as (answer?: SlackObject) => Promise<void>)(answer);
      });
    },

    ...(signingSecret === undefined || viaSocket
      ? {}
      : { webhook: createWebhook({ signingSecret, clock, dispatch, odd, log }) }),

    async start() {
      users += 1;
      starting ??= open();
      try {
        await starting;
      } catch (error) {
        users -= 1;
        starting = null;
        throw error;
      }
    },
    async stop() {
      users = Math.max(0, users - 1);
      if (users > 0) return;
      await starting?.catch(() => undefined);
      await socket?.stop();
      socket = null;
      starting = null;
    },
    check: () => checkSlack(settings, viaSocket ? 'socket' : 'webhook', () => clock.now(), log),
  };
}

/** Leaves a handler's failure with its delivery: Bolt does not tell it from its own. */
async function noting<Result>(
  context: { readonly [key: string]: unknown },
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const delivery = context[deliveryKey] as Delivery | undefined;
    if (delivery !== undefined) delivery.failure ??= { error };
    throw error;
  }
}

function asObject(body: object): SlackObject {
  return isObject(body) ? body : {};
}

function readIdentity(found: SlackObject): SlackIdentity {
  const team = textOf(found, 'team_id');
  const userId = textOf(found, 'user_id');
  if (team === undefined || userId === undefined) {
    throw new SendError('slack_failed', 'Slack did not say who we are');
  }
  return {
    team,
    userId,
    botId: textOf(found, 'bot_id') ?? null,
    name: textOf(found, 'user') ?? 'relevo',
    url: textOf(found, 'url') ?? null,
  };
}
