import type { z } from 'zod';
import type { Ids } from '../../core/ids.ts';
import type { Content, Media, MediaKind } from '../../core/message.ts';
import { bodies } from './shapes.ts';

type File = z.output<typeof bodies.image>['image'];
type Message = { readonly type: string };

/**
 * What a message says. Pure, but for the ids that new files get.
 * @param message as the platform sent it, of any type
 * @returns null for a type of which nothing is known, or a body that has not its shape
 */
export function contentOf(message: Message, ids: Ids): Content | null {
  switch (message.type) {
    case 'text': {
      const body = bodies.text.safeParse(message).data;
      return body === undefined ? null : { kind: 'text', text: body.text.body };
    }
    case 'image':
      return media('image', bodies.image.safeParse(message).data?.image, ids);
    case 'video':
      return media('video', bodies.video.safeParse(message).data?.video, ids);
    case 'document':
      return media('document', bodies.document.safeParse(message).data?.document, ids);
    case 'sticker':
      return media('sticker', bodies.sticker.safeParse(message).data?.sticker, ids);
    case 'audio': {
      const audio = bodies.audio.safeParse(message).data?.audio;
      return media(audio?.voice === true ? 'voice' : 'audio', audio, ids);
    }
    case 'voice':
      return media('voice', bodies.voice.safeParse(message).data?.voice, ids);
    case 'location':
      return location(message);
    case 'contacts':
      return contacts(message);
    case 'interactive':
      return reply(message);
    case 'button': {
      // The quick reply of a template that Relevo did not write: its payload means nothing here, its words do.
      const body = bodies.button.safeParse(message).data;
      return body === undefined ? null : { kind: 'text', text: body.button.text };
    }
    case 'order':
      return order(message);
    case 'unsupported': {
      const body = bodies.unsupported.safeParse(message).data;
      const what = body?.unsupported?.type ?? body?.errors?.[0]?.code ?? 'unsupported';
      return { kind: 'unsupported', what: String(what).slice(0, 64) };
    }
    default:
      return null;
  }
}

function media(kind: MediaKind, file: File | undefined, ids: Ids): Content | null {
  if (file === undefined) return null;
  const kept: Media = {
    id: ids.id(),
    kind,
    ...(file.filename ? { name: file.filename } : {}),
    ...(file.mime_type ? { type: file.mime_type } : {}),
    remote: [file.id, file.sha256 ?? ''].join(' ').trim(),
  };
  return { kind: 'media', media: kept, ...(file.caption ? { caption: file.caption } : {}) };
}

function location(message: Message): Content | null {
  const found = bodies.location.safeParse(message).data?.location;
  if (found === undefined) return null;
  const { latitude, longitude } = found;
  const name = [found.name, found.address].filter((part) => part).join(', ');
  return { kind: 'location', latitude, longitude, ...(name === '' ? {} : { name }) };
}

function contacts(message: Message): Content | null {
  const found = bodies.contacts.safeParse(message).data?.contacts;
  if (found === undefined) return null;
  const lines = found.map(({ name, org, phones, emails }) => {
    const called = name?.formatted_name ?? [name?.first_name, name?.last_name].filter(Boolean).join(' ');
    const ways = [
      ...(phones ?? []).map(({ phone, wa_id }) => phone ?? wa_id),
      ...(emails ?? []).map(({ email }) => email),
    ];
    return `👤 ${[called, org?.company, ...ways].filter((part) => part).join(' · ')}`.trim();
  });
  return { kind: 'text', text: lines.join('\n') };
}

function reply(message: Message): Content | null {
  const found = bodies.interactive.safeParse(message).data?.interactive;
  const chosen = found?.button_reply ?? found?.list_reply;
  if (chosen) {
    // A long label was parted between a row's title and its description.
    const label = [chosen.title, 'description' in chosen ? chosen.description : null]
      .filter((part) => part)
      .join(' ');
    return { kind: 'choice', option: chosen.id.slice(0, 200), ...(label === '' ? {} : { label }) };
  }
  if (found?.nfm_reply) {
    const { body, response_json } = found.nfm_reply;
    return { kind: 'text', text: [body, response_json].filter((part) => part).join('\n') };
  }
  return null;
}

function order(message: Message): Content | null {
  const found = bodies.order.safeParse(message).data?.order;
  if (found === undefined) return null;
  const items = (found.product_items ?? []).map(
    ({ product_retailer_id, quantity, item_price, currency }) =>
      `🛒 ${[
        quantity === null || quantity === undefined ? null : `${quantity} ×`,
        product_retailer_id,
        item_price,
        currency,
      ]
        .filter((part) => part !== null && part !== undefined && part !== '')
        .join(' ')}`,
  );
  return { kind: 'text', text: [...(found.text ? [found.text] : []), ...items].join('\n') };
}
