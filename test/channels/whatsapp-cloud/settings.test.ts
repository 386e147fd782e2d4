import { expect, test } from 'vitest';
import { whatsAppCloud } from '../../../src/channels/whatsapp-cloud/settings.ts';

const complete = {
  WHATSAPP_CLOUD_TOKEN: 'EAA',
  WHATSAPP_CLOUD_PHONE_ID: '106540352242922',
  WHATSAPP_CLOUD_APP_SECRET: 'secret',
  WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
};

test('without any of its variables the channel is switched off', () => {
  expect(whatsAppCloud.read({ TELEGRAM_BOT_TOKEN: 'x' })).toBeNull();
});

test('with what it needs it is on', () => {
  expect(whatsAppCloud.read(complete)).toMatchObject({ name: 'whatsapp-cloud' });
  const more = {
    WHATSAPP_CLOUD_TEMPLATE: 'caso_abierto:pt_BR',
    WHATSAPP_CLOUD_API_ROOT: 'http://127.0.0.1:9999/v24.0/',
  };
  expect(whatsAppCloud.read({ ...complete, ...more })).toMatchObject({ name: 'whatsapp-cloud' });
});

test('everything that is missing or wrong is named at once', () => {
  const faults = (env: Record<string, string>) => {
    const read = whatsAppCloud.read(env);
    return read !== null && 'faults' in read ? read.faults : [];
  };
  expect(faults({ WHATSAPP_CLOUD_TOKEN: 'EAA' })).toEqual([
    'WHATSAPP_CLOUD_PHONE_ID: missing: the id of the business phone number, not the number itself',
    'WHATSAPP_CLOUD_APP_SECRET: missing: the app secret: without it nobody knows who calls the webhook',
    'WHATSAPP_CLOUD_VERIFY_TOKEN: missing: the word you also type into the webhook form',
  ]);
  expect(
    faults({
      ...complete,
      WHATSAPP_CLOUD_PHONE_ID: '+52 155 1111 2222',
      WHATSAPP_CLOUD_API_ROOT: 'graph.facebook.com',
      WHATSAPP_CLOUD_TEMPLATE: 'seguimiento',
    }),
  ).toEqual([
    'WHATSAPP_CLOUD_PHONE_ID: expected digits only: the id of the phone number, not the number itself',
    'WHATSAPP_CLOUD_API_ROOT: expected an address like https://graph.facebook.com/v24.0',
    'WHATSAPP_CLOUD_TEMPLATE: expected name:language, like seguimiento:es',
  ]);
});
