import { z } from 'zod';
import type { Said } from './parse.ts';
import type { Place } from './place.ts';

/** The action ids of our options; the desk's have others. */
export const optionAction = /^relevo\.option\./u;

const plain = z.object({ text: z.object({ text: z.string() }), value: z.string().max(200) });
const press = z.object({
  user: z.object({ id: z.string().regex(/^\w{1,40}$/u) }),
  container: z.object({
    channel_id: z.string().regex(/^\w{1,40}$/u),
    message_ts: z.string().regex(/^[\d.]{1,24}$/u),
    thread_ts: z
      .string()
      .regex(/^[\d.]{1,24}$/u)
      .nullish(),
  }),
  message: z.object({ thread_ts: z.string().nullish() }).nullish(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string().regex(/^[\d.]{1,24}$/u),
        value: z.string().max(200).nullish(),
        text: z.object({ text: z.string() }).nullish(),
        selected_option: plain.nullish(),
      }),
    )
    .min(1),
});

/** A pressed button or chosen row. */
export interface Press {
  readonly place: Place;
  readonly author: string;
  readonly said: readonly Said[];
}

/** An interaction payload of type `block_actions` in Relevo's words; null when it is none of ours. Pure; never throws. */
export function parsePress(payload: unknown): Press | null {
  const read = press.safeParse(payload);
  if (!read.success) return null;
  const { user, container, message, actions } = read.data;
  const { channel_id: channel, message_ts: of } = container;
  const root = container.thread_ts ?? message?.thread_ts ?? of;
  const said = actions.flatMap((action): Said[] => {
    const option = action.selected_option?.value ?? action.value;
    if (!optionAction.test(action.action_id) || !option) return [];
    const label = action.selected_option?.text.text ?? action.text?.text;
    const key = `${of}/press/${user.id}/${action.action_ts}`;
    const content = { kind: 'choice', option, ...(label === undefined ? {} : { label }) } as const;
    return [{ key, externalId: key, replyTo: of, gesture: { kind: 'message', content } }];
  });
  if (said.length === 0) return null;
  return { place: { channel, root: channel.startsWith('D') ? null : root }, author: user.id, said };
}
