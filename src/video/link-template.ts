import { checkedRoom } from './room.ts';
import type { LinkSettings } from './settings.ts';
import type { VideoProvider } from './video.ts';

/** Calls held elsewhere (Zoom, Google Meet, …): their links are handed out as they are, unsigned. */
export function createLinkTemplate({ template }: Pick<LinkSettings, 'template'>): VideoProvider {
  return {
    name: 'link',
    can: { signs: false, ownRooms: template.includes('{room}') },
    async link(entry) {
      return { url: new URL(template.replaceAll('{room}', checkedRoom(entry.room))).href, enterBy: null };
    },
  };
}
