/** What a Jitsi server's `config.js` shows to everybody. */
export interface ServerConfig {
  /** The XMPP domain; null: not found. */
  readonly domain: string | null;
  /** Guests come in without logging in, at a domain of their own. */
  readonly guests: boolean;
  /** What can keep or send out what is shown in a call. */
  readonly keeps: readonly ('recording' | 'live streaming' | 'transcription')[];
}

const switches = {
  recording: [/\bfileRecordingsEnabled\s*[:=]\s*true/u, on('recordingService')],
  'live streaming': [/\bliveStreamingEnabled\s*[:=]\s*true/u, on('liveStreaming')],
  transcription: [/\btranscribingEnabled\s*[:=]\s*true/u, on('transcription')],
} as const;

/** Such as `recordingService: { enabled: true }`, or `config.recordingService.enabled = true`. */
function on(name: string): RegExp {
  return new RegExp(
    `\\b${name}(?:\\.enabled\\s*=|\\s*[:=]\\s*\\{[^{}]{0,2000}?\\benabled\\s*:)\\s*true`,
    'u',
  );
}

/** Reads a `config.js`, which is a program: only what is set plainly is found. Pure. */
export function readServerConfig(text: string): ServerConfig {
  const plain = text
    .slice(0, 500_000)
    .replace(/\/\*[\s\S]*?\*\//gu, '')
    .replace(/^\s*\/\/.*$/gmu, '');
  const value = (name: string) =>
    new RegExp(`\\b${name}\\s*[:=]\\s*["']([\\w.-]{1,253})["']`, 'u').exec(plain)?.[1] ?? null;
  const keeps = (['recording', 'live streaming', 'transcription'] as const).filter((name) =>
    switches[name].some((pattern) => pattern.test(plain)),
  );
  return { domain: value('domain'), guests: value('anonymousdomain') !== null, keeps };
}
