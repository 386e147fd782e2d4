import { z } from 'zod';

/** Meta's payloads as far as they are read; what is not named here is ignored. Anything may be absent or null. */

const text = z.string().nullish();

/** Meta's ids: a media id goes into an address, so it is checked to be one. */
const mediaId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/u);

const file = z.object({
  id: mediaId,
  mime_type: text,
  sha256: text,
  caption: text,
  filename: text,
  voice: z.boolean().nullish(),
});

/** A message's own part, by its type. */
export const bodies = {
  text: z.object({ text: z.object({ body: z.string() }) }),
  image: z.object({ image: file }),
  audio: z.object({ audio: file }),
  voice: z.object({ voice: file }),
  video: z.object({ video: file }),
  document: z.object({ document: file }),
  sticker: z.object({ sticker: file }),
  location: z.object({
    location: z.object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: text,
      address: text,
    }),
  }),
  contacts: z.object({
    contacts: z.array(
      z.object({
        name: z.object({ formatted_name: text, first_name: text, last_name: text }).nullish(),
        phones: z.array(z.object({ phone: text, wa_id: text })).nullish(),
        emails: z.array(z.object({ email: text })).nullish(),
        org: z.object({ company: text }).nullish(),
      }),
    ),
  }),
  reaction: z.object({ reaction: z.object({ message_id: z.string().min(1), emoji: text }) }),
  interactive: z.object({
    interactive: z.object({
      type: z.string(),
      button_reply: z.object({ id: z.string(), title: text }).nullish(),
      list_reply: z.object({ id: z.string(), title: text, description: text }).nullish(),
      nfm_reply: z.object({ body: text, response_json: text }).nullish(),
    }),
  }),
  button: z.object({ button: z.object({ payload: text, text: z.string() }) }),
  order: z.object({
    order: z.object({
      text,
      product_items: z
        .array(
          z.object({
            product_retailer_id: text,
            quantity: z.union([z.number(), z.string()]).nullish(),
            item_price: z.union([z.number(), z.string()]).nullish(),
            currency: text,
          }),
        )
        .nullish(),
    }),
  }),
  system: z.object({ system: z.object({ type: z.string(), wa_id: text, user_id: text }) }),
  unsupported: z.object({
    errors: z.array(z.object({ code: z.union([z.number(), z.string()]).nullish() })).nullish(),
    unsupported: z.object({ type: text }).nullish(),
  }),
  edit: z.object({
    edit: z.object({ original_message_id: z.string().min(1), message: z.looseObject({ type: z.string() }) }),
  }),
  revoke: z.object({ revoke: z.object({ original_message_id: z.string().min(1) }) }),
} as const;

/** What every message has. */
export const envelope = z.looseObject({
  id: z.string().min(1).max(512),
  type: z.string(),
  timestamp: z.union([z.string(), z.number()]).nullish(),
  from: text,
  from_user_id: text,
  from_parent_user_id: text,
  group_id: text,
  context: z.object({ id: text }).nullish(),
});

export const status = z.object({
  id: z.string().min(1).max(512),
  status: z.string(),
  timestamp: z.union([z.string(), z.number()]).nullish(),
  recipient_id: text,
  recipient_user_id: text,
  recipient_type: text,
  biz_opaque_callback_data: text,
  errors: z.array(z.object({ code: z.union([z.number(), z.string()]).nullish(), title: text })).nullish(),
});

/** What went wrong, and belongs to no message. */
export const fault = z.object({ code: z.union([z.number(), z.string()]) });

/** Somebody of whom a batch says more than the id. */
export const contact = z.object({
  wa_id: text,
  user_id: text,
  profile: z.object({ name: text, username: text }).nullish(),
});

/** A user id that Meta gave anew. */
export const renewal = z.object({
  user_id: z.object({ previous: text, current: text }).nullish(),
  wa_id: text,
  timestamp: z.union([z.string(), z.number()]).nullish(),
});

const list = z.array(z.unknown()).nullish();

export const value = z.looseObject({
  metadata: z.object({ phone_number_id: z.string() }).nullish(),
  contacts: list,
  messages: list,
  statuses: list,
  errors: list,
  user_id_update: list,
});

export const change = z.object({ field: z.string(), value });

export const payload = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(z.unknown()) })),
});
