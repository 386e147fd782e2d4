import { createJitsi } from './jitsi.ts';
import { createLinkTemplate } from './link-template.ts';
import type { VideoSettings } from './settings.ts';
import type { VideoProvider } from './video.ts';

/** Makes the provider that the settings describe. Connects to nothing. */
export function createVideo(settings: VideoSettings): VideoProvider {
  return settings.kind === 'jitsi' ? createJitsi(settings) : createLinkTemplate(settings);
}
