import { z } from 'zod';

/**
 * What the Cloud API refuses, after Meta's message and error references. Each rule gives Meta's own code.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export interface Fault {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  readonly title: string;
  readonly retryAfterSeconds?: number;
}

export const faults = {
  badToken: { status: 401, code: 190, title: 'Invalid OAuth access token' },
  unknownObject: { status: 400, code: 100, subcode: 33, title: 'Unsupported request' },
  badParameter: { status: 400, code: 100, title: 'Invalid parameter' },
  badValue: { status: 400, code: 131009, title: 'Parameter value is not valid' },
  badMedia: { status: 400, code: 131053, title: 'Media upload error' },
  window: { status: 400, code: 131047, title: 'Re-engagement message' },
  noTemplate: { status: 404, code: 132001, title: 'Template name does not exist in the translation' },
  templateParameters: { status: 400, code: 132000, title: 'Number of parameters does not match' },
  templateFormat: { status: 400, code: 132018, title: 'Template parameters have a format problem' },
  throughput: { status: 429, code: 130429, title: 'Rate limit hit' },
  pair: { status: 400, code: 131056, title: 'Pair rate limit hit' },
  undeliverable: { status: 400, code: 131026, title: 'Message undeliverable' },
} as const satisfies Record<string, Fault>;

const text = (max: number) => z.string().min(1).max(max);
const unique = (list: readonly string[]) => new Set(list).size === list.length;

const button = z.object({ type: z.literal('reply'), reply: z.object({ id: text(256), title: text(20) }) });
const row = z.object({ id: text(200), title: text(24), description: text(72).optional() });

const interactive = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('button'),
    body: z.object({ text: text(1_024) }),
    action: z.object({
      buttons: z
        .array(button)
        .min(1)
        .max(3)
        .refine(
          (all) => unique(all.map(({ reply }) => reply.id)) && unique(all.map(({ reply }) => reply.title)),
        ),
    }),
  }),
  z.object({
    type: z.literal('list'),
    body: z.object({ text: text(4_096) }),
    action: z.object({
      button: text(20),
      sections: z
        .array(z.object({ title: text(24).optional(), rows: z.array(row).min(1) }))
        .min(1)
        .refine((all) => all.length === 1 || all.every(({ title }) => title !== undefined))
        .refine((all) => {
          const rows = all.flatMap(({ rows }) => rows);
          return rows.length <= 10 && unique(rows.map(({ id }) => id));
        }),
    }),
  }),
]);

const file = z.object({
  id: z.string(),
  caption: text(1_024).optional(),
  filename: text(240).optional(),
  voice: z.boolean().optional(),
});

const template = z.object({
  name: z.string(),
  language: z.object({ code: z.string() }),
  components: z
    .array(
      z.object({
        type: z.literal('body'),
        parameters: z.array(z.object({ type: z.literal('text'), text: text(1_024) })),
      }),
    )
    .default([]),
});

const common = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z
    .string()
    .regex(/^\+?\d{5,20}$/u)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/u)
    .optional(),
  biz_opaque_callback_data: text(512).optional(),
  context: z.object({ message_id: z.string() }).optional(),
};

const message = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...common,
      type: z.literal('text'),
      text: z.object({ body: text(4_096), preview_url: z.boolean().optional() }),
    }),
    z.strictObject({ ...common, type: z.literal('interactive'), interactive }),
    z.strictObject({ ...common, type: z.literal('image'), image: file }),
    z.strictObject({ ...common, type: z.literal('audio'), audio: file.omit({ caption: true }) }),
    z.strictObject({ ...common, type: z.literal('video'), video: file }),
    z.strictObject({ ...common, type: z.literal('document'), document: file }),
    z.strictObject({ ...common, type: z.literal('sticker'), sticker: file.pick({ id: true }) }),
    z.strictObject({ ...common, type: z.literal('template'), template }),
  ])
  .refine(({ to, recipient }) => to !== undefined || recipient !== undefined);

const seen = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().min(1),
  typing_indicator: z.object({ type: z.literal('text') }).optional(),
});

/** What a business may post to `/messages`. */
export type SentMessage = z.output<typeof message>;
export type SeenMessage = z.output<typeof seen>;

/** A template as it was approved. */
export interface ApprovedTemplate {
  readonly name: string;
  readonly language: string;
  readonly parameters: number;
}

/** What the platform knows when it judges. */
export interface Known {
  readonly isInbound: (id: string) => boolean;
  readonly typeOfMedia: (id: string) => string | undefined;
  readonly templates: readonly ApprovedTemplate[];
}

/** Judges a posted body by its own limits. */
export function judge(body: unknown, known: Known): SentMessage | SeenMessage | Fault {
  if (typeof body === 'object' && body !== null && 'status' in body) {
    const found = seen.safeParse(body).data;
    if (found === undefined) return faults.badParameter;
    return known.isInbound(found.message_id) ? found : faults.badValue;
  }
  const found = message.safeParse(body).data;
  if (found === undefined) return faults.badParameter;
  if (found.type === 'template') return judgeTemplate(found, known) ?? found;
  const media = mediaOf(found);
  if (media === null) return found;
  const type = known.typeOfMedia(media.id);
  if (type === undefined) return faults.badValue;
  return media.as === 'document' || type.startsWith(media.as === 'sticker' ? 'image/webp' : media.as)
    ? found
    : faults.badMedia;
}

/** The file that a message carries; null when it carries none. */
export function mediaOf(message: SentMessage): { id: string; as: string } | null {
  switch (message.type) {
    case 'image':
      return { id: message.image.id, as: message.type };
    case 'audio':
      return { id: message.audio.id, as: message.type };
    case 'video':
      return { id: message.video.id, as: message.type };
    case 'document':
      return { id: message.document.id, as: message.type };
    case 'sticker':
      return { id: message.sticker.id, as: message.type };
    default:
      return null;
  }
}

function judgeTemplate(
  { template }: Extract<SentMessage, { type: 'template' }>,
  { templates }: Known,
): Fault | null {
  const { name, language, components } = template;
  const approved = templates.find((one) => one.name === name && one.language === language.code);
  if (approved === undefined) return faults.noTemplate;
  const parameters = components.flatMap((component) => component.parameters);
  if (parameters.length !== approved.parameters) return faults.templateParameters;
  return parameters.some((one) => /[\n\r\t]| {5}/u.test(one.text)) ? faults.templateFormat : null;
}

const mebibyte = 1_048_576;

/** Whether the platform takes a file of this type and size. */
export function takesFile(type: string, bytes: number): boolean {
  const plain = type.split(';')[0] ?? '';
  if (/^image\/(jpeg|png)$/u.test(plain)) return bytes <= 5 * mebibyte;
  if (plain === 'image/webp') return bytes <= 500 * 1_024;
  if (/^(audio\/(aac|mp4|mpeg|amr|ogg)|video\/(mp4|3gpp))$/u.test(plain)) return bytes <= 16 * mebibyte;
  return /^(text\/plain|application\/.+)$/u.test(plain) && bytes <= 100 * mebibyte;
}
