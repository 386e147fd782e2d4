import { minisearch } from './minisearch.ts';
import { createNlpjs } from './nlpjs.ts';
import type { Peer } from './threshold.ts';

const peers: Readonly<Record<string, Peer>> = {
  nlpjs: createNlpjs(false),
  'nlpjs-none': createNlpjs(true),
  minisearch,
};

/** A peer by its name on the command line. @throws Error when there is none of that name */
export function peerOf(name: string): Peer {
  const peer = peers[name];
  if (!peer) throw new Error(`there is no peer ${name}: there are ${Object.keys(peers).join(', ')}`);
  return peer;
}
