import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { createAppRules } from '../../src/app-rules.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { trainContent } from '../../src/kb/proof.ts';
import { publishDraft, rollBack } from '../../src/kb/publish.ts';
import { createKnowledge } from '../../src/kb/published.ts';
import type { Ladder } from '../../src/ladder-file.ts';
import type { Store } from '../../src/store/store.ts';
import { talkWith } from '../bot/talk.ts';
import { kbOn } from '../cli/kb-run.ts';
import { silentLog } from '../log.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { contentOf, memoryBases } from './memory-bases.ts';
import { smallBase } from './small-base.ts';

const clock = { now: () => 0 };
const brand = { name: 'acme', title: 'Acme', phrases: { es: { goodbye: 'Adiós de {company}' } } };
const ladder = { brands: [brand] } as unknown as Ladder;

test('published phrases are said at once, by every process, also in a conversation that has begun', async () => {
  const bases = memoryBases();
  const deps = { bases, clock };
  await bases.saveDraft(contentOf(smallBase), 0);
  await publishDraft(deps, { by: 'Eva' });
  let trained = 0;
  const words = createAppRules(ladder, {}, () => undefined);
  const knowledge = createKnowledge({
    bases,
    log: silentLog,
    makeEngine: async (base) => {
      trained += 1;
      return trainContent(base);
    },
    inForce: ({ phrases }) => words.rephrase(phrases),
  });
  await knowledge.ready;
  const bot = await createBotkitBot({ knowledge, log: silentLog, wordsOf: words.wordsOf });
  const talk = talkWith(bot);
  const answered = await talk.say('el internet está muy lento');
  expect(answered.outcome.kind).toBe('answered');

  const es = { 'did-it-help': '¿Te funcionó?', goodbye: '¡Chao!', claimed: 'Te atiende {agent}.' };
  await bases.saveDraft(contentOf(smallBase, { phrases: { es } }), 1);
  await publishDraft(deps, { by: 'Eva' });
  await knowledge.reload();
  expect(knowledge.version()).toBe(2);
  expect(trained).toBe(1);
  expect(words.rules().say('es', 'claimed', { agent: 'Ana' })).toBe('Te atiende Ana.');
  expect(words.rules().say('en', 'claimed', { agent: 'Ana' })).not.toContain('Te atiende');
  expect((await talk.say('adiós')).say.map(({ text }) => text).join()).toContain('¡Chao!');
  // A company's own words go before those of the base.
  expect(words.wordsOf('acme')('es', 'goodbye')).toBe('Adiós de Acme');
  expect(words.wordsOf('acme')('es', 'did-it-help')).toBe('¿Te funcionó?');

  await rollBack(deps, 1, { by: 'Eva' });
  await knowledge.reload();
  expect(words.wordsOf(null)('es', 'goodbye')).toMatch(/^¡Hasta luego!/u);
  await knowledge.close();
});

test('a version that is trained as another one takes its engine', async () => {
  const bases = memoryBases();
  const deps = { bases, clock };
  await bases.saveDraft(contentOf(smallBase), 0);
  await publishDraft(deps, { by: 'Eva' });
  await bases.saveTrained(1, Uint8Array.of(1));
  await bases.saveDraft(contentOf(smallBase, { phrases: { es: { goodbye: '¡Chao!' } } }), 1);
  await publishDraft(deps, { by: 'Eva' });
  expect(await bases.trained(2)).toEqual(Uint8Array.of(1));
  await bases.saveDraft(contentOf(smallBase.slice(1)), 2);
  await publishDraft(deps, { by: 'Eva' });
  expect(await bases.trained(3)).toBeNull();
  await rollBack(deps, 2, { by: 'Eva' });
  expect(await bases.trained(4)).toEqual(Uint8Array.of(1));
});

test('relevo kb phrases', async () => {
  const { audit } = createMemoryAudit();
  const kb = kbOn({ bases: memoryBases(), audit } as unknown as Store);
  expect((await kb('phrases', 'list')).lines.at(-1)).toMatch(/^0 of 1?\d\d phrases/u);
  expect((await kb('phrases', 'set', 'goodbye', '¡Chao!', '--reason', 'ours')).lines[0]).toBe(
    'draft: es/goodbye is said as "¡Chao!"',
  );
  expect((await kb('phrases', 'list')).lines.slice(0, 2)).toEqual(['es/goodbye  draft', '  ¡Chao!']);
  expect((await kb('phrases', 'list', '--all')).lines).toContain('es/claimed  may mention {agent} {company}');
  expect(await kb('phrases', 'set', 'goodbye', 'Adeus {x}', '--language', 'pt')).toMatchObject({
    code: 'kb_phrase_fault',
    message: expect.stringContaining('knows no {x}'),
  });
  expect((await kb('phrases', 'set', 'goodbye')).lines[0]).toBe('draft: es/goodbye is said as usual');
  expect(
    (await audit.list({ limit: 9 })).map(({ action, who, reason }) => [action, who.name, reason]),
  ).toEqual([
    ['phrase.set', `${userInfo().username} (command line)`, ''],
    ['phrase.set', `${userInfo().username} (command line)`, 'ours'],
  ]);
});
