import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { fold } from '../../src/bot/words/fold.ts';
import type { BotDecision } from '../../src/core/command.ts';
import { type Language, languages } from '../../src/core/language.ts';
import { readArticles } from '../../src/kb/import-files.ts';
import { createKnowledge, type PublishedKnowledge } from '../../src/kb/published.ts';
import { ensureSampleBase, sampleFolder, sampleQuestions } from '../../src/kb/sample-base.ts';
import { memoryBases } from '../kb/memory-bases.ts';
import { offered, silent, talkWith, words } from './talk.ts';

interface Question {
  readonly q: string;
  readonly language: Language;
  readonly article: string | null;
  /** Other articles that answer as well. */
  readonly also?: readonly string[];
}

const strangers = read(fileURLToPath(new URL('../../samples/stranger.jsonl', import.meta.url)));

let knowledge: PublishedKnowledge;
let bot: Bot;
beforeAll(async () => {
  const bases = memoryBases();
  await ensureSampleBase({ bases, log: silent });
  knowledge = createKnowledge({ bases, log: silent });
  await knowledge.ready;
  bot = await createBotkitBot({ knowledge, log: silent });
}, 240_000);
afterAll(() => knowledge.close());

describe('what a stranger asks of the sample base', () => {
  it.each(languages)(
    'is answered, asked back or left to a person, in %s',
    async (language) => {
      const counts = { right: 0, clarified: 0, handed: 0, wrong: 0 };
      const unknown = { handed: 0, clarified: 0, wrong: 0 };
      for (const question of strangers.filter((one) => one.language === language)) {
        const decision = await talkWith(bot, { language }).say(question.q);
        const done = judge(decision, question);
        if (question.article !== null) counts[done] += 1;
        else unknown[done === 'right' ? 'wrong' : done] += 1;
        expect(decision.language, question.q).toBe(language);
      }
      const answerable = counts.right + counts.clarified + counts.handed + counts.wrong;
      expect(answerable).toBe(28);
      expect(counts.right + counts.clarified).toBeGreaterThanOrEqual(0.85 * answerable);
      expect(counts.right).toBeGreaterThanOrEqual(0.75 * answerable);
      expect(counts.wrong).toBeLessThanOrEqual(1);
      expect(unknown.wrong).toBeLessThanOrEqual(1);
      expect(unknown.handed).toBeGreaterThanOrEqual(9);
    },
    60_000,
  );

  it('is not among the examples of the articles', async () => {
    const { articles } = await readArticles(sampleFolder);
    const asked = new Set([...strangers, ...read(sampleQuestions)].map(({ q }) => bare(q)));
    const copied = articles.flatMap(({ examples }) => examples.filter((example) => asked.has(bare(example))));
    expect(copied).toEqual([]);
  });
});

describe('a conversation with the sample base', () => {
  it.each<[Language, string, string, string]>([
    ['es', 'cómo comparto la pantalla de mi computadora', '¿y en el móvil?', 'compartir-pantalla-celular'],
    ['en', 'how do i share my screen on my computer', 'and on my phone?', 'compartir-pantalla-celular'],
    ['pt', 'como compartilho a tela do computador', 'e no celular?', 'compartir-pantalla-celular'],
    ['es', 'no me funciona el internet', 'y la impresora?', 'impresora-'],
  ])('%s: "%s", "%s"', async (language, question, followUp, article) => {
    const talk = talkWith(bot, { language });
    await talk.say(question);
    const decision = await talk.say(followUp);
    expect(`${decision.outcome.article} ${offered(decision).join(' ')}`).toContain(article);
  });

  it.each<[Language, string, string, RegExp]>([
    ['es', 'cómo hago una captura de pantalla', 'y en mac?', /misma guía dice:\n\nMac: Cmd/u],
    ['en', 'how do i take a screenshot', 'and on a mac?', /same guide says:\n\nMac: Cmd/u],
    ['pt', 'como faço um print da tela', 'e no mac?', /mesmo guia diz:\n\nMac: Cmd/u],
    ['es', 'me hackearon la cuenta de google', '¿y si no tengo el correo?', /ni el correo de recuperación/u],
    ['en', 'my google account was hacked', "what if i don't have that phone?", /Without the recovery phone/u],
    ['pt', 'roubaram minha conta do google', 'e se eu não tiver o e-mail?', /nem o e-mail de recuperação/u],
  ])('%s: "%s", "%s" is read from the same guide', async (language, question, followUp, passage) => {
    const talk = talkWith(bot, { language });
    await talk.say(question);
    const decision = await talk.say(followUp);
    expect(words(decision)).toMatch(passage);
    expect(decision.say[0]?.sources[0]?.passage).toMatch(/./u);
  });

  it.each<[Language, string, string[]]>([
    [
      'es',
      'no me imprime la impresora y además quiero saber a qué hora atienden',
      ['impresora-no-imprime', 'horarios-y-niveles-de-soporte'],
    ],
    [
      'en',
      'how do i change my wifi password? also, what are your opening hours?',
      ['cambiar-clave-wifi', 'horarios-y-niveles-de-soporte'],
    ],
    [
      'pt',
      'como troco a senha do wifi? e também preciso da segunda via do boleto',
      ['cambiar-clave-wifi', 'ver-mi-factura'],
    ],
  ])('%s: both questions of "%s" are answered', async (language, text, articles) => {
    const decision = await talkWith(bot, { language }).say(text);
    expect(decision.say.flatMap(({ sources }) => sources.map(({ article }) => article))).toEqual(articles);
  });

  it('asks which password is meant, and gives the invoice at once', async () => {
    const decision = await talkWith(bot).say('¿Cómo cambio la contraseña? Y además quiero factura con NIF');
    expect(decision.say[0]?.sources[0]?.article).toBe('ver-mi-factura');
    expect(offered(decision)).toContain('article-cambiar-clave-wifi');
  });

  it.each<[Language, string]>([
    ['es', '¿Cómo cambio mi contraseña?'],
    ['en', 'How do I change my password?'],
    ['pt', 'Como mudo minha senha?'],
  ])('%s: "%s" is asked back: of the computer, the wifi or the mail', async (language, question) => {
    const decision = await talkWith(bot, { language }).say(question);
    expect(decision.outcome.kind).toBe('clarified');
    expect(offered(decision).slice(0, 3).toSorted()).toEqual([
      'article-cambiar-clave-wifi',
      'article-olvide-clave-del-correo',
      'article-olvide-clave-windows',
    ]);
  });

  it('the same question in other words goes to the next guide or to a person', async () => {
    const talk = talkWith(bot);
    await talk.say('la impresora aparece fuera de linea');
    const again = await talk.say('mi impresora dice que esta offline');
    expect(again.outcome.kind).toBe('feedback');
    expect(again.say.flatMap(({ sources }) => sources)).not.toContainEqual(
      expect.objectContaining({ article: 'impresora-fuera-de-linea' }),
    );
  });

  it('goes step by step on a phone', async () => {
    const talk = talkWith(bot, { handheld: true });
    expect(words(await talk.say('no me funciona el internet'))).toContain('**Paso 1 de 7.**');
    expect(words(await talk.say('listo'))).toContain('**Paso 2 de 7.**');
  });
});

function judge(
  decision: BotDecision,
  { article, also = [] }: Question,
): 'right' | 'clarified' | 'handed' | 'wrong' {
  const right = [article, ...also].filter((id) => id !== null);
  const { kind } = decision.outcome;
  if (kind === 'answered') {
    const shown = decision.say.flatMap(({ sources }) => sources).map((source) => source.article);
    return shown.some((id) => right.includes(id)) ? 'right' : 'wrong';
  }
  if (kind !== 'clarified') return 'handed';
  const choices = offered(decision).map((id) => id.replace(/^article-/u, ''));
  return article === null || choices.some((id) => right.includes(id)) ? 'clarified' : 'wrong';
}

function bare(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function read(file: string): Question[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question);
}
