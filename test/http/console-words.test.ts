import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openConsoleDesk } from './console-desk.ts';

let desk: Awaited<ReturnType<typeof openConsoleDesk>>;
beforeEach(async () => {
  desk = await openConsoleDesk();
});
afterEach(() => desk.stop());

interface Phrase {
  readonly key: string;
  readonly usual: string;
  readonly draft: string | null;
  readonly published: string | null;
  readonly values: readonly string[];
}

async function phrase(key: string): Promise<Phrase | undefined> {
  const { body } = await desk.call('GET', 'phrases?language=es');
  return body.phrases.find((one: Phrase) => one.key === key);
}

const set = (key: string, text: string | null, more: object = {}) =>
  desk.call('PUT', 'phrases', { language: 'es', key, text, ...more });

describe('phrases', () => {
  test('are changed in the draft, published with it and rolled back, and written down', async () => {
    const before = await phrase('thanks');
    expect(before).toMatchObject({ draft: null, published: null, values: ['company'] });
    expect((await set('thanks', '¡A la orden!', { seen: null, reason: 'as we speak' })).status).toBe(204);
    expect(await phrase('thanks')).toMatchObject({ draft: '¡A la orden!', published: null });
    expect((await desk.call('POST', 'publish', {})).body.version).toBe(2);
    expect(await phrase('thanks')).toMatchObject({ draft: '¡A la orden!', published: '¡A la orden!' });
    expect((await desk.call('POST', 'rollback', { version: 1 })).body.version).toBe(3);
    expect(await phrase('thanks')).toMatchObject({ draft: '¡A la orden!', published: null });
    expect((await set('thanks', null)).status).toBe(204);
    expect((await desk.bases.draft()).phrases).toEqual({});
    expect(await desk.audited()).toEqual([
      ['phrase.set', 'phrase/es/thanks'],
      ['base.roll-back', 'version/3'],
      ['base.publish', 'version/2'],
      ['phrase.set', 'phrase/es/thanks'],
    ]);
  });

  test.each([
    ['thankss', 'Gracias', 'kb_phrase_unknown', 'expected one of thanks', undefined],
    ['thanks', '  ', 'kb_phrase_fault', 'is empty', { code: 'empty', about: {} }],
    [
      'thanks',
      'Gracias, {agent}',
      'kb_phrase_fault',
      'knows no {agent}: expected only {company}',
      { code: 'unknown_value', about: { name: '{agent}', known: '{company}' } },
    ],
    ['thanks', 'Gracias, {company', 'kb_phrase_fault', 'cannot be read', { code: 'phrase_unreadable' }],
    [
      'claimed',
      'Con {agent, date, short}',
      'kb_phrase_fault',
      'cannot be said',
      { code: 'phrase_unsayable' },
    ],
    [
      'call-now',
      'Entra',
      'kb_phrase_fault',
      'does not mention {url}',
      { code: 'missing_value', about: { name: '{url}' } },
    ],
    [
      'option-helped',
      'Sí, esto me sirvió muchísimo',
      'kb_phrase_fault',
      'at most 24',
      { code: 'too_long', about: { most: 24 } },
    ],
  ])('%s as "%s" is refused with what is expected', async (key, text, code, detail, one) => {
    const answer = await set(key, text);
    const errors = one === undefined ? {} : { errors: [{ path: '', ...one }] };
    expect(answer).toMatchObject({ status: 400, body: { code, ...errors } });
    expect(answer.body.detail).toContain(detail);
    expect((await desk.bases.draft()).revision).toBe(1);
  });

  test('that somebody else changed are not written over', async () => {
    await set('thanks', '¡A la orden!', { seen: null });
    expect(await set('thanks', 'De nada', { seen: null })).toMatchObject({
      status: 409,
      body: { code: 'kb_phrase_changed' },
    });
    expect(await phrase('thanks')).toMatchObject({ draft: '¡A la orden!' });
  });
});

describe('synonyms', () => {
  test('reach the engine of the draft, and lose nothing', async () => {
    const question = 'el guachimán no imprime nada de nada';
    const golden = {
      question: 'la impresora no imprime hoja',
      language: 'es',
      article: 'impresora-no-imprime',
    };
    await desk.call('PUT', 'golden', golden);
    const { body: was } = await desk.call('GET', 'synonyms');
    expect(was).toMatchObject({ text: '', groups: [], published: '' });
    const text = 'es: impresora, guachimán\n';
    expect((await desk.call('PUT', 'synonyms', { text, etag: was.etag, reason: 'slang' })).status).toBe(204);
    expect((await desk.call('GET', 'synonyms')).body).toMatchObject({ text, published: '' });
    const { body: tried } = await desk.call('POST', 'try', { turns: [{ text: question }] });
    const sure = (side: 'published' | 'draft') => {
      const { explanation } = tried[side].turns[0];
      return explanation.article === 'impresora-no-imprime' ? explanation.sure : 0;
    };
    expect(sure('draft')).toBeGreaterThan(sure('published'));
    expect((await desk.call('POST', 'publish', {})).body.proof).toMatchObject({
      regression: false,
      worse: [],
    });
    expect((await desk.audited())[1]).toEqual(['synonyms.set', 'draft/synonyms']);
  });

  test('are refused with every fault, and not written over', async () => {
    const { etag } = (await desk.call('GET', 'synonyms')).body;
    const faulty = await desk.call('PUT', 'synonyms', { text: 'es: solo\nxx: a, b\n', etag });
    expect(faulty).toMatchObject({ status: 400, body: { code: 'kb_synonym_faults' } });
    expect(faulty.body.detail).toMatch(/1.*expected 2 to 30.*\n.*2.*expected a language/su);
    await desk.call('PUT', 'synonyms', { text: 'es: a, b\n', etag });
    expect(await desk.call('PUT', 'synonyms', { text: 'es: c, d\n', etag })).toMatchObject({
      status: 409,
      body: { code: 'kb_synonyms_changed' },
    });
  });
});
