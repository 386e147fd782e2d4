import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Channel } from './channels/channel.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Ids } from './core/ids.ts';
import type { Media } from './core/message.ts';
import type { Rules } from './core/rules.ts';
import { createCallStage } from './escalation/call-stage.ts';
import { type Calls, createCalls } from './escalation/calls.ts';
import type { FileBytes } from './escalation/cases.ts';
import type { Ladder } from './ladder-file.ts';
import type { Conversations } from './store/conversations.ts';
import type { Store } from './store/store.ts';
import { createVideo } from './video/create-video.ts';
import { createDoor, type Door } from './video/door.ts';
import { createGuessLock } from './video/guess-lock.ts';
import { createInvitations } from './video/invitations.ts';
import { newRoom } from './video/room.ts';
import { createServerWebhook } from './video/server-webhook.ts';
import type { VideoSettings } from './video/settings.ts';
import { watchClock } from './video/watch-clock.ts';

/** What video calls are made of. */
export interface AppVideoDeps {
  readonly config: Config;
  readonly store: Store;
  readonly conversations: Conversations;
  readonly channel: (name: string) => Channel | undefined;
  readonly bytes: FileBytes;
  /** As relevo.yaml says now. */
  readonly ladder: () => Ladder;
  readonly rules: () => Rules;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** Video calls: as a stage of cases, and the way into them. */
export interface AppVideo {
  readonly calls: Calls;
  /** What the server serves of it. */
  readonly http: {
    readonly door: Door;
    readonly webhook: ((request: Request) => Promise<Response>) | null;
  };
  /** Looks once, beside everything else, whether the server's clock agrees with ours. */
  start(): void;
  stop(): void;
}

/** Makes video calls where they are set up. @returns null where they are not: then nobody is offered one */
export function openVideo(deps: AppVideoDeps): AppVideo | null {
  const { config, store, conversations, channel, clock, ids, log } = deps;
  const settings = config.video;
  if (settings === null) return null;
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const provider = createVideo(settings);
  const stage = createCallStage({
    conversations,
    chatUrl: ({ channel: name }) => (channel(name)?.can.readsLog ? `${publicUrl}/` : null),
    deskUrl: `${publicUrl}/desk`,
    calls: () => deps.ladder().calls,
  });
  const invitations = createInvitations({
    store: store.invitations,
    provider,
    // Tokens come back to nobody but the server that they were signed for.
    verify: null,
    caseOpen: stage.isOpen,
    guesses: createGuessLock({ clock }),
    clock,
    ids,
  });
  const calls = createCalls({
    conversations,
    cursors: store.cursors,
    door: {
      async issue(invited) {
        const { invitation, path } = await invitations.issue(invited);
        return { id: invitation.id, url: `${publicUrl}${path}` };
      },
      newRoom: () => newRoom(ids),
      async cancel(invitation) {
        await invitations.cancel(invitation);
      },
    },
    phoneOf: ({ channel: name, user }) => (channel(name)?.can.phones ? user : null),
    async keepCalendar(text, { id, reach }) {
      if (channel(reach.channel)?.can.calendars !== true) return null;
      const file = ids.id();
      const kept = await deps.bytes.write(file, Readable.from([Buffer.from(text)]));
      const { type, bytes } = kept;
      const media: Media = { id: file, kind: 'document', name: 'relevo.ics', type, bytes };
      await store.files.addKept({ media, channel: reach.channel, kept, at: clock.now() });
      await store.files.own([file], id);
      return media;
    },
    rules: deps.rules,
    clock,
    log: log.child({ part: 'calls' }),
  });
  const stopping = new AbortController();
  const { signs, ownRooms } = provider.can;
  const place = { host: hostOf(settings), signs, ownRooms };
  const secret = settings.kind === 'jitsi' ? settings.webhookSecret : null;
  return {
    calls,
    http: {
      door: createDoor({ invitations, stage, place, clock }),
      webhook:
        secret === null
          ? null
          : createServerWebhook({
              secret,
              store: store.invitations,
              stage,
              quarantine: store.quarantine,
              clock,
              log,
            }),
    },
    start: () => void watchClock({ settings, clock, log, fetch, signal: stopping.signal }),
    stop: () => stopping.abort(),
  };
}

/** Where calls are held, for people. */
function hostOf(settings: VideoSettings): string {
  return settings.kind === 'jitsi' ? settings.domain : new URL(settings.template).host;
}
