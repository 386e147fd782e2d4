import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Embedder } from '../../src/kb/embedder.ts';
import { findPersonalData } from '../../src/kb/personal-data.ts';
import { publishDraft } from '../../src/kb/publish.ts';
import { createKnowledge, type PublishedKnowledge } from '../../src/kb/published.ts';
import { createEmbeddings } from '../../src/model/embeddings.ts';
import type { Bases } from '../../src/store/bases.ts';
import { talkWith } from '../bot/talk.ts';
import { embeds, json, type ModelServer, startModelServer } from '../model/model-server.ts';
import { knowing, world } from './engine/meaning-world.ts';
import { articleOf, contentOf, memoryBases } from './memory-bases.ts';

const log = pino({ level: 'silent' });
const { articles, questions, meaning } = world(3);
const vectorOf = knowing(meaning);
const never = new AbortController().signal;

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const open: PublishedKnowledge[] = [];
afterEach(async () => {
  server.received.length = 0;
  for (const knowledge of open.splice(0)) await knowledge.close();
});

function embedder(model = 'e-1'): Embedder {
  return createEmbeddings({
    url: server.url,
    model,
    apiKey: null,
    findPersonalData,
    clock: { now: () => 0 },
  });
}

async function published(): Promise<Bases> {
  const bases = memoryBases();
  const content = articles.map(({ id, examples = [], answer = '' }) =>
    articleOf({ id, title: id, examples, answer, tags: [] }),
  );
  await bases.saveDraft(contentOf(content), 0);
  await publishDraft({ bases, clock: systemClock }, { by: 'ana' });
  return bases;
}

async function knowledgeOn(bases: Bases, by: Embedder | null): Promise<PublishedKnowledge> {
  const knowledge = createKnowledge({ bases, log, embedder: by });
  open.push(knowledge);
  await knowledge.ready;
  return knowledge;
}

/** Share of the questions whose article comes first. */
async function firstOn(knowledge: PublishedKnowledge, prepared = true): Promise<number> {
  let first = 0;
  for (const { q, id } of questions.slice(0, 80)) {
    if (prepared) await knowledge.prepare?.([q], [], never);
    if (knowledge.ask(q, 'es').candidates[0]?.article.id === id) first += 1;
  }
  return first / 80;
}

const speaks = embeds((text) => [...vectorOf(text)]);

describe('the published base with vectors', () => {
  it('finds more; and what words alone find when the endpoint goes away', async () => {
    server.behave(speaks);
    const bases = await published();
    const words = await firstOn(await knowledgeOn(bases, null));
    const knowledge = await knowledgeOn(bases, embedder());
    expect(await firstOn(knowledge)).toBeGreaterThan(words + 0.05);
    expect(await firstOn(await knowledgeOn(bases, embedder()), false)).toBe(words);
    server.behave(json({}, 500));
    expect(await firstOn(await knowledgeOn(bases, embedder()))).toBe(words);
  });

  it('asks for the vectors of the base once, and of a question once', async () => {
    server.behave(speaks);
    const bases = await published();
    await knowledgeOn(bases, embedder());
    expect(server.received.length).toBeGreaterThan(0);
    server.received.length = 0;
    const knowledge = await knowledgeOn(bases, embedder());
    expect(server.received).toHaveLength(0);
    const asked = questions.slice(0, 3).map(({ q }) => q);
    await knowledge.prepare?.([...asked, ...asked], [], never);
    await knowledge.prepare?.(asked, [], never);
    expect(server.received).toHaveLength(1);
  });

  it('is trained anew for another model, and not when vectors are switched off', async () => {
    server.behave(speaks);
    const bases = await published();
    await knowledgeOn(bases, embedder('e-1'));
    const one = await bases.trained(1);
    await knowledgeOn(bases, null);
    expect(await bases.trained(1)).toBe(one);
    await knowledgeOn(bases, embedder('e-2'));
    expect(await bases.trained(1)).not.toBe(one);
  });

  it('is trained on its words when the endpoint is away, and with vectors at the next start', async () => {
    server.behave(json({}, 500));
    const bases = await published();
    const knowledge = await knowledgeOn(bases, embedder());
    server.received.length = 0;
    const words = await firstOn(knowledge);
    expect(words).toBeGreaterThan(0.5);
    expect(server.received).toHaveLength(0);
    server.behave(speaks);
    expect(await firstOn(await knowledgeOn(bases, embedder()))).toBeGreaterThan(words + 0.05);
  });

  it('answers in time when the endpoint says nothing', async () => {
    server.behave(speaks);
    const knowledge = await knowledgeOn(await published(), embedder());
    server.behave(() => undefined);
    const started = performance.now();
    await knowledge.prepare?.(['hola'], [], never);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is asked by the bot in one call a turn, without personal data', async () => {
    server.behave(speaks);
    const knowledge = await knowledgeOn(await published(), embedder());
    const bot = await createBotkitBot({ knowledge, log });
    server.received.length = 0;
    const [known] = questions;
    const talk = talkWith(bot, { name: 'Mariela López' });
    await talk.say(`${known?.q}. soy mariela, mi correo es m@x.exampletown y mi dni 12345678Z`);
    expect(server.received).toHaveLength(1);
    const sent = server.received[0]?.text ?? '';
    expect(sent).toContain(known?.q);
    for (const secret of ['ariela', 'm@x', 'exampletown', '12345678']) expect(sent).not.toContain(secret);
    server.received.length = 0;
    for (const said of ['hola', 'quiero una persona']) await talkWith(bot).say(said);
    expect(server.received).toHaveLength(0);
  });
});
