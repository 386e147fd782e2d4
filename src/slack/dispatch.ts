import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { isObject, textOf } from './payload.ts';
import type { OddPayload, SlackIdentity, SlackObject } from './slack-app.ts';

/** A payload as it arrived, by whichever way. */
export interface Delivered {
  readonly payload: SlackObject;
  readonly retryNum?: number | undefined;
  readonly retryReason?: string | undefined;
}

/** What became of it: everything was handled, or it is of a workspace that is not ours. */
export type Outcome =
  | { readonly kind: 'done'; readonly acknowledgement: unknown }
  | { readonly kind: 'foreign' };

/** Hands a payload to whoever hears it and resolves once they are through. Rejects when one of them failed. */
export type Dispatch = (delivered: Delivered) => Promise<Outcome>;

/** A delivery under way: handlers leave here what went wrong with them. */
export interface Delivery {
  failure?: { readonly error: unknown };
}

/** Under which name handlers find the delivery in Bolt's context. */
export const deliveryKey = 'relevoDelivery';

/** What a dispatch is made of. */
export interface DispatchDeps {
  /** Bolt's own. */
  readonly processEvent: (event: {
    body: Record<string, unknown>;
    ack: (acknowledgement?: unknown) => Promise<void>;
    retryNum?: number;
    retryReason?: string;
    customProperties: Record<string, unknown>;
  }) => Promise<void>;
  readonly identity: () => Promise<SlackIdentity>;
  readonly odd: (payload: OddPayload) => Promise<void>;
  /** Slack says that it holds events back. */
  readonly gap: () => void;
  readonly log: Logger;
}

/**
 * Makes the one way by which payloads of the webhook and of Socket Mode reach the handlers. Bolt acknowledges events
 * before anybody has heard them; here nothing is acknowledged before every handler is through.
 */
export function createDispatch({ processEvent, identity, odd, gap, log }: DispatchDeps): Dispatch {
  const setAside = async (payload: SlackObject, reason: string): Promise<Outcome> => {
    const raw = JSON.stringify(payload);
    const id = textOf(payload, 'event_id') ?? createHash('sha256').update(raw).digest('hex');
    await odd({ id, reason, raw });
    return { kind: 'done', acknowledgement: undefined };
  };

  return async ({ payload, retryNum, retryReason }) => {
    const { team } = await identity();
    const teams = teamsOf(payload);
    if (teams.length > 0 && !teams.includes(team)) {
      log.warn('a Slack payload of another workspace was refused');
      return { kind: 'foreign' };
    }
    if (payload.type === 'app_rate_limited') {
      gap();
      return { kind: 'done', acknowledgement: undefined };
    }
    if (!isKnown(payload)) return setAside(payload, 'its kind is unknown');

    const delivery: Delivery = {};
    let acknowledgement: unknown;
    try {
      await processEvent({
        body: { ...payload },
        ack: async (given) => {
          acknowledgement ??= given;
        },
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
        customProperties: { [deliveryKey]: delivery },
      });
    } catch (error) {
      // No handler failed, so Bolt could not read it: keep it, or it would come back until Slack gives up.
      if (delivery.failure === undefined)
        return setAside(payload, `Bolt could not read it (${nameOf(error)})`);
    }
    if (delivery.failure !== undefined) throw delivery.failure.error;
    return { kind: 'done', acknowledgement };
  };
}

/** The workspaces that a payload says it is for: in a channel shared between companies there are several. */
function teamsOf(payload: SlackObject): string[] {
  const { authorizations } = payload;
  return [
    textOf(payload, 'team_id'),
    textOf(payload, 'context_team_id'),
    textOf(payload.team, 'id'),
    ...(Array.isArray(authorizations) ? authorizations.map((one: unknown) => textOf(one, 'team_id')) : []),
  ].filter((team) => team !== undefined);
}

const interactions = new Set([
  'view_submission',
  'view_closed',
  'shortcut',
  'message_action',
  'block_suggestion',
]);

function isKnown(payload: SlackObject): boolean {
  if (payload.event !== undefined) return textOf(payload.event, 'type') !== undefined;
  if (Array.isArray(payload.actions)) return payload.actions.length > 0 && payload.actions.every(isObject);
  return typeof payload.command === 'string' || interactions.has(textOf(payload, 'type') ?? '');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
