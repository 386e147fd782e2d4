import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { articleOf } from '../kb/memory-bases.ts';
import { languageLooks } from './all-looks.ts';
import { axeFindings } from './axe-page.ts';
import { chromiumMissing, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { overflow } from './overflow.ts';
import { wordsIn } from './page-words.ts';
import { callConsole } from './tuning-base.ts';
import { startTuningDesk } from './tuning-desk.ts';

const hostile = [
  '<img src=https://evil.example/x onerror=alert(1)>',
  '</script><script>alert(2)</script>',
  '[pulsa](javascript:alert(3)) ![](https://evil.example/y.png)',
];
const payload = hostile.join(' ');
const asked = ['el internet anda muy lento hoy', 'sale la hoja en blanco', `${hostile[0]} no imprime`];

/** Trying, the gate and publishing in a real browser. */
describe.skipIf(chromiumMissing !== undefined)(
  `trying, the gate and publishing in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let browser: Browser;
    let world: Awaited<ReturnType<typeof startTuningDesk>>;

    beforeAll(async () => {
      const hostileArticle = articleOf({
        id: 'hostil',
        title: `Fotos ${hostile[0]}`,
        answer: payload,
        examples: ['cómo paso mis fotos', 'pasar fotos a la computadora', 'copiar las fotos del celular'],
      });
      [world, browser] = await Promise.all([startTuningDesk([hostileArticle], asked), launchBrowser()]);
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await world?.stop();
    });

    for (const { name, language, ...look } of languageLooks) {
      test(`everything is readable, in ${language}, ${name}`, async () => {
        const say = wordsIn(language);
        const { page, faults, close } = await visit(browser, world.url, look);
        const looksRight = async (shot: string) => {
          expect(await page.evaluate(overflow)).toBe(0);
          expect(await axeFindings(page)).toEqual([]);
          await photograph(page, `console-${name}-${shot}`);
        };
        await page.goto('/console/try?q=c%C3%B3mo%20paso%20mis%20fotos&language=es');
        await page
          .getByRole('region', { name: say('try.draft') })
          .getByText(say('why.more'))
          .click();
        await looksRight('try');

        await page.goto('/console/gate');
        await page.getByText(say('gate.golden', { of: 3 })).waitFor();
        await looksRight('gate');

        await page.goto('/console/publish/golden');
        await page.getByRole('link', { name: '¿llueve mañana?' }).waitFor();
        await looksRight('golden');
        await page.goto('/console/publish/versions');
        await page.getByRole('heading', { name: say('versions.name', { version: 1 }) }).waitFor();
        await looksRight('versions');
        expect(faults).toEqual([]);
        await close();
      });
    }

    test('a conversation goes on by its options, and what is right is required from then on', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, world.url, { size: 'phone' });
      await page.goto('/console/try');
      await page.getByText(say('try.empty').slice(0, 30)).waitFor();
      await page.getByLabel(say('try.question')).fill('el internet anda muy lento hoy');
      await page.keyboard.press('Enter');
      const draft = page.getByRole('region', { name: say('try.draft') });
      await draft.getByText(/Responde con «Internet lento»/u).waitFor();
      await page.getByRole('button', { name: say('try.keep') }).click();
      await page.getByRole('button', { name: say('try.kept') }).click();
      await page.getByRole('button', { name: say('try.keep') }).waitFor();
      await draft.getByRole('button', { name: 'No me sirvió' }).click();
      await page.getByRole('listitem').nth(1).getByText('No me sirvió').waitFor();
      await draft.getByText(say('try.handedOver')).waitFor();
      await photograph(page, 'console-phone-try-conversation');
      expect(faults).toEqual([]);
      await close();
    });

    test('a question is asked as a customer of a brand, by keyboard and on a phone', async () => {
      const say = wordsIn('pt');
      const { page, faults, close } = await visit(browser, world.url, { size: 'phone', locale: 'pt-BR' });
      const brands = [{ name: 'acme', title: 'Acme' }, { name: 'beta' }];
      await page.route('**/api/console/settings', (route) =>
        route.fulfill({ json: { file: 'relevo.yaml', since: null, said: { brands } } }),
      );
      const asked: unknown[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/api/console/try')) asked.push(request.postDataJSON().brand);
      });
      await page.goto('/console/try?q=internet%20lento&language=es');
      const draft = page.getByRole('region', { name: say('try.draft') });
      await draft.waitFor();
      const select = page.getByLabel(say('try.brand'));
      expect(await select.locator('option').allTextContents()).toEqual([
        say('try.everybody'),
        'Acme',
        'beta',
      ]);
      await select.focus();
      await page.keyboard.press('ArrowDown');
      await page.waitForURL(/brand=acme/u);
      await expect.poll(() => asked).toEqual([null, 'acme']);
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      await photograph(page, 'console-phone-try-brand');

      // Whoever works for one brand asks as its customer, and has nothing to choose.
      const user = { id: 'ana', name: 'Ana', email: 'ana@example.com', role: 'supervisor' };
      await page.route('**/api/session', (route) =>
        route.fulfill({ json: { user, demo: false, needsSetup: false, brands: ['beta'] } }),
      );
      await page.goto('/console/try?q=internet%20lento&language=es');
      await draft.waitFor();
      expect(await select.count()).toBe(0);
      expect(asked.slice(2)).toEqual(['beta']);
      expect(faults).toEqual([]);
      await close();
    });

    test('the gate moves without asking the server, by keyboard, and its change can be undone', async () => {
      const say = wordsIn('es');
      const { page, faults, close } = await visit(browser, world.url);
      await page.goto('/console/gate');
      const slider = page.getByRole('slider');
      await slider.focus();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.evaluate('new Promise(requestAnimationFrame)');
      // What one step of the slider costs the page, until it has painted.
      const tookMs = (await page.evaluate(`(async () => {
        const slider = document.querySelector('input[type=range]');
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
        const frame = () => new Promise(requestAnimationFrame);
        const times = [];
        for (let step = 0; step < 15; step += 1) {
          const began = performance.now();
          set.call(slider, String(step));
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          times.push(performance.now() - began);
          await frame();
        }
        return times.sort((a, b) => a - b)[7];
      })()`)) as number;
      console.info(`one step of the gate: ${tookMs.toFixed(1)} ms`);
      expect(tookMs).toBeLessThan(100);
      expect(asked).toEqual([]);
      await page.keyboard.press('Home');
      await page
        .getByText(say('gate.control', { rate: '0,5 %' }))
        .first()
        .waitFor();
      await page.getByLabel(say('console.reason')).fill('Semana de facturas');
      await page.keyboard.press('Enter');
      await page.getByText(say('gate.savedBar', { rate: '0,5 %' })).waitFor();
      const waiting = await callConsole<{ changes: { wrongRate: unknown } }>(page, 'GET', 'changes');
      expect(waiting.changes.wrongRate).toEqual({ before: 0.05, after: 0.005 });
      await page.getByRole('button', { name: say('undo.undo') }).click();
      await page.getByText(say('undo.undone')).waitFor();
      expect(
        (await callConsole<{ changes: { wrongRate: unknown } }>(page, 'GET', 'changes')).changes.wrongRate,
      ).toBeNull();
      expect(faults).toEqual([]);
      await close();
    });

    test('a replay is judged by keyboard, a regression is refused with its questions, and overridden with a reason', async () => {
      const say = wordsIn('es');
      const expected = /status of 409/u;
      const { page, faults, close } = await visit(browser, world.url, { expected });
      await page.goto('/console/publish/golden');
      const opened = await callConsole<{ article: object; etag: string }>(
        page,
        'GET',
        'articles/es/internet-no-funciona',
      );
      await callConsole(page, 'POST', 'articles/es/internet-no-funciona/remove', { etag: opened.etag });
      const slow = await callConsole<{ etag: string }>(page, 'GET', 'articles/es/internet-lento');
      await callConsole(page, 'POST', 'articles/es/internet-lento/remove', { etag: slow.etag });

      await page.goto('/console/publish');
      await page.getByText(say('publish.changes', { count: 2, version: 1 })).waitFor();
      await page.getByRole('button', { name: say('replay.start') }).click();
      await page.getByText(say('proof.worse')).waitFor();
      const rows = page.getByRole('list', { name: say('replay.title') }).getByRole('listitem');
      await rows.filter({ hasText: 'no funciona internet' }).waitFor();
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      // What is removed has still the name that customers know it by.
      await rows
        .nth(0)
        .getByText(/No funciona el internet/u)
        .first()
        .waitFor();
      await photograph(page, 'console-desktop-replay');

      // The first row is the golden question that gets worse; the second what a customer asked.
      await page.keyboard.press('j');
      expect(await rows.nth(1).getAttribute('aria-current')).toBe('true');
      const second = (await rows.nth(1).getByRole('button').first().textContent()) ?? '';
      await page.keyboard.press('2');
      await rows.nth(1).getByText(say('replay.verdict.wrong')).waitFor();
      const listed = async () =>
        (await callConsole<{ golden: { question: string }[] }>(page, 'GET', 'golden')).golden.map(
          ({ question }) => question,
        );
      await expect.poll(listed).toContain(second);
      await page.getByRole('button', { name: say('undo.undo') }).waitFor();
      await page.keyboard.press('u');
      await page.getByText(say('undo.undone')).waitFor();
      expect(await listed()).not.toContain(second);
      await page.keyboard.press('k');
      await page.keyboard.press('3');
      await page.getByRole('dialog').getByLabel(say('choose.words')).fill('sonido');
      await page.getByRole('dialog').getByText('sin-sonido').waitFor();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('golden.person') })
        .click();
      await rows.nth(0).getByText(say('replay.verdict.chosen')).waitFor();
      await page.getByRole('button', { name: say('undo.undo') }).click();
      await page.getByText(say('undo.undone')).waitFor();

      await page.getByRole('button', { name: say('publish.submit'), exact: true }).click();
      await page.getByText(say('publish.refused')).waitFor();
      const worse = page.getByRole('list', { name: say('replay.kind.worse') });
      await worse.getByText('no funciona internet').waitFor();
      await photograph(page, 'console-desktop-refused');
      await page.getByLabel(say('publish.why')).fill('Ya no damos internet');
      await page.getByRole('button', { name: say('publish.override') }).click();
      await page.getByText(say('publish.done', { version: 2 })).waitFor();
      await page.getByRole('button', { name: say('undo.undo') }).click();
      await page.getByText(say('undo.undone')).waitFor();
      const { versions } = await callConsole<{ versions: { version: number; articleCount: number }[] }>(
        page,
        'GET',
        'versions',
      );
      expect(versions.map(({ articleCount }) => articleCount)).toEqual([9, 7, 9]);
      expect(faults).toEqual([]);
      await close();
    });

    test('a golden question is added, changed, removed and brought back, on a phone', async () => {
      const say = wordsIn('pt');
      const { page, faults, close } = await visit(browser, world.url, { size: 'narrow', locale: 'pt-BR' });
      await page.goto('/console/publish/golden');
      await page.getByLabel(say('golden.question')).fill(payload);
      await page.getByRole('button', { name: say('golden.add') }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('golden.person') })
        .click();
      await page.getByText(say('golden.added', { question: payload })).waitFor();
      await page.getByRole('link', { name: payload }).waitFor();
      await page.getByRole('button', { name: say('golden.remove', { question: payload }) }).click();
      await page.getByText(say('golden.removed', { question: payload })).waitFor();
      await expect.poll(() => page.getByRole('link', { name: payload }).count()).toBe(0);
      await photograph(page, 'console-narrow-golden-removed');
      await page.getByRole('button', { name: say('undo.undo') }).click();
      await page.getByRole('link', { name: payload }).waitFor();
      expect(await page.evaluate(overflow)).toBe(0);
      expect(faults).toEqual([]);
      await close();
    });
  },
);
