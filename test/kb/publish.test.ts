import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { publishDraft, rollBack } from '../../src/kb/publish.ts';
import { ensureSampleBase } from '../../src/kb/sample-base.ts';
import { articleOf, contentOf, memoryBases } from './memory-bases.ts';

const clock = { now: () => 1_700_000_000_000 };
const log = pino({ level: 'silent' });
const by = 'ana';

describe('publishing', () => {
  it('publishes and rolls back golden questions, synonyms and the allowed share of wrong answers together', async () => {
    const bases = memoryBases();
    const deps = { bases, clock };
    const tuned = contentOf([articleOf()], {
      golden: [{ question: '¿llueve?', language: 'es', article: null }],
      synonyms: [{ language: 'es', words: ['router', 'cajita'] }],
      wrongRate: 0.02,
    });
    await bases.saveDraft(tuned, 0);
    await publishDraft(deps, { by });
    await expect(publishDraft(deps, { by })).rejects.toMatchObject({ code: 'kb_nothing_to_publish' });
    await bases.saveDraft({ ...tuned, golden: [], wrongRate: 0.1 }, 1);
    await publishDraft(deps, { by });
    expect(await bases.current()).toMatchObject({ golden: [], wrongRate: 0.1 });
    await rollBack(deps, 1, { by });
    expect(await bases.current()).toMatchObject({ version: 3, ...tuned });
  });

  it('makes the draft the next version', async () => {
    const bases = memoryBases();
    await bases.saveDraft(contentOf([articleOf()]), 0);
    expect(await publishDraft({ bases, clock }, { by, comment: 'first' })).toEqual({
      version: 1,
      articleCount: 1,
    });
    expect(await bases.current()).toEqual({
      version: 1,
      publishedAt: clock.now(),
      publishedBy: 'ana',
      comment: 'first',
      ...contentOf([articleOf()]),
    });
  });

  it('refuses an empty draft', async () => {
    const deps = { bases: memoryBases(), clock };
    await expect(publishDraft(deps, { by })).rejects.toMatchObject({ code: 'kb_draft_empty' });
  });

  it('refuses a draft that is what is published, whatever its order', async () => {
    const bases = memoryBases();
    const [one, two] = [articleOf(), articleOf({ id: 'otro' })];
    await bases.saveDraft(contentOf([one, two]), 0);
    await publishDraft({ bases, clock }, { by });
    await bases.saveDraft(contentOf([two, one]), 1);
    await expect(publishDraft({ bases, clock }, { by })).rejects.toMatchObject({
      code: 'kb_nothing_to_publish',
      message: 'nothing to publish: the draft is the same as version 1',
    });
    await bases.saveDraft(contentOf([two]), 2);
    expect(await publishDraft({ bases, clock }, { by })).toEqual({ version: 2, articleCount: 1 });
  });
});

describe('rolling back', () => {
  it('publishes an earlier version again as a new one and leaves the draft', async () => {
    const bases = memoryBases();
    await bases.saveDraft(contentOf([articleOf()]), 0);
    await publishDraft({ bases, clock }, { by });
    await bases.saveDraft(contentOf([articleOf({ answer: 'Peor' })]), 1);
    await publishDraft({ bases, clock }, { by });
    expect(await rollBack({ bases, clock }, 1, { by })).toEqual({ version: 3, articleCount: 1 });
    expect(await bases.current()).toMatchObject({ comment: 'Back to version 1', articles: [articleOf()] });
    expect((await bases.draft()).articles).toEqual([articleOf({ answer: 'Peor' })]);
    await expect(rollBack({ bases, clock }, 1, { by })).rejects.toMatchObject({
      code: 'kb_nothing_to_publish',
    });
    await expect(rollBack({ bases, clock }, 9, { by })).rejects.toMatchObject({ code: 'kb_version_unknown' });
  });
});

describe('the sample base', () => {
  it('is version 1 of a new installation, once', async () => {
    const bases = memoryBases();
    expect(await ensureSampleBase({ bases, log, clock })).toBe(1);
    expect(await ensureSampleBase({ bases, log, clock })).toBeNull();
    expect(await bases.current()).toMatchObject({ version: 1, comment: 'sample base' });
    const draft = await bases.draft();
    expect(draft.articles).toHaveLength(180);
    expect(draft.golden).toHaveLength(171);
    expect(await bases.current()).toMatchObject({ golden: draft.golden });
  });

  it('stays away where anything was saved', async () => {
    const bases = memoryBases();
    await bases.saveDraft(contentOf([articleOf()]), 0);
    expect(await ensureSampleBase({ bases, log })).toBeNull();
    expect(await bases.current()).toBeNull();
  });

  it('is published by the next start when one ended between saving and publishing', async () => {
    const bases = memoryBases();
    const publish = () => Promise.reject(new Error('killed'));
    await expect(ensureSampleBase({ bases: { ...bases, publish }, log })).rejects.toThrow('killed');
    expect(await ensureSampleBase({ bases, log })).toBe(1);
  });

  it('does nothing without its folder, and says what is wrong with changed samples', async () => {
    const bases = memoryBases();
    expect(await ensureSampleBase({ bases, log }, join(tmpdir(), 'relevo-no-samples'))).toBeNull();
    const folder = await mkdtemp(join(tmpdir(), 'relevo-samples-'));
    await writeFile(join(folder, 'x.md'), '---\nid: x\n---\n');
    await expect(ensureSampleBase({ bases, log }, folder)).rejects.toMatchObject({
      code: 'kb_import_faults',
    });
    await rm(folder, { recursive: true });
    expect((await bases.draft()).revision).toBe(0);
  });
});
