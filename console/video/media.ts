import type { Outcome } from './door.ts';

/** Camera and microphone as they were found; what was opened is closed by `stop`. */
export interface Media {
  readonly camera: Outcome;
  /** `silent` until something is heard. */
  readonly microphone: Outcome;
  /** To be shown to the person; null: no camera. */
  readonly picture: MediaStream | null;
  readonly sound: MediaStream | null;
  stop(): void;
}

const faults: Readonly<Record<string, Outcome>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

const wanted = { video: { width: { ideal: 640 } }, audio: true } as const;

type Opened = { readonly stream: MediaStream } | { readonly fault: Outcome };

/** Asks for both at once, so that the person is asked once, and for each when that fails: only then it is known which. */
export async function openMedia(devices: MediaDevices): Promise<Media> {
  const both = await open(devices, wanted);
  const [picture, sound] =
    'stream' in both
      ? [both, both]
      : [await open(devices, { video: wanted.video }), await open(devices, { audio: wanted.audio })];
  const streams = [picture, sound].flatMap((one) => ('stream' in one ? [one.stream] : []));
  return {
    camera: 'stream' in picture ? 'good' : picture.fault,
    microphone: 'stream' in sound ? 'silent' : sound.fault,
    picture: 'stream' in picture ? picture.stream : null,
    sound: 'stream' in sound ? sound.stream : null,
    stop() {
      for (const stream of streams) for (const track of stream.getTracks()) track.stop();
    },
  };
}

async function open(devices: MediaDevices, constraints: MediaStreamConstraints): Promise<Opened> {
  try {
    return { stream: await devices.getUserMedia(constraints) };
  } catch (error) {
    return { fault: (error instanceof Error ? faults[error.name] : undefined) ?? 'failed' };
  }
}

/** Softer is the room, not a voice. */
const heardFrom = 0.02;

/**
 * Listens to a microphone.
 * @param level called again and again, with 0 (silence) to 1
 * @param heard called once, when something is
 * @returns ends it
 */
export function listen(sound: MediaStream, level: (value: number) => void, heard: () => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  context.createMediaStreamSource(sound).connect(analyser);
  void context.resume();
  const samples = new Float32Array(analyser.fftSize);
  let told = false;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    level(Math.min(1, loudness * 5));
    if (told || loudness < heardFrom) return;
    told = true;
    heard();
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
