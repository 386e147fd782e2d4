/** @jsxImportSource preact */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { measure } from './connection.ts';
import type { Device } from './device.ts';
import type { Checks, Connection, Door, Outcome } from './door.ts';
import { listen, type Media, openMedia } from './media.ts';
import css from './video.module.css';
import type { Say, WordId } from './words.ts';

type State = 'waiting' | 'running' | 'good' | 'warn' | 'bad';

const unmeasured: Connection = { outcome: 'untried', roundTripMs: null, downKbps: null, upKbps: null };

/** The checks before a call, each with what to do when it fails. The camera is on only while the person sees it. */
export function CheckList({
  device,
  door,
  say,
  started,
  found,
  other,
}: {
  readonly device: Device;
  readonly door: Door;
  readonly say: Say;
  /** The person began: they are here. */
  readonly started: () => void;
  readonly found: (checks: Checks) => void;
  /** Whether the page offers other ways below. */
  readonly other: boolean;
}) {
  const [running, setRunning] = useState(false);
  const [media, setMedia] = useState<Media | null>(null);
  const [heard, setHeard] = useState(false);
  const [connection, setConnection] = useState<Connection | null>(null);
  const opened = useRef<Media | null>(null);

  const close = useCallback(() => {
    opened.current?.stop();
    opened.current = null;
  }, []);
  useEffect(() => {
    addEventListener('pagehide', close);
    return () => {
      removeEventListener('pagehide', close);
      close();
    };
  }, [close]);

  async function check(): Promise<void> {
    started();
    close();
    setRunning(true);
    setMedia(null);
    setHeard(false);
    setConnection(null);
    const untried = {
      camera: 'untried',
      microphone: 'untried',
      picture: null,
      sound: null,
      stop: () => undefined,
    } as const;
    const [devices, measured] = await Promise.all([
      (device.fits ? openMedia(navigator.mediaDevices) : Promise.resolve<Media>(untried)).then((now) => {
        opened.current = now;
        setMedia(now);
        return now;
      }),
      measure(door, () => performance.now()).then((now) => {
        setConnection(now);
        return now;
      }),
    ]);
    setRunning(false);
    // What is heard later is told then.
    if (devices.sound === null || opened.current !== devices) report(devices, measured, false);
  }

  const report = useCallback(
    (devices: Media, measured: Connection, loud: boolean) => {
      const { browser, system, phone, fits, canShare } = device;
      const microphone = devices.microphone === 'silent' && loud ? 'good' : devices.microphone;
      found({
        browser,
        system,
        phone,
        fits,
        canShare,
        camera: devices.camera,
        microphone,
        connection: measured,
      });
    },
    [device, found],
  );

  const done = media !== null && connection !== null;
  useEffect(() => {
    if (media !== null && media.sound !== null && connection !== null) report(media, connection, heard);
  }, [media, connection, heard, report]);

  const camera = media?.camera ?? 'untried';
  const microphone = heard ? 'good' : (media?.microphone ?? 'untried');
  const rows: readonly (readonly [WordId, State, string])[] = [
    ['check.browser', browserState(device), browserWords(device, say)],
    [
      'check.camera',
      stateOf(camera, running),
      camera === 'untried' || camera === 'silent' ? '' : say(`camera.${camera}`),
    ],
    [
      'check.microphone',
      stateOf(microphone, running),
      microphone === 'untried' ? '' : say(`microphone.${microphone}`),
    ],
    [
      'check.connection',
      connectionState(connection, running),
      connectionWords(connection ?? unmeasured, say),
    ],
  ];
  const passed = rows.every(([, state]) => state === 'good');
  /** Only a word is missing. */
  const listening =
    microphone === 'silent' && rows.every(([id, state]) => id === 'check.microphone' || state === 'good');
  const verdict: WordId = passed ? 'check.passed' : listening ? 'check.speak' : 'check.failed';
  return (
    <section className={css.card} aria-labelledby="check">
      <h2 id="check">{say('check.title')}</h2>
      <p>{say('check.words')}</p>
      {media?.picture != null && <Picture stream={media.picture} words={say('check.mirror')} />}
      <ul className={css.checks}>
        {rows.map(([id, state, words]) => (
          <li key={id} className={css.check} data-state={state}>
            <Mark state={state} />
            <div>
              <p>
                <strong>{say(id)}</strong> <span className={css.state}>{say(`state.${state}`)}</span>
              </p>
              {words !== '' && <p className={css.soft}>{words}</p>}
              {id === 'check.microphone' && media?.sound != null && (
                <Level sound={media.sound} label={say('microphone.level')} heard={() => setHeard(true)} />
              )}
            </div>
          </li>
        ))}
      </ul>
      <p role="status" className={done && !running ? css.verdict : undefined}>
        {running ? say('check.running') : done ? say(verdict) : ''}
      </p>
      {done && !passed && !listening && other && <a href="#other">{say('check.other')}</a>}
      <button type="button" className={css.plain} disabled={running} onClick={() => void check()}>
        {say(done ? 'check.again' : 'check.start')}
      </button>
    </section>
  );
}

function Picture({ stream, words }: { readonly stream: MediaStream; readonly words: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return (
    <figure className={css.mirror}>
      <video ref={video} autoPlay playsInline muted aria-label={words} />
      <figcaption className={css.soft}>{words}</figcaption>
    </figure>
  );
}

function Level({
  sound,
  label,
  heard,
}: {
  readonly sound: MediaStream;
  readonly label: string;
  readonly heard: () => void;
}) {
  const [level, setLevel] = useState(0);
  const told = useRef(heard);
  told.current = heard;
  useEffect(() => listen(sound, setLevel, () => told.current()), [sound]);
  return <meter className={css.level} min={0} max={1} value={level} aria-label={label} />;
}

const marks: Readonly<Record<State, string>> = {
  waiting: 'M7 12h10',
  running: 'M12 6v6l4 2',
  good: 'm7 12.500 3.500 3.500 7-8',
  warn: 'M12 6.500v7M12 17v.5',
  bad: 'm8 8 8 8M16 8l-8 8',
};

/** Shape and colour say the same, and the words beside them as well. */
function Mark({ state }: { readonly state: State }) {
  return (
    <svg className={css.mark} viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <circle cx="12" cy="12" r="11" />
      <path d={marks[state]} />
    </svg>
  );
}

function browserState({ fits, insideApp }: Device): State {
  if (!fits) return 'bad';
  return insideApp ? 'warn' : 'good';
}

function browserWords({ fits, insideApp, browser, system }: Device, say: Say): string {
  if (insideApp) return say('browser.inside');
  return fits ? say('browser.good', { browser, system }) : say('browser.failed');
}

function stateOf(outcome: Outcome, running: boolean): State {
  if (outcome === 'untried') return running ? 'running' : 'waiting';
  if (outcome === 'silent') return 'warn';
  return outcome === 'good' ? 'good' : 'bad';
}

function connectionState(connection: Connection | null, running: boolean): State {
  if (connection === null || connection.outcome === 'untried') return running ? 'running' : 'waiting';
  return connection.outcome === 'weak' ? 'warn' : connection.outcome;
}

function connectionWords({ outcome, roundTripMs, downKbps, upKbps }: Connection, say: Say): string {
  if (outcome === 'untried') return '';
  const megabits = (kbps: number | null) =>
    new Intl.NumberFormat(document.documentElement.lang, {
      maximumSignificantDigits: 2,
    }).format((kbps ?? 0) / 1_000);
  return say(`connection.${outcome}`, {
    down: megabits(downKbps),
    up: megabits(upKbps),
    trip: roundTripMs ?? '?',
  });
}
