/** What kind of device the page is on, as far as a page can know. */
export interface Device {
  readonly browser: string;
  readonly system: string;
  readonly phone: boolean;
  /** Whether calls work in this browser at all. */
  readonly fits: boolean;
  /** It is the small browser inside another app, which often may not use the camera. */
  readonly insideApp: boolean;
  readonly canShare: boolean;
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:A|iOS)?\//u, 'Edge'],
  [/OPR\/|OPiOS\//u, 'Opera'],
  [/SamsungBrowser\//u, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//u, 'Firefox'],
  [/CriOS\/|Chrome\//u, 'Chrome'],
  [/Safari\//u, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/u, 'Android'],
  [/iPhone|iPod/u, 'iOS'],
  [/iPad/u, 'iPadOS'],
  [/Windows/u, 'Windows'],
  [/CrOS/u, 'ChromeOS'],
  [/Macintosh/u, 'macOS'],
  [/Linux/u, 'Linux'],
];

/** Chats open links in a browser of their own. */
const inside = /; wv\)|FBA[NV]|Instagram|Line\/|WhatsApp|Telegram|MicroMessenger|GSA\//u;

/** Looks at the browser; asks nobody for anything. */
export function lookAtDevice({
  navigator,
  isSecureContext,
  RTCPeerConnection,
}: Window & typeof globalThis): Device {
  const { userAgent, maxTouchPoints } = navigator;
  const named = (list: readonly (readonly [RegExp, string])[]) =>
    list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '?';
  // An iPad says that it is a Mac.
  const pad = /Macintosh/u.test(userAgent) && maxTouchPoints > 1;
  const devices: Partial<MediaDevices> | undefined = navigator.mediaDevices;
  const phone = pad || /Android|iPhone|iPad|iPod/u.test(userAgent);
  return {
    browser: named(browsers),
    system: pad ? 'iPadOS' : named(systems),
    phone,
    fits:
      isSecureContext &&
      typeof devices?.getUserMedia === 'function' &&
      typeof RTCPeerConnection === 'function',
    insideApp: inside.test(userAgent),
    canShare: !phone && typeof devices?.getDisplayMedia === 'function',
  };
}
