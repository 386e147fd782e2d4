import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/core/article.ts';
import { linksIn } from '../../src/kb/article-links.ts';
import { checkLinks } from '../../src/kb/check-links.ts';
import { trainEngine } from '../../src/kb/engine/engine.ts';
import { type LintOptions, lint } from '../../src/kb/lint.ts';
import { articleOf, contentOf } from './memory-bases.ts';
import { smallBase } from './small-base.ts';

const find = (articles: readonly Article[], options: LintOptions = {}) =>
  lint(contentOf(articles), options).map(({ place, rule, message }) => `${place} ${rule}: ${message}`);
const rules = (articles: readonly Article[], options?: LintOptions) =>
  find(articles, options).map((line) => line.split(':')[0]);

const router = articleOf({
  id: 'reiniciar-router',
  title: 'Reiniciar el router',
  answer: 'Quita la corriente del router durante 30 segundos, enchúfalo de nuevo y espera a la luz verde.',
});

describe('lint', () => {
  it('has nothing to say of a good base', () => {
    expect(find(smallBase, { train: (articles) => trainEngine(articles) })).toEqual([]);
  });

  it('finds an example in two articles, however it is typed, but not in a translation', () => {
    const other = articleOf({
      id: 'otro',
      title: 'Otra cosa',
      answer: 'Nada.',
      examples: ['¿Mi Internet va LENTO?'],
    });
    expect(find([articleOf(), other])).toEqual([
      'es/otro same-example: "¿Mi Internet va LENTO?" is an example of es/internet-lento too: keep it in one of them',
    ]);
    expect(rules([articleOf(), articleOf({ language: 'pt' })])).toEqual([]);
  });

  it('tells duplicates from contradictions', () => {
    const twin = { ...router, id: 'apagar-router', examples: ['cómo apago el router'] };
    expect(rules([router, twin])).toEqual(['es/apagar-router duplicate']);
    const other = { ...twin, answer: router.answer.replace('30 segundos', '10 minutos') };
    expect(find([router, other])).toEqual([
      'es/apagar-router contradiction: look at it: es/reiniciar-router answers the same with other numbers (10 here, 30 there)',
    ]);
    const changed = { ...twin, answer: 'Llama al proveedor, porque nadie más puede.' };
    expect(rules([router, changed])).toEqual(['es/apagar-router contradiction']);
    expect(rules([router, { ...twin, title: 'Apagar la caja', answer: 'Pulsa el botón.' }])).toEqual([]);
  });

  it('finds an example that belongs elsewhere by the opinion of an engine that has not seen it', () => {
    const articles = smallBase.map((article) =>
      article.id === 'ver-factura'
        ? { ...article, examples: [...article.examples, 'la impresora no me imprime nada'] }
        : article,
    );
    expect(find(articles, { train: (some) => trainEngine(some) })).toEqual([
      expect.stringMatching(
        /^es\/ver-factura misplaced-example: "la impresora no me imprime nada" looks like impresora-no-imprime/u,
      ),
    ]);
  });

  it('finds what is missing and what is too long', () => {
    const [es, pt] = [
      articleOf({ examples: [] }),
      articleOf({ id: 'fatura', language: 'pt', title: 'Fatura' }),
    ];
    expect(find([es, { ...pt, answer: `Abra a conta. ${'x '.repeat(1_000)}` }])).toEqual([
      'es/internet-lento no-examples: has no example questions: write five as customers would ask',
      'es/internet-lento missing-translation: is not there in pt: customers who write that get another language',
      'pt/fatura missing-translation: is not there in es: customers who write that get another language',
      expect.stringMatching(/^pt\/fatura long-answer: the answer has 2014 characters/u),
    ]);
  });

  it('names articles that nobody needed, once for all their languages', () => {
    const articles = [articleOf(), articleOf({ language: 'pt', examples: ['está lento'] }), router];
    const counts = new Map([['reiniciar-router', 2]]);
    expect(rules(articles, { shown: { counts, days: 30 } })).toContain('es/internet-lento never-needed');
    expect(rules(articles, { shown: { counts, days: 30 } })).not.toContain(
      'es/reiniciar-router never-needed',
    );
    expect(rules(articles, { shown: null }).join()).not.toContain('never-needed');
  });
});

describe('links', () => {
  const withLinks = articleOf({
    answer:
      'Ve a [la página](https://example.org/a_(b)) o a https://example.org/c. Escribe a <mailto:x@y.z>.',
    simple: 'Mira [aquí](example.org), [allá](http://router/), [nada]() y <https://example.org/d>.',
    technical: '[ftp](https://user:secret@example.org/e) y [correo](mailto:x@example.org)',
  });

  it('are found in every wording, and what is wrong with them', () => {
    expect(linksIn(withLinks).filter(({ fault }) => fault !== null)).toEqual([
      { target: 'example.org', fault: expect.stringContaining('no whole address') },
      { target: 'http://router/', fault: expect.stringContaining('no full host name') },
      { target: '', fault: expect.stringContaining('goes nowhere') },
      { target: 'https://user:secret@example.org/e', fault: expect.stringContaining('user name') },
    ]);
    expect(linksIn(withLinks).filter(({ fault }) => fault === null).length).toBeGreaterThanOrEqual(4);
  });

  it('are asked only outside private networks, and only so long', async () => {
    const hosts: Record<string, string> = {
      'ok.example': '203.0.113.1',
      'gone.example': '203.0.113.2',
      'slow.example': '203.0.113.3',
      'inside.example': '10.0.0.7',
      'six.example': 'fd00::1',
      'mapped.example': '::ffff:127.0.0.1',
    };
    const names = [...Object.keys(hosts), 'unknown.example', '127.0.0.1', '169.254.169.254'];
    const answer = names.map((name) => `https://${name}/x`).join(' ');
    const asked: string[] = [];
    const found = await checkLinks([articleOf({ answer }), articleOf({ id: 'again', answer })], {
      timeoutMs: 20,
      resolve: async (hostname) => {
        const address = hosts[hostname];
        if (address === undefined) throw new Error('ENOTFOUND');
        return [address];
      },
      head: async (url, signal) => {
        asked.push(new URL(url).hostname);
        if (url.includes('slow'))
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        return url.includes('gone') ? 404 : 200;
      },
    });
    expect(asked.toSorted()).toEqual(['gone.example', 'ok.example', 'slow.example']);
    expect(found.map(({ message }) => message)).toEqual([
      'https://127.0.0.1/x points into a private network: customers cannot reach it',
      'https://169.254.169.254/x points into a private network: customers cannot reach it',
      'https://gone.example/x answers 404: correct or remove it',
      'https://inside.example/x points into a private network: customers cannot reach it',
      'https://mapped.example/x points into a private network: customers cannot reach it',
      'https://six.example/x points into a private network: customers cannot reach it',
      'https://slow.example/x did not answer within 20 ms: look at it',
      'https://unknown.example/x has a host that is not known: correct or remove it',
    ]);
    expect(new Set(found.map(({ place }) => place))).toEqual(new Set(['es/internet-lento']));
  });
});
