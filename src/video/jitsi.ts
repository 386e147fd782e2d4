import { SignJWT } from 'jose';
import { enterMs, jitsiClaims } from './jitsi-claims.ts';
import { checkedRoom } from './room.ts';
import type { JitsiSettings } from './settings.ts';
import type { VideoEntry, VideoProvider } from './video.ts';

/**
 * Calls on a Jitsi server. Without a key its links are plain: whoever knows the room is let in, and nobody's role is
 * known to the server.
 */
export function createJitsi(settings: JitsiSettings): VideoProvider {
  const { domain, tenant, signing } = settings;
  return {
    name: 'jitsi',
    can: { signs: signing !== null, ownRooms: true },
    async link(entry) {
      const path = [tenant, checkedRoom(entry.room)].filter((part) => part !== null).join('/');
      const url = new URL(`https://${domain}/${path}`);
      if (entry.camera === false) url.hash = 'config.startWithVideoMuted=true';
      if (signing === null) return { url: url.href, enterBy: null };
      url.searchParams.set('jwt', await sign(entry, settings, signing));
      return { url: url.href, enterBy: Math.floor(entry.askedAt / 1_000) * 1_000 + enterMs };
    },
  };
}

/** The server asks for `typ`, and by `kid` finds the public half of a key pair. */
async function sign(
  entry: VideoEntry,
  settings: JitsiSettings,
  { issuer, key }: NonNullable<JitsiSettings['signing']>,
): Promise<string> {
  return await new SignJWT(jitsiClaims(entry, settings, issuer))
    .setProtectedHeader({ alg: key.algorithm, typ: 'JWT', ...(key.keyId !== null && { kid: key.keyId }) })
    .sign(key.key);
}
