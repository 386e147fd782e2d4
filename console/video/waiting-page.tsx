/** @jsxImportSource preact */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CheckList } from './check-list.tsx';
import { Consent } from './consent.tsx';
import { lookAtDevice } from './device.ts';
import { BackLink } from './done-page.tsx';
import type { Checks, Door, Shut, Waiting, Why } from './door.ts';
import { Notices } from './notices.tsx';
import { ShareHelp } from './share-help.tsx';
import css from './video.module.css';
import type { Say } from './words.ts';

/** What the pages of a call that is open have in common. */
export interface CallPageProps {
  readonly waiting: Waiting;
  readonly say: Say;
  readonly door: Door;
  /** The door was shut meanwhile. */
  readonly shut: (shut: Shut) => void;
  /** The server cannot be reached. */
  readonly failed: () => void;
}

/** Before the call: for the customer checks, help, what will be seen; for the agent little more than the way in. */
export function WaitingPage({
  waiting,
  say,
  door,
  shut,
  failed,
  without,
}: CallPageProps & { readonly without: (how: 'chat' | 'phone') => void }) {
  const { role, call } = waiting;
  const customer = role === 'customer';
  const device = useMemo(() => lookAtDevice(window), []);
  const [checks, setChecks] = useState<Checks | null>(null);
  const [agreed, setAgreed] = useState(!customer);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const tell = useTelling(door, shut);
  useLookingOut(door, shut);

  const found = useCallback(
    (result: Checks) => {
      setChecks(result);
      tell(result);
    },
    [tell],
  );

  async function enter(camera: boolean): Promise<void> {
    if (!agreed) {
      setAsked(true);
      box.current?.focus();
      return;
    }
    setBusy(true);
    try {
      const answer = await door.enter(camera);
      if (answer.kind !== 'go') return shut(answer);
      tell.quiet();
      location.assign(answer.url);
    } catch {
      failed();
    }
  }

  async function goWithout(how: 'chat' | 'phone'): Promise<void> {
    setBusy(true);
    try {
      const answer = await door.withoutVideo(how, whyOf(device.fits, checks));
      if (answer.kind === 'shut') return shut(answer);
      tell.quiet();
      without(how);
      if (how === 'phone') location.assign(`tel:${call.phone?.replace(/[^\d+]/gu, '') ?? ''}`);
    } catch {
      failed();
    }
  }

  const noCamera = checks !== null && checks.camera !== 'good';
  return (
    <>
      <section className={css.intro}>
        <h1 tabIndex={-1}>{titleOf(waiting, say)}</h1>
        <p>{introOf(waiting, say)}</p>
        <p className={css.soft}>{say('case', { number: call.number })}</p>
      </section>
      <Notices waiting={waiting} say={say} />
      <div className={customer ? css.numbered : css.plainly}>
        <CheckList device={device} door={door} say={say} started={tell} found={found} other={customer} />
        {customer && (
          <>
            <ShareHelp phone={device.phone} say={say} />
            <Consent
              say={say}
              recorded={call.recorded}
              agreed={agreed}
              missing={asked && !agreed}
              box={box}
              onAgree={setAgreed}
            />
          </>
        )}
      </div>
      <section className={css.go}>
        <button type="button" className={css.primary} disabled={busy} onClick={() => void enter(true)}>
          {say(busy ? 'entering' : customer ? 'enter' : 'enter.agent')}
        </button>
        {noCamera && (
          <button type="button" className={css.plain} disabled={busy} onClick={() => void enter(false)}>
            {say('enter.voice')}
          </button>
        )}
      </section>
      {customer ? (
        <section className={css.other} aria-labelledby="other">
          <h2 id="other">{say('other.title')}</h2>
          <div className={css.row}>
            <button
              type="button"
              className={css.plain}
              disabled={busy}
              onClick={() => void goWithout('chat')}
            >
              {say('other.chat')}
            </button>
            {call.phone !== null && (
              <button
                type="button"
                className={css.plain}
                disabled={busy}
                onClick={() => void goWithout('phone')}
              >
                {say('other.phone', { phone: call.phone })}
              </button>
            )}
          </div>
        </section>
      ) : (
        <BackLink who={role} call={call} say={say} />
      )}
    </>
  );
}

function titleOf({ role, call }: Waiting, say: Say): string {
  const name = role === 'agent' ? call.agent : call.customer;
  return name === null ? say('hello.nobody') : say('hello', { name });
}

function introOf({ role, call, place }: Waiting, say: Say): string {
  const { agent, customer } = call;
  if (role === 'customer')
    return agent === null ? say('intro.customer.nobody') : say('intro.customer', { agent });
  // Elsewhere the server decides who moderates.
  const moderates = place.signs ? '' : '.plain';
  return customer === null
    ? say(`intro.agent${moderates}.nobody`)
    : say(`intro.agent${moderates}`, { customer });
}

/** What stood in the way, the first that did. */
function whyOf(fits: boolean, checks: Checks | null): Why {
  if (!fits) return 'browser';
  if (checks === null) return 'wish';
  if (checks.camera !== 'good' && checks.camera !== 'untried') return 'camera';
  if (checks.microphone !== 'good' && checks.microphone !== 'untried') return 'microphone';
  return checks.connection.outcome === 'bad' || checks.connection.outcome === 'weak' ? 'connection' : 'wish';
}

/** How often somebody who waits is told when the call was called off meanwhile. */
const lookMs = 30_000;

function useLookingOut(door: Door, shut: (shut: Shut) => void): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      door.open().then(
        (answer) => {
          if (answer.kind === 'shut') shut(answer);
        },
        // A connection that comes and goes says nothing of the call.
        () => undefined,
      );
    };
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [door, shut]);
}

/** Tells the case that somebody is here, with what was found; never that a machine looked at a link. */
interface Tell {
  (checks?: Checks): void;
  /** From here on nobody who leaves the page has left. */
  quiet(): void;
}

function useTelling(door: Door, shut: (shut: Shut) => void): Tell {
  const state = useRef({ here: false });
  const tell = useMemo(() => {
    const send = (checks: Checks | undefined) => {
      if (checks === undefined && state.current.here) return;
      state.current.here = true;
      door.waiting(checks ?? null).then(
        (answer) => {
          if (answer.kind === 'shut') shut(answer);
        },
        // The next thing that is told, or the click to go in, finds out.
        () => undefined,
      );
    };
    return Object.assign(send, {
      quiet: () => {
        state.current.here = false;
      },
    });
  }, [door, shut]);
  useEffect(() => {
    const touched = () => tell(undefined);
    const gone = () => {
      if (!state.current.here) return;
      state.current.here = false;
      door.leftAtOnce();
    };
    addEventListener('pointerdown', touched);
    addEventListener('keydown', touched);
    addEventListener('pagehide', gone);
    return () => {
      removeEventListener('pointerdown', touched);
      removeEventListener('keydown', touched);
      removeEventListener('pagehide', gone);
    };
  }, [door, tell]);
  return tell;
}
