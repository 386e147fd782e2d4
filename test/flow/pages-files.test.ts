import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createGate } from '../gate.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { startApp } from './app.ts';
import { axeFindings } from './axe-page.ts';
import { chromiumMissing, type Look, launchBrowser, patienceMs, photograph, visit } from './browser.ts';
import { createChatPage } from './chat-page.ts';
import { createDeskPage } from './desk-page.ts';
import { wordsIn } from './page-words.ts';

const say = wordsIn('es');
const hack = 'window.hacked=1;alert(1)';

/** Photos and files between a customer's page and the desk, in a real browser. */
describe.skipIf(chromiumMissing !== undefined)(
  `files on the pages in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 4 * patienceMs },
  () => {
    let database: TestDatabase;
    let browser: Browser;
    let app: App;
    let url: string;
    let folder: string;
    let photo: Buffer;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'relevo-files-'));
      [database, browser] = await Promise.all([openDatabase(), launchBrowser()]);
      const failing = {
        take: async () => {
          throw new Error('this bot hands everybody over');
        },
      };
      ({ app, url } = await startApp(database.url, { bot: failing, variables: { RELEVO_DATA: folder } }));
      const painter = await browser.newPage({ viewport: { width: 640, height: 420 } });
      await painter.setContent('<body style="background:linear-gradient(120deg,#2b7,#36c);margin:0">');
      photo = await painter.screenshot();
      await painter.close();
    }, 2 * patienceMs);
    afterAll(async () => {
      await browser?.close();
      await app?.stop(1_000);
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    });

    const png = (name: string) => ({ name, mimeType: 'image/png', buffer: photo });
    const open = async (path: string, look: Look = {}) => {
      const visited = await visit(browser, url, look);
      await visited.page.goto(path);
      return visited;
    };
    const drawn = (picture: Locator) =>
      expect
        .poll(() => picture.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth), {
          timeout: patienceMs,
        })
        .toBe(640);

    for (const size of ['desktop', 'phone'] as const) {
      test(`a photo goes each way, on a ${size}`, async () => {
        const touch = size === 'phone';
        const expected = /status of 401/u;
        const [visitor, agent] = await Promise.all([open('/', { size }), open('/desk', { size, expected })]);
        const chat = createChatPage(visitor.page, { touch });
        const desk = createDeskPage(agent.page, { touch });
        const shot = (page: Page, name: string) => photograph(page, `${size}-files-${name}`);

        await visitor.page
          .locator('input[type=file]')
          .setInputFiles([png('pantalla azul.png'), png('atrás.png')]);
        const tray = visitor.page.getByRole('list', { name: say('upload.list') });
        await tray.getByText('atrás.png').waitFor();
        await shot(visitor.page, 'chat-1-chosen');
        expect(await axeFindings(visitor.page)).toEqual([]);
        await visitor.page.getByRole('button', { name: say('upload.remove', { name: 'atrás.png' }) }).click();
        await chat.says(`me sale esto en el ${size}`);
        await tray.waitFor({ state: 'hidden' });
        await chat.hears(`me sale esto en el ${size}`);
        const sent = chat.log.getByRole('button', { name: say('file.open', { name: 'pantalla azul.png' }) });
        await sent.waitFor();
        await chat.isTold(/n\.º \d+/u);
        await shot(visitor.page, 'chat-2-sent');
        const number = Number(/n\.º (\d+)/u.exec((await chat.status.textContent()) ?? '')?.[1]);
        await visitor.page.reload();
        await drawn(sent.locator('img'));

        await desk.opens(number);
        const received = desk.log.getByRole('button', {
          name: say('file.open', { name: 'pantalla azul.png' }),
        });
        await drawn(received.locator('img'));
        await shot(agent.page, 'desk-1-received');
        await received.click();
        await agent.page.getByRole('dialog').getByRole('img').waitFor();
        await shot(agent.page, 'desk-2-open');
        expect(await axeFindings(agent.page)).toEqual([]);
        await agent.page.keyboard.press('Escape');

        // The box is there as soon as the case is known to be ours; the claim's own answer comes with the file dialog open.
        const claim = createGate();
        await agent.page.route('**/api/cases/*/claim', async (route) => {
          const response = await route.fetch();
          await claim.opened;
          await route.fulfill({ response });
        });
        await desk.claims();
        const box = agent.page.getByPlaceholder(say('reply.replyPlaceholder'));
        await box.waitFor();
        const attach = agent.page.getByRole('button', { name: say('upload.add') });
        const [chooser] = await Promise.all([agent.page.waitForEvent('filechooser'), attach.press('Enter')]);
        claim.open();
        await expect.poll(() => box.evaluate((node) => node.matches(':focus'))).toBe(true);
        await chooser.setFiles([
          png('así debe quedar.png'),
          { name: 'manual.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%âãÏÓ\n') },
        ]);
        await agent.page.getByText('manual.pdf').waitFor();
        await shot(agent.page, 'desk-3-chosen');
        await desk.replies('Mire cómo debe quedar');
        const answer = chat.log.getByRole('button', {
          name: say('file.open', { name: 'así debe quedar.png' }),
        });
        await answer.waitFor();
        await drawn(answer.locator('img'));
        await chat.log.getByRole('link', { name: /manual\.pdf/u }).waitFor();
        await desk.log.getByRole('link', { name: /manual\.pdf/u }).waitFor();
        await shot(visitor.page, 'chat-3-answered');
        await shot(agent.page, 'desk-4-sent');
        expect(await axeFindings(visitor.page)).toEqual([]);
        expect(await axeFindings(agent.page)).toEqual([]);
        for (const { page } of [visitor, agent]) {
          expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
        }
        expect([...visitor.faults, ...agent.faults]).toEqual([]);
        await Promise.all([visitor.close(), agent.close()]);
      });
    }

    test('files are pasted, dropped, cancelled and retried, and what is wrong is said', async () => {
      const visitor = await open('/', { expected: /status of 503/u });
      const { page } = visitor;
      const chat = createChatPage(page);
      const button = (id: string, name: string) => page.getByRole('button', { name: say(id, { name }) });
      const send = page.getByRole('button', { name: say('composer.send'), exact: true });
      const give = (kind: 'paste' | 'drop', name: string) =>
        page.evaluate(`{
          const data = new DataTransfer();
          data.items.add(new File(['solo texto'], ${JSON.stringify(name)}, { type: 'text/plain' }));
          const more = { bubbles: true, cancelable: true };
          document.querySelector('textarea').dispatchEvent(${
            kind === 'paste'
              ? "new ClipboardEvent('paste', { clipboardData: data, ...more })"
              : "new DragEvent('drop', { dataTransfer: data, ...more })"
          });
        }`);
      await chat.composer.waitFor();
      await give('paste', 'pegado.txt');
      await give('drop', 'soltado.txt');
      // What was given takes the focus to the words once it is there.
      await button('upload.remove', 'pegado.txt').waitFor();
      await button('upload.remove', 'soltado.txt').waitFor();
      const add = page.getByRole('button', { name: say('upload.add') });
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), add.press('Enter')]);
      await chooser.setFiles({ name: 'elegido.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
      await button('upload.remove', 'elegido.txt').waitFor();

      // Never answered: the upload stays under way until somebody cancels it.
      await page.route('**/api/chat/files*', () => undefined);
      await give('paste', 'lento.txt');
      await button('upload.cancel', 'lento.txt').waitFor();
      expect(await send.isDisabled()).toBe(true);
      await button('upload.cancel', 'lento.txt').click();
      await expect.poll(() => page.getByText('lento.txt').count()).toBe(0);
      expect(await send.isEnabled()).toBe(true);
      await page.unroute('**/api/chat/files*');

      await page.route('**/api/chat/files*', (route) =>
        route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"code":"stopping"}' }),
      );
      await give('paste', 'caído.txt');
      await button('upload.retry', 'caído.txt').waitFor();
      await page.unroute('**/api/chat/files*');
      await button('upload.retry', 'caído.txt').click();
      await button('upload.retry', 'caído.txt').waitFor({ state: 'hidden' });
      await expect.poll(() => send.isEnabled()).toBe(true);

      const input = page.locator('input[type=file]');
      await input.setInputFiles({
        name: 'película.mp4',
        mimeType: 'video/mp4',
        buffer: Buffer.alloc(25 * 1024 * 1024 + 1),
      });
      await page.getByText(say('upload.tooLarge', { name: 'película.mp4', limit: 25 })).waitFor();
      await input.setInputFiles({ name: 'nada.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
      await page.getByText(say('upload.empty', { name: 'nada.txt' })).waitFor();
      expect(await send.isDisabled()).toBe(true);
      await photograph(page, 'files-faults');
      expect(await axeFindings(page)).toEqual([]);
      await button('upload.remove', 'película.mp4').click();
      await button('upload.remove', 'nada.txt').click();
      await chat.says('cuatro archivos');
      for (const name of ['pegado.txt', 'soltado.txt', 'elegido.txt', 'caído.txt']) {
        await chat.log.getByRole('link', { name: new RegExp(name, 'u') }).waitFor();
      }
      expect(visitor.faults).toEqual([]);
      await visitor.close();
    });

    test('hostile names and pages are never run, and only ever saved', async () => {
      const [visitor, agent] = await Promise.all([open('/'), open('/desk', { expected: /status of 401/u })]);
      const chat = createChatPage(visitor.page);
      const desk = createDeskPage(agent.page);
      const page = `<!doctype html><script>${hack}</script><svg onload="${hack}">`;
      const names = [`<img src=x onerror='${hack}'>.html`, 'foto\u202egnp.exe', 'x.svg'];
      for (const name of names) {
        await visitor.page
          .locator('input[type=file]')
          .setInputFiles({ name, mimeType: 'text/html', buffer: Buffer.from(page) });
      }
      await expect
        .poll(() => visitor.page.getByText(say('upload.ready')).count(), { timeout: patienceMs })
        .toBe(3);
      await chat.says('mire estos');
      await chat.isTold(/n\.º \d+/u);
      const number = Number(/n\.º (\d+)/u.exec((await chat.status.textContent()) ?? '')?.[1]);
      await desk.opens(number);
      const links = desk.log.getByRole('link', { name: say('file.download') });
      await expect.poll(() => links.count(), { timeout: patienceMs }).toBe(3);
      expect(await desk.log.textContent()).not.toContain('\u202e');
      for (const each of [agent.page, visitor.page]) {
        const card = each
          .getByRole('log')
          .getByRole('link', { name: say('file.download') })
          .first();
        const [download] = await Promise.all([each.waitForEvent('download'), card.click()]);
        expect(download.suggestedFilename()).toMatch(/\.html$/u);
        const href = await card.getAttribute('href');
        await expect(each.goto(href ?? '')).rejects.toThrow(/Download is starting|ERR_ABORTED/u);
        expect(await each.evaluate('window.hacked')).toBeUndefined();
      }
      expect([...visitor.faults, ...agent.faults]).toEqual([]);
      await Promise.all([visitor.close(), agent.close()]);
    });

    for (const look of [{ size: 'desktop' }, { size: 'phone', theme: 'dark' }] as const) {
      test(`what became of each message is told, on a ${look.size}`, async () => {
        const [visitor, agent] = await Promise.all([
          open('/'),
          open('/desk', { ...look, expected: /status of (401|409)/u }),
        ]);
        const chat = createChatPage(visitor.page);
        const desk = createDeskPage(agent.page);
        await chat.says('hola');
        await chat.isTold(/n\.º \d+/u);
        const number = Number(/n\.º (\d+)/u.exec((await chat.status.textContent()) ?? '')?.[1]);
        await agent.page.route(`**/api/cases/${number}`, async (route) => {
          const response = await route.fetch();
          const real = (await response.json()) as { messages: unknown[] };
          const replyUntil = new Date(Date.now() + 30 * 60_000).toISOString();
          await route.fulfill({
            response,
            json: { ...real, replyUntil, messages: [...real.messages, ...story()] },
          });
        });
        await desk.opens(number);
        await desk.claims();
        await agent.page.getByText(/^Puedes escribir libremente hasta las/u).waitFor();
        for (const text of [
          say('entry.unverified'),
          say('entry.bystander'),
          say('entry.deleted'),
          say('file.remote'),
          say('file.failed'),
          say('effect.twice'),
          say('effect.why', { reason: 'the number is not on WhatsApp' }),
        ]) {
          await desk.log.getByText(text).first().waitFor();
        }
        await desk.log.getByText(say('entry.edited')).click();
        await desk.hears('lo de antes');
        await desk.log.getByText(say('entry.whole')).click();
        await desk.hears(/quoted text$/u);
        const map = desk.log.getByRole('link', { name: say('entry.map') });
        expect(await map.getAttribute('href')).toContain('openstreetmap.org/?mlat=4.6&mlon=-74.08');
        expect(await map.getAttribute('rel')).toContain('noreferrer');
        for (const [name, place] of [
          ['begin', 'log.scrollHeight / 4'],
          ['end', 'log.scrollHeight'],
        ]) {
          await agent.page.evaluate(
            `{ const log = document.querySelector('[role=log]'); log.scrollTop = ${place}; }`,
          );
          await photograph(agent.page, `${look.size}-files-story-${name}`);
        }
        expect(await axeFindings(agent.page)).toEqual([]);
        expect(await agent.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
        await desk.log.getByRole('button', { name: say('effect.again') }).click();
        await desk.log.getByText(say('error.not_failed')).waitFor();
        expect(agent.faults).toEqual([]);
        await Promise.all([visitor.close(), agent.close()]);
      });
    }

    test('a supervisor looks through the quarantine and drops what is in it', async () => {
      const agent = await open('/desk', { expected: /status of 401/u });
      const { page } = agent;
      await page.getByRole('link', { name: say('quarantine.title') }).click();
      await page.getByText(say('quarantine.none')).waitFor();
      await photograph(page, 'quarantine-1-empty');
      let items = [
        {
          key: `whatsapp-cloud/1042/${'a'.repeat(64)}`,
          channel: 'whatsapp-cloud',
          at: '2026-03-01T10:00:00.000Z',
          reason: 'entry[0].changes[0].value.messages[0].from: expected a string',
          characters: 1234,
        },
      ];
      await page.route('**/api/quarantine', (route) =>
        route.fulfill({ json: { items, count: items.length + 3 } }),
      );
      const failed = { number: 1042, channel: 'telegram', at: '2026-03-01T10:00:00.000Z' };
      const messages = [
        { ...failed, name: 'c.2.0', given: true, error: 'blocked: the customer blocked the bot' },
        { ...failed, name: 'c.3.0', given: false, error: 'unknown_outcome: it may have gone out twice' },
      ];
      await page.route('**/api/failed-sends', (route) => route.fulfill({ json: { messages } }));
      await page.route('**/api/quarantine/*', (route) => {
        items = [];
        return route.fulfill({ status: 204 });
      });
      await page.reload();
      const drop = page.getByRole('button', { name: new RegExp(`^${say('quarantine.drop')} `, 'u') });
      await drop.waitFor();
      await page.getByText(say('failedSends.twice')).waitFor();
      expect(await page.locator("a[href='/desk/cases/1042']").count()).toBe(2);
      await photograph(page, 'quarantine-2-list');
      expect(await axeFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await photograph(page, 'phone-quarantine');
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      await drop.click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('quarantine.drop') })
        .click();
      await page.getByText(say('quarantine.none')).waitFor();
      expect(agent.faults).toEqual([]);
      await agent.close();
    });
  },
);

/** All that may become of messages. */
function story(): object[] {
  const at = new Date().toISOString();
  const id = (n: number) => `${'0'.repeat(32)}.${n}.0`;
  const file = { id: 'f'.repeat(32), kind: 'document', name: 'factura.pdf', type: null };
  const customer = { at, from: 'customer' };
  const agent = { at, from: 'agent', author: 'Ana Ruiz' };
  return [
    { ...customer, id: id(1), text: 'lo de ahora', before: ['lo de antes'], reaction: '👍' },
    { ...customer, id: id(2), text: 'esto lo borré', deleted: true },
    { ...customer, id: id(3), text: 'Oficina', location: { latitude: 4.6, longitude: -74.08 } },
    { ...customer, id: id(4), text: '', file: { ...file, state: 'remote' } },
    { ...customer, id: id(5), text: '', file: { ...file, state: 'failed' } },
    { ...customer, id: id(6), text: 'corto', whole: 'corto\n\n> quoted text', unverified: true },
    { ...customer, id: id(7), text: 'yo también lo veo', author: 'Colega en copia', bystander: true },
    { ...agent, id: id(8), text: 'enviado', effect: 'done' },
    { ...agent, id: id(9), text: 'dudoso', effect: 'done', error: 'sent twice after a crash' },
    { ...agent, id: id(10), text: 'no llegó', effect: 'failed', error: 'the number is not on WhatsApp' },
    { ...agent, id: id(11), text: 'leído', effect: 'done', receipt: 'read', reaction: '❤️' },
  ];
}
