import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Door } from '../../src/video/door.ts';
import { startWeb, type Web } from '../http/web.ts';
import { doorWorld } from '../video/door-world.ts';
import { startMs, tokenIn } from '../video/video-world.ts';
import { axeFindings } from './axe-page.ts';
import {
  chromiumMissing,
  type Look,
  launchBrowser,
  patienceMs,
  photograph,
  type Visit,
  visit,
} from './browser.ts';

const root = join(import.meta.dirname, '../..');
const minuteMs = 60_000;

type Words = (id: string, values?: Readonly<Record<string, string | number>>) => string;

function wordsIn(language: 'es' | 'en' | 'pt'): Words {
  const path = join(root, 'console/video/words', `${language}.json`);
  const texts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  return (id, values = {}) =>
    (texts[id] ?? `no text ${id}`).replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name]));
}

const android =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const say = wordsIn('es');
const overflow = 'document.scrollingElement.scrollWidth - document.documentElement.clientWidth';

/** The page before a call, in a real browser with a camera that is made up. */
describe.skipIf(chromiumMissing !== undefined)(
  `the page before a call in a real browser${chromiumMissing === undefined ? '' : `: ${chromiumMissing}`}`,
  { timeout: 2 * patienceMs },
  () => {
    let world: ReturnType<typeof doorWorld>;
    let web: Web;
    let url = '';
    /** A camera and a microphone that beeps; nobody is asked. */
    let equipped: Browser;
    /** Neither. */
    let bare: Browser;
    /** Both, and a person who says no. */
    let shy: Browser;

    beforeAll(async () => {
      const device = '--use-fake-device-for-media-stream';
      const ui = '--use-fake-ui-for-media-stream';
      web = await startWeb({
        settings: { pagesFolder: join(root, 'dist/console') },
        deps: {
          video: {
            // What is behind the door is another for each test.
            door: new Proxy({} as Door, {
              get:
                (_, name) =>
                (...given: unknown[]) =>
                  Reflect.get(world.door, name)(...given),
            }),
            webhook: null,
          },
        },
      });
      url = await web.server.listen({ host: '127.0.0.1', port: 0 });
      [equipped, bare, shy] = await Promise.all([
        launchBrowser(device, ui),
        launchBrowser(ui),
        launchBrowser(device, `${ui}=deny`),
      ]);
    }, 2 * patienceMs);
    afterAll(async () => {
      await Promise.all([equipped, bare, shy].map((browser) => browser?.close()));
      await web?.stop();
    });
    beforeEach(() => begin());

    /** A new world, whose clock is the computer's. */
    function begin(env?: Readonly<Record<string, string>>): void {
      world = doorWorld(env);
      world.clock.set(Date.now());
    }

    /** Somebody at a link; the place of the call answers with a plain page. */
    async function at(browser: Browser, path: string, look: Look = {}): Promise<Visit> {
      const visited = await visit(browser, url, look);
      await visited.page
        .context()
        .route('https://meet.example.com/**', (route) =>
          route.fulfill({ contentType: 'text/html', body: '<title>the call</title>' }),
        );
      await visited.page.goto(path);
      await visited.page.getByRole('heading', { level: 1 }).waitFor();
      return visited;
    }

    /** What a page did that it may not; to go to the call is what it is for. */
    const wrong = ({ faults }: Visit) => faults.filter((fault) => !fault.includes('meet.example.com'));

    const button = (page: Page, id: string, values = {}) =>
      page.getByRole('button', { name: say(id, values), exact: true });
    /** The checks are over; on a busy computer the connection may be a weak one. */
    const checked = (page: Page) =>
      page
        .getByText(say('check.passed'))
        .or(page.getByText(say('check.failed')))
        .waitFor();
    const told = (name: string) => world.stage.told.filter(([what]) => what === name);

    test('a customer on a phone checks, agrees and goes in, all in Spanish', async () => {
      const { path } = await world.invite();
      const visited = await at(equipped, path, { size: 'phone', context: { userAgent: android } });
      const { page } = visited;
      await page.getByText(say('hello', { name: 'Ana' })).waitFor();
      expect(await page.evaluate('document.documentElement.lang')).toBe('es');
      expect(await page.title()).toBe('Videollamada · Relevo');
      expect(world.stage.told).toEqual([]);
      await photograph(page, 'video-phone-1-arrived');
      await button(page, 'check.start').tap();
      await checked(page);
      await page.getByText(say('microphone.good')).waitFor();
      expect(told('waiting')[0]).toEqual(['waiting', 'k', 'customer', null]);
      await expect
        .poll(() => told('waiting').at(-1), { timeout: patienceMs })
        .toMatchObject([
          'waiting',
          'k',
          'customer',
          {
            ...{ system: 'Android', phone: true, canShare: false, fits: true },
            ...{ camera: 'good', microphone: 'good' },
            connection: { outcome: expect.stringMatching(/^(?:good|weak)$/u) },
          },
        ]);
      await photograph(page, 'video-phone-2-checked');
      await page.getByText(say('share.phone.3')).scrollIntoViewIfNeeded();
      await photograph(page, 'video-phone-2-share');
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await axeFindings(page)).toEqual([]);

      await button(page, 'enter').tap();
      await page.getByText(say('consent.missing')).waitFor();
      expect(told('entered')).toEqual([]);
      expect(await page.evaluate('document.activeElement.type')).toBe('checkbox');
      await page.getByRole('checkbox').check();
      await photograph(page, 'video-phone-3-agreed');
      await button(page, 'enter').tap();
      await page.waitForURL('https://meet.example.com/**');
      expect(tokenIn(page.url())).not.toBe('');
      expect(told('entered')).toEqual([['entered', 'k', 'customer']]);
      expect(told('left')).toEqual([]);

      await page.goBack();
      await page.getByText(say('entered.title')).waitFor();
      await photograph(page, 'video-phone-4-back');
      await button(page, 'entered.over').tap();
      await page.getByText(say('done.over')).waitFor();
      expect(told('left')).toEqual([['left', 'k', 'customer']]);
      expect(await page.getByRole('link', { name: say('back.chat') }).getAttribute('href')).toBe(
        'https://t.me/example_bot',
      );
      expect(wrong(visited)).toEqual([]);
      await visited.close();
    });

    test('the whole page is small, with the words of one language', () => {
      const pages = join(root, 'dist/console');
      const read = (path: string) => readFileSync(join(pages, path));
      const html = read('video/index.html').toString();
      const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/gu)].map(([, path = '']) => path);
      // The script fetches one of the catalogues that it names.
      const words = named.flatMap(
        (path) => /\bes-[\w-]+\.js/u.exec(read(path).toString())?.slice(0, 1) ?? [],
      );
      expect([named.length > 3, words.length]).toEqual([true, 1]);
      const sizes = [...named, `assets/${words[0]}`].map((path) => gzipSync(read(path)).length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(30_000);
    });

    test('the headers keep the link from others, and the camera from every other page', async () => {
      const { path } = await world.invite();
      const { headers } = await web.server.inject(path);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
        'permissions-policy': expect.stringContaining('camera=(self)'),
      });
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect((await web.server.inject('/')).headers['permissions-policy']).toContain('camera=()');
      expect(world.store.all.values().next().value?.stage.kind).toBe('issued');
    });

    for (const theme of ['light', 'dark'] as const) {
      test(`by keyboard on a computer, in the ${theme} theme`, async () => {
        const { path } = await world.invite();
        const visited = await at(equipped, path, { theme });
        const { page } = visited;
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await checked(page);
        await page.getByText(say('share.computer.1')).waitFor();
        const phone = page.getByRole('radio', { name: say('share.phone') });
        await page.getByRole('radio', { name: say('share.computer') }).focus();
        await page.keyboard.press('ArrowRight');
        expect(await phone.isChecked()).toBe(true);
        await page.getByText(say('share.phone.plain')).waitFor();
        await page.keyboard.press('ArrowLeft');
        await page.getByRole('checkbox').focus();
        await page.keyboard.press('Space');
        expect(await axeFindings(page)).toEqual([]);
        await page.setViewportSize({ width: 900, height: 2100 });
        await photograph(page, `video-computer-${theme}`);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.waitForURL('https://meet.example.com/**');
        expect(wrong(visited)).toEqual([]);
        await visited.close();
      });
    }

    test('who says no to the camera is told what to do, and may go on by phone', async () => {
      const { path } = await world.invite();
      const visited = await at(shy, path, { size: 'narrow' });
      const { page } = visited;
      await button(page, 'check.start').tap();
      await page.getByText(say('camera.denied')).waitFor();
      await page.getByText(say('microphone.denied')).waitFor();
      await page.getByText(say('check.failed')).waitFor();
      await photograph(page, 'video-narrow-denied');
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      await expect
        .poll(() => told('waiting').at(-1)?.[3], { timeout: patienceMs })
        .toMatchObject({ camera: 'denied', microphone: 'denied' });
      await page.evaluate(
        "addEventListener('click', (event) => event.target.closest('a') && event.preventDefault())",
      );
      await button(page, 'other.phone', { phone: '+34 900 000 000' }).tap();
      await page.getByText(say('done.phone', { phone: '+34 900 000 000', number: 1042 })).waitFor();
      expect(told('declined')).toEqual([['declined', 'k', 'phone', 'camera']]);
      await visited.close();
    });

    test('without a camera: with the voice alone', async () => {
      const { path } = await world.invite();
      const visited = await at(bare, path);
      const { page } = visited;
      await button(page, 'check.start').click();
      await page.getByText(say('camera.missing')).waitFor();
      await page.getByText(say('microphone.missing')).waitFor();
      await page.getByRole('checkbox').check();
      await button(page, 'enter.voice').click();
      await page.waitForURL('https://meet.example.com/**');
      expect(new URL(page.url()).hash).toBe('#config.startWithVideoMuted=true');
      await visited.close();
    });

    test('a slow network is measured as one, and the chat is a way out', async () => {
      const { path } = await world.invite();
      const visited = await at(equipped, path, { size: 'phone' });
      const { page } = visited;
      const network = await page.context().newCDPSession(page);
      const speed = { latency: 100, downloadThroughput: 12_000, uploadThroughput: 12_000 };
      await network.send('Network.emulateNetworkConditions', { offline: false, ...speed });
      await button(page, 'check.start').tap();
      await page.getByText(say('connection.bad')).waitFor();
      await page.getByText(say('check.failed')).waitFor();
      await expect
        .poll(() => told('waiting').at(-1)?.[3], { timeout: patienceMs })
        .toMatchObject({ connection: { outcome: 'bad' } });
      await button(page, 'other.chat').tap();
      await page.getByText(say('done.chat')).waitFor();
      expect(told('declined')).toEqual([['declined', 'k', 'chat', 'connection']]);
      await visited.close();
    });

    test('who closes the page has left it', async () => {
      const { path } = await world.invite();
      const { page, close } = await at(equipped, path);
      await page.mouse.click(5, 5);
      await expect.poll(() => told('waiting').length, { timeout: patienceMs }).toBe(1);
      await page.goto('/');
      await expect.poll(() => told('left'), { timeout: patienceMs }).toEqual([['left', 'k', 'customer']]);
      await close();
    });

    test('who waits hears that the call was called off', async () => {
      const { path, invitation } = await world.invite();
      const { page, close } = await visit(equipped, url, { size: 'phone' });
      await page.clock.install({ time: world.clock.now() });
      await page.goto(path);
      await page.getByText(say('hello', { name: 'Ana' })).waitFor();
      await world.invitations.cancel(invitation.id);
      await page.clock.runFor(31_000);
      await page.getByRole('heading', { name: say('shut.cancelled.title') }).waitFor();
      await close();
    });

    test('every shut door has its page, in the language of the case, with a way back', async () => {
      const visited = await visit(equipped, url, { size: 'phone', locale: 'en-GB', expected: /429/u });
      const { page } = visited;
      const shows = async (path: string, reason: string, words = say): Promise<void> => {
        await page.goto(path);
        await page.getByRole('heading', { name: words(`shut.${reason}.title`) }).waitFor();
      };
      const back = page.getByRole('link', { name: say('back.chat') });
      const cancelled = await world.invite();
      await world.invitations.cancel(cancelled.invitation.id);
      await shows(cancelled.path, 'cancelled');
      expect(await back.getAttribute('href')).toBe('https://t.me/example_bot');
      expect(await page.evaluate('document.documentElement.lang')).toBe('es');
      const expired = await world.invite({ closesAt: world.clock.now() });
      await shows(expired.path, 'expired');
      const used = await world.invite();
      const entered = { code: used.path.slice(3), browser: 'other', from: 'x' };
      await world.invitations.enter(entered);
      await shows(used.path, 'forwarded');
      expect(await page.getByText(/Ana|Eva|1042/u).count()).toBe(0);
      await photograph(page, 'video-shut-forwarded');
      expect(await axeFindings(page)).toEqual([]);
      const mine = await world.invite();
      await page.goto(mine.path);
      await page.getByRole('checkbox').check();
      await page.context().route('https://meet.example.com/**', (route) => route.fulfill({ body: '' }));
      await button(page, 'enter').tap();
      await page.waitForURL('https://meet.example.com/**');
      world.clock.pass(11 * minuteMs);
      await shows(mine.path, 'used');
      world.closed.add('k');
      await shows((await world.invite()).path, 'closed');
      world.closed.clear();
      // Nobody's link: in the language of the browser.
      const english = wordsIn('en');
      await shows(`/v/${'0'.repeat(32)}`, 'unknown', english);
      await page.getByText(english('back.words')).waitFor();
      for (let guess = 0; guess < 6; guess += 1) await page.goto(`/v/${String(guess).repeat(32)}`);
      await shows(`/v/${'7'.repeat(32)}`, 'too-many-tries', english);
      await photograph(page, 'video-shut-too-many');
      const nowhere = { kind: 'shut', reason: 'not-set-up', until: null, now: 0, role: null, call: null };
      await page.route('**/open', (route) => route.fulfill({ json: nowhere }));
      await shows(cancelled.path, 'not-set-up', english);
      expect(wrong(visited)).toEqual([]);
      await visited.close();
    });

    test('too early: a countdown by our clock, the appointment, and in by itself when it is time', async () => {
      world.clock.set(startMs);
      const opensAt = startMs + 65_000;
      world.stage.call = { ...world.stage.call, startsAt: opensAt + 10 * minuteMs };
      const { path } = await world.invite({ opensAt });
      const visited = await at(equipped, path, { size: 'phone', theme: 'dark' });
      const { page } = visited;
      await page.getByRole('heading', { name: say('shut.too-early.title') }).waitFor();
      expect(await page.getByRole('timer').textContent()).toMatch(/^1:0[0-5]$/u);
      // Half past ten in London is half past eleven in Madrid.
      await page.getByText(/sábado, 21 de noviembre.*11:41.*CET/u).waitFor();
      expect(await page.getByRole('link', { name: say('calendar') }).getAttribute('href')).toBe(
        `${path}/call.ics`,
      );
      await photograph(page, 'video-shut-early');
      expect(await axeFindings(page)).toEqual([]);
      world.clock.pass(64_000);
      await page.reload();
      await page.getByRole('timer').waitFor();
      world.clock.pass(2_000);
      await page.getByText(say('hello', { name: 'Ana' })).waitFor();
      await visited.close();
    });

    test('what is wrong with the place or the clock is said', async () => {
      begin({ JITSI_DOMAIN: 'meet.example.com' });
      const { path } = await world.invite();
      const plain = await visit(equipped, url, { size: 'phone' });
      await plain.page.clock.install({ time: world.clock.now() + 60 * minuteMs });
      await plain.page.goto(path);
      await plain.page.getByText(say('notice.unsigned', { host: 'meet.example.com' })).waitFor();
      await plain.page.getByText(say('notice.clock.ahead', { difference: say('clock.hour') })).waitFor();
      await photograph(plain.page, 'video-notices');
      expect(await axeFindings(plain.page)).toEqual([]);
      await plain.close();

      begin({ VIDEO_LINK_TEMPLATE: 'https://zoom.us/j/1234567890' });
      const shared = await at(equipped, (await world.invite()).path);
      await shared.page.getByText(say('notice.shared', { host: 'meet.example.com' })).waitFor();
      await shared.close();
    });

    test("an agent's page is short: the way in, and back to the case", async () => {
      const { path } = await world.invite({ role: 'agent', name: 'Eva Sol' });
      const visited = await at(equipped, path);
      const { page } = visited;
      await page.getByText(say('intro.agent', { customer: 'Ana' })).waitFor();
      expect(await page.getByRole('checkbox').count()).toBe(0);
      expect(await page.getByRole('link', { name: say('back.desk') }).getAttribute('href')).toBe(
        '/desk/cases/1042',
      );
      await photograph(page, 'video-agent');
      expect(await axeFindings(page)).toEqual([]);
      await button(page, 'enter.agent').click();
      await page.waitForURL('https://meet.example.com/**');
      expect(told('entered')).toEqual([['entered', 'k', 'agent']]);
      expect(wrong(visited)).toEqual([]);
      await visited.close();
    });

    test.each(['en', 'pt'] as const)(
      'in %s, on the smallest phone, with HTML for names',
      async (language) => {
        const name = '<img src=x onerror=alert(1)><b>Bo & Co</b>';
        world.stage.call = {
          ...world.stage.call,
          language,
          customer: name,
          agent: '<script>alert(2)</script>',
        };
        const { path } = await world.invite({ name });
        const visited = await at(equipped, path, { size: 'narrow' });
        const { page } = visited;
        const words = wordsIn(language);
        await page.getByText(words('hello', { name })).waitFor();
        expect(await page.evaluate('document.documentElement.lang')).toBe(language);
        expect(await page.locator('main b, main script, img[src="x"]').count()).toBe(0);
        expect(await page.evaluate(overflow)).toBe(0);
        await photograph(page, `video-narrow-${language}`);
        expect(visited.faults).toEqual([]);
        await visited.close();
      },
    );

    test('two customers on one link: one gets in, the other is told kindly', async () => {
      const { path } = await world.invite();
      const both = await Promise.all([at(equipped, path), at(equipped, path)]);
      for (const { page } of both) await page.getByRole('checkbox').check();
      await Promise.all(both.map(({ page }) => button(page, 'enter').click()));
      const ends = await Promise.all(
        both.map(({ page }) =>
          Promise.race([
            page.waitForURL('https://meet.example.com/**').then(() => 'in'),
            page
              .getByText(say('shut.forwarded.title'))
              .waitFor()
              .then(() => 'out'),
          ]).catch(() => 'in'),
        ),
      );
      expect(ends.toSorted()).toEqual(['in', 'out']);
      await Promise.all(both.map(({ close }) => close()));
    });

    test('a server that cannot be reached is tried again', async () => {
      const { path } = await world.invite();
      const { page, close } = await visit(equipped, url, { expected: /./u });
      await page.route('**/open', (route) => route.abort());
      await page.goto(path);
      await page.getByText(say('fault.title')).waitFor();
      await page.unroute('**/open');
      await button(page, 'fault.again').click();
      await page.getByText(say('hello', { name: 'Ana' })).waitFor();
      await close();
    });
  },
);
