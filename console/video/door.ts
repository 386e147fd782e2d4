/** The languages of the page. */
export type Language = 'es' | 'en' | 'pt';

/** How one check ended, in the words of the server. */
export type Outcome = 'good' | 'denied' | 'missing' | 'busy' | 'silent' | 'failed' | 'untried';

/** What a connection is good for. */
export interface Connection {
  readonly outcome: 'good' | 'weak' | 'bad' | 'untried';
  readonly roundTripMs: number | null;
  readonly downKbps: number | null;
  readonly upKbps: number | null;
}

/** What the page found of the device. */
export interface Checks {
  readonly browser: string;
  readonly system: string;
  readonly phone: boolean;
  readonly fits: boolean;
  readonly canShare: boolean;
  readonly camera: Outcome;
  readonly microphone: Outcome;
  readonly connection: Connection;
}

/** The call, as the case knows it. */
export interface Call {
  readonly number: number;
  readonly language: Language;
  readonly customer: string | null;
  readonly agent: string | null;
  readonly chatUrl: string | null;
  readonly deskUrl: string;
  readonly phone: string | null;
  readonly recorded: boolean;
  readonly startsAt: number | null;
  readonly timeZone: string | null;
}

/** Somebody may go in. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly role: 'agent' | 'customer';
  readonly call: Call;
  readonly place: { readonly host: string; readonly signs: boolean; readonly ownRooms: boolean };
  readonly entered: boolean;
  readonly now: number;
  readonly clock: { readonly offsetMs: number; readonly wholeHours: number | null } | null;
}

/** Nobody may go in by this link. */
export interface Shut {
  readonly kind: 'shut';
  readonly reason:
    | 'unknown'
    | 'cancelled'
    | 'closed'
    | 'expired'
    | 'used'
    | 'forwarded'
    | 'too-early'
    | 'replayed'
    | 'too-many-tries'
    | 'not-set-up';
  readonly until: number | null;
  readonly now: number;
  readonly role: 'agent' | 'customer' | null;
  readonly call: Pick<Call, 'language' | 'chatUrl' | 'deskUrl' | 'phone' | 'timeZone' | 'startsAt'> | null;
}

/** Why somebody goes on without video. */
export type Why = 'browser' | 'camera' | 'microphone' | 'connection' | 'wish';

/** What the server does for this link; each fails when the server cannot be reached. */
export interface Door {
  readonly calendarUrl: string;
  open(): Promise<Waiting | Shut>;
  waiting(checks: Checks | null): Promise<Shut | { readonly kind: 'done' }>;
  /** @param camera false: the call begins with the camera off */
  enter(camera: boolean): Promise<Shut | { readonly kind: 'go'; readonly url: string }>;
  withoutVideo(wish: 'chat' | 'phone', why: Why): Promise<Shut | { readonly kind: 'done' }>;
  left(): Promise<void>;
  /** Says that the page was left; works while it is being closed. */
  leftAtOnce(): void;
  /** Fetches so many bytes. */
  down(bytes: number, signal: AbortSignal): Promise<void>;
  /** Sends so many bytes. */
  up(bytes: number, signal: AbortSignal): Promise<void>;
}

/** @param path the page's own: `/v/<code>` */
export function createDoor(path: string): Door {
  const at = (what: string) => `${path}/${what}`;

  async function post<T>(what: string, body: object): Promise<T> {
    const answer = await fetch(at(what), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
    });
    // Whoever guesses gets 429, with an answer to show.
    if (!answer.ok && answer.status !== 429) throw new Error(`the server answered ${answer.status}`);
    return answer.status === 204 ? (undefined as T) : await answer.json();
  }

  return {
    calendarUrl: at('call.ics'),
    open: () => post('open', { now: Date.now() }),
    waiting: (checks) => post('waiting', { checks }),
    enter: (camera) => post('enter', { agreed: true, camera }),
    withoutVideo: (wish, why) => post('without-video', { wish, why }),
    left: () => post('left', {}),
    leftAtOnce() {
      navigator.sendBeacon(at('left'), new Blob(['{}'], { type: 'application/json' }));
    },
    async down(bytes, signal) {
      const answer = await fetch(at(`bytes?size=${bytes}`), { signal, cache: 'no-store' });
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      await answer.arrayBuffer();
    },
    async up(bytes, signal) {
      const body = new Uint8Array(bytes);
      for (let from = 0; from < bytes; from += 65_536)
        crypto.getRandomValues(body.subarray(from, Math.min(from + 65_536, bytes)));
      const headers = { 'content-type': 'application/octet-stream' };
      const answer = await fetch(at('bytes'), { method: 'POST', headers, body, signal });
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    },
  };
}
