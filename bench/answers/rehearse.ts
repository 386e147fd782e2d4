import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseEngineArticles } from '../../src/kb/evaluation.ts';
import { settingsOf } from './peers.ts';
import { findThresholds } from './threshold.ts';

/**
 * Finds how a peer does best on examples that are held out of a base, and prints that setting and its fair thresholds.
 * Usage: node --import tsx rehearse.ts nlpjs --kb … --language es --wrong-rate 0.05
 */
const option = { type: 'string', default: '' } as const;
const { values, positionals } = parseArgs({
  options: { kb: option, language: option, 'wrong-rate': option },
  allowPositionals: true,
});
const articles = parseEngineArticles(readFileSync(values.kb, 'utf8'), values.kb);
const tried = [];
for (const [setting, peer] of Object.entries(settingsOf[positionals[0] ?? ''] ?? {})) {
  const found = await findThresholds(peer, articles, values.language, Number(values['wrong-rate']));
  tried.push({ setting, ...found });
}
console.log(JSON.stringify(tried.sort((a, b) => b.worth - a.worth)[0]));
