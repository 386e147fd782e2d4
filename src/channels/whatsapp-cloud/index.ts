import { LRUCache } from 'lru-cache';
import { RelevoError, SendError } from '../../core/errors.ts';
import { addressKey, type Media, type OutboundMessage } from '../../core/message.ts';
import type { Channel, Inlet, SendLimits } from '../channel.ts';
import type { ChannelDeps } from '../channel-kind.ts';
import { checkSettings } from './check.ts';
import { createGraph } from './graph.ts';
import { createIdentities, type Identities, type Route } from './identity.ts';
import { openMedia } from './media.ts';
import { channelName } from './parse.ts';
import {
  can,
  partsOf,
  payloadOf,
  requestOf,
  shownAs,
  type Template,
  templateOf,
  type Uploaded,
} from './render.ts';
import { createWebhook } from './webhook.ts';

/** How a business phone number is reached. */
export interface WhatsAppCloudSettings {
  readonly token: string;
  /** The id of the phone number, not the number. */
  readonly phoneId: string;
  readonly appSecret: string;
  /** The word that Meta shows us when the webhook is set up. */
  readonly verifyToken: string;
  /** With the version, without a slash at the end. */
  readonly apiRoot: string;
  /** What may be sent when the customer wrote more than 24 hours ago. */
  readonly template: Template | null;
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput */
const limits: SendLimits = {
  // 80 a second, what comes in included: the burst and the rate together stay under it in every second.
  account: { calls: 74, perMs: 1_000, burst: 6 },
  // One every 6 seconds; 45 may come at once, and their time is waited for afterwards.
  user: { calls: 1, perMs: 6_000, burst: 45 },
};

/** The platform keeps an uploaded file for 30 days. */
const uploadedMs = 20 * 24 * 3_600_000;
const maxRemembered = 10_000;

/** The longest that a customer is left alone by us after the platform said we send them too much. */
const longestPairWaitMs = 4 ** 6 * 1_000;

/** Makes the channel. It connects when it is started: that is, never; the platform calls us. */
export function createWhatsAppCloud(settings: WhatsAppCloudSettings, deps: ChannelDeps): Channel {
  const { phoneId, template } = settings;
  const { clock, log } = deps;
  const graph = createGraph(settings);
  let open: { readonly inlet: Inlet; readonly identities: Identities } | null = null;
  /** The newest message of each customer: reading it and writing an answer are shown at it. */
  const newest = new LRUCache<string, string>({ max: maxRemembered });
  const uploads = new LRUCache<string, Uploaded>({ max: 1_000, ttl: uploadedMs });
  /** How often in a row the platform said that one customer gets too much. */
  const tooMuch = new LRUCache<string, number>({ max: maxRemembered });

  function isLate({ answers }: OutboundMessage): boolean {
    return answers !== null && clock.now() - answers.at >= (can.replyWindowMs ?? Number.POSITIVE_INFINITY);
  }

  async function upload(file: Media): Promise<Uploaded> {
    const known = uploads.get(file.id);
    if (known !== undefined) return known;
    const { type, bytes, body } = await deps.media(file.id);
    const as = shownAs(file.kind, type, bytes);
    if (bytes > (can.maxMediaBytes.document ?? 0)) {
      throw new SendError('media_too_large', 'WhatsApp takes files of at most 100 MB', { permanent: true });
    }
    const uploaded = { id: await graph.upload({ type, bytes, body }), as };
    uploads.set(file.id, uploaded);
    return uploaded;
  }

  async function routeOf(user: string): Promise<Route> {
    if (open !== null) return open.identities.routeOf(user);
    throw new SendError('stopped', 'the channel is not running');
  }

  async function requestFor(part: OutboundMessage, late: boolean): Promise<object> {
    const { attachment, to, name } = part;
    if (late && (template === null || attachment !== null)) throw outsideWindow(attachment !== null);
    const file = late || attachment === null ? null : await upload(attachment);
    const payload = late && template !== null ? templateOf(part, template) : payloadOf(part, file);
    return requestOf(payload, await routeOf(to.user), name);
  }

  async function post(part: OutboundMessage, late: boolean): Promise<string> {
    const request = await requestFor(part, late).catch((cause: unknown) => {
      if (cause instanceof SendError) throw cause;
      const permanent = cause instanceof RelevoError && cause.code === 'no_such_media';
      throw new SendError('not_ready', 'the message could not be made ready: nothing was sent', {
        cause,
        permanent,
      });
    });
    const id = await graph.post(request);
    if (id !== null) return id;
    throw new SendError('odd_answer', 'WhatsApp took a message and gave no id for it', { unknown: true });
  }

  return {
    name: channelName,
    title: 'WhatsApp',
    can,
    limits,
    parts: partsOf,

    async start(inlet) {
      open = { inlet, identities: createIdentities(inlet, phoneId) };
    },

    async send(part) {
      const key = addressKey(part.to);
      try {
        const externalId = await post(part, isLate(part));
        tooMuch.delete(key);
        return { externalId };
      } catch (error) {
        if (!(error instanceof SendError)) throw error;
        if (error.code === 'media_refused' && part.attachment !== null) uploads.delete(part.attachment.id);
        // The platform's clock decides. What it refused was surely not sent: a template may go instead.
        if (error.code === 'outside_window' && !isLate(part) && template !== null) {
          return { externalId: await post(part, true) };
        }
        throw error.scope === 'user' && error.retryAfterMs !== undefined ? longer(error, key) : error;
      }
    },

    fetch: (media) => openMedia(media.remote ?? '', { ...settings, graph }),

    typing(user) {
      const message = newest.get(user.user);
      if (message === undefined) return;
      const seen = { messaging_product: 'whatsapp', status: 'read', message_id: message };
      graph
        .post({ ...seen, typing_indicator: { type: 'text' } })
        .catch((error: unknown) => log.debug({ channel: channelName, err: error }, 'typing was not shown'));
    },

    webhook: createWebhook({
      ...settings,
      ids: deps.ids,
      log,
      open: () => open,
      onWritten: (user, externalId) => newest.set(user, externalId),
    }),

    check: () => checkSettings({ ...settings, graph, clock, publicUrl: deps.publicUrl }),

    async stop() {
      open = null;
    },
  };

  /** Meta asks for a wait that grows by four each time. */
  function longer(error: SendError, key: string): SendError {
    const times = (tooMuch.get(key) ?? 0) + 1;
    tooMuch.set(key, times);
    const retryAfterMs = Math.min(longestPairWaitMs, Math.max(error.retryAfterMs ?? 0, 4 ** times * 1_000));
    return new SendError(error.code, error.message, { cause: error, retryAfterMs, scope: 'user' });
  }
}

function outsideWindow(isFile: boolean): SendError {
  return new SendError(
    'outside_window',
    isFile
      ? 'the customer wrote more than 24 hours ago: a file cannot be sent until they write again'
      : 'the customer wrote more than 24 hours ago, and no template is set for that',
    {
      permanent: true,
      hint: isFile
        ? 'Write a text first: it goes out as a template. Send the file once the customer has answered.'
        : 'Set WHATSAPP_CLOUD_TEMPLATE to an approved template (name:language) whose body is one parameter, then send again.',
    },
  );
}
