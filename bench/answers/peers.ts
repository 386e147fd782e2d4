import { minisearch } from './minisearch.ts';
import { createNlpjs } from './nlpjs.ts';
import type { Peer } from './threshold.ts';

/** The peers, each with the settings that are tried on the base's own examples before it is measured. */
export const settingsOf: Readonly<Record<string, Readonly<Record<string, Peer>>>> = {
  nlpjs: { plain: createNlpjs(false), none: createNlpjs(true) },
  minisearch: { plain: minisearch },
};

/** A peer with one of its settings. @throws Error when there is none of that name */
export function peerOf(name: string, setting: string): Peer {
  const peer = settingsOf[name]?.[setting];
  if (!peer) throw new Error(`there is no peer ${name} with the setting ${setting}`);
  return peer;
}
