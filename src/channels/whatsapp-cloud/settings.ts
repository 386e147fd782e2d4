import { z } from 'zod';
import { channelKind } from '../channel-kind.ts';
import { preview } from './preview.ts';

const secret = (what: string) => z.string(`missing: ${what}`).min(1, `missing: ${what}`);

const variables = z.object({
  WHATSAPP_CLOUD_TOKEN: secret('the access token of a system user'),
  WHATSAPP_CLOUD_PHONE_ID: secret('the id of the business phone number, not the number itself').regex(
    /^\d{5,20}$/u,
    'expected digits only: the id of the phone number, not the number itself',
  ),
  WHATSAPP_CLOUD_APP_SECRET: secret('the app secret: without it nobody knows who calls the webhook'),
  WHATSAPP_CLOUD_VERIFY_TOKEN: secret('the word you also type into the webhook form'),
  WHATSAPP_CLOUD_API_ROOT: z
    .url({ protocol: /^https?$/u, error: 'expected an address like https://graph.facebook.com/v24.0' })
    .default('https://graph.facebook.com/v24.0')
    .transform((address) => address.replace(/\/+$/u, '')),
  WHATSAPP_CLOUD_TEMPLATE: z
    .string()
    .regex(/^[a-z0-9_]{1,512}:[a-z]{2,3}(_[A-Z]{2,4})?$/u, 'expected name:language, like seguimiento:es')
    .transform((text) => {
      const [name = '', language = ''] = text.split(':');
      return { name, language };
    })
    .optional(),
});

/** WhatsApp through Meta's own Cloud API. */
export const whatsAppCloud = channelKind(
  'whatsapp-cloud',
  variables,
  async (settings, deps) => {
    const { createWhatsAppCloud } = await import('./index.ts');
    return createWhatsAppCloud(
      {
        token: settings.WHATSAPP_CLOUD_TOKEN,
        phoneId: settings.WHATSAPP_CLOUD_PHONE_ID,
        appSecret: settings.WHATSAPP_CLOUD_APP_SECRET,
        verifyToken: settings.WHATSAPP_CLOUD_VERIFY_TOKEN,
        apiRoot: settings.WHATSAPP_CLOUD_API_ROOT,
        template: settings.WHATSAPP_CLOUD_TEMPLATE ?? null,
      },
      deps,
    );
  },
  preview,
);
