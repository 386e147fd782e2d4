import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseEngineArticles } from '../../src/kb/evaluation.ts';
import { peerOf } from './peers.ts';
import { findThresholds } from './threshold.ts';

/**
 * Finds a peer's fair thresholds on examples that are held out of a base, and prints them.
 * Usage: node --import tsx rehearse.ts nlpjs --kb … --language es --wrong-rate 0.05
 */
const option = { type: 'string', default: '' } as const;
const { values, positionals } = parseArgs({
  options: { kb: option, language: option, 'wrong-rate': option },
  allowPositionals: true,
});
const articles = parseEngineArticles(readFileSync(values.kb, 'utf8'), values.kb);
const peer = peerOf(positionals[0] ?? '');
console.log(
  JSON.stringify(await findThresholds(peer, articles, values.language, Number(values['wrong-rate']))),
);
