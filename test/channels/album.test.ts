import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOf } from './crowd.ts';
import { createMovableClock, type StormApp, startStormApp } from './storm-app.ts';
import { type FakeWhatsApp, startFakeWhatsApp } from './whatsapp-cloud/fake-whatsapp.ts';

const customers = 100;
const photos = 20;

let fake: FakeWhatsApp;
let it: StormApp;
beforeAll(async () => {
  fake = await startFakeWhatsApp({ perSecond: 1_000_000 });
  const variables = {
    WHATSAPP_CLOUD_TOKEN: fake.settings.token,
    WHATSAPP_CLOUD_PHONE_ID: fake.settings.phoneId,
    WHATSAPP_CLOUD_APP_SECRET: fake.settings.appSecret,
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
    WHATSAPP_CLOUD_API_ROOT: fake.url,
  };
  it = await startStormApp(variables, { clock: createMovableClock() });
  fake.connect(`${it.url}/hooks/whatsapp-cloud`);
}, 120_000);
afterAll(async () => {
  await it?.stop();
  await fake?.stop();
}, 60_000);

test(`an album of ${photos} photos of ${customers} new customers at once is ${customers} conversations`, async () => {
  // Each customer's photos come side by side, as Meta sends them: who is new is new to all of them.
  const albums = Array.from({ length: customers }, (_, customer) => () => {
    const one = async (photo: number) =>
      fake.customerSendsPhoto(`customer${customer}`, Buffer.from(`photo ${photo}`));
    return Promise.all(Array.from({ length: photos }, (_unused, photo) => one(photo)));
  });
  await eachOf(albums, 8);
  const all = { stored: customers * photos, conversations: customers, aside: 0 };
  expect(await it.totals()).toMatchObject(all);
  // Their bytes come later, each photo's from the platform once.
  const ofPlatform = `select count(distinct media->>'remote') from relevo.files where channel = 'whatsapp-cloud'`;
  await expect.poll(() => it.count(ofPlatform), { timeout: 60_000 }).toBe(customers * photos);
  expect(await it.count('select count(*) from relevo.files')).toBe(customers * photos);
}, 400_000);
