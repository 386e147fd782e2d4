import { randomIds } from '../../src/core/ids.ts';
import { createVideo } from '../../src/video/create-video.ts';
import { createDoor } from '../../src/video/door.ts';
import { createGuessLock } from '../../src/video/guess-lock.ts';
import { createInvitations, type Invited } from '../../src/video/invitations.ts';
import { newRoom } from '../../src/video/room.ts';
import { createServerWebhook } from '../../src/video/server-webhook.ts';
import { readVideo } from '../../src/video/settings.ts';
import { silentLog } from '../log.ts';
import { fakeStage } from './fake-stage.ts';
import { memoryInvitations } from './memory-invitations.ts';
import { servers, testClock } from './video-world.ts';

/** What a Jitsi server of a test proves itself by. */
export const hookSecret = 'a-secret-for-the-hooks-of-a-server';

const minuteMs = 60_000;

/**
 * A door with everything behind it in memory, and a case that only takes notes.
 * @param env the variables of the provider
 */
export function doorWorld(env: Readonly<Record<string, string>> = servers.HS256) {
  const settings = readVideo(env);
  if (settings === null || 'faults' in settings) throw new Error(JSON.stringify(settings));
  const clock = testClock();
  const store = memoryInvitations();
  const stage = fakeStage();
  const closed = new Set<string>();
  const quarantined: { readonly reason: string; readonly raw: string }[] = [];
  const warned: string[] = [];
  const provider = createVideo(settings);
  const invitations = createInvitations({
    store,
    provider,
    verify: null,
    caseOpen: async (id) => !closed.has(id),
    guesses: createGuessLock({ clock }),
    clock,
    ids: randomIds,
  });
  const { signs, ownRooms } = provider.can;
  const place = { host: 'meet.example.com', signs, ownRooms };
  const door = createDoor({ invitations, stage, place, clock });
  const webhook = createServerWebhook({
    secret: hookSecret,
    store,
    stage,
    quarantine: {
      add: async (item) => {
        quarantined.push(item);
      },
    },
    clock,
    log: { ...silentLog, warn: (_what: unknown, words: string) => warned.push(words) } as never,
  });
  const room = newRoom(randomIds);
  return {
    clock,
    store,
    stage,
    closed,
    quarantined,
    warned,
    invitations,
    door,
    webhook,
    room,
    /** A new link. @returns where it leads, and what is kept of it */
    async invite(change: Partial<Invited> = {}) {
      const invited: Invited = {
        conversationId: 'k',
        room,
        role: 'customer',
        name: 'Ana',
        opensAt: clock.now(),
        closesAt: clock.now() + 60 * minuteMs,
        ...change,
      };
      return await invitations.issue(invited);
    },
  };
}
