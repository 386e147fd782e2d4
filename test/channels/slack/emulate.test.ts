import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InboundMessage } from '../../../src/core/message.ts';
import { inletTo } from '../inlet.ts';
import { outboundTo } from '../outbound.ts';
import { anasToken, emulator, startWorkspace, type Workspace } from './emulator.ts';
import { botToken, signingSecret } from './fake-slack.ts';
import { signedPost } from './sign.ts';
import { appOn, channelOn, type Files } from './talk.ts';

/** What its answers hold, each method's own members. */
interface Answer {
  readonly user_id: string;
  readonly team_id: string;
  readonly channel: { readonly id: string };
  readonly message: { readonly ts: string };
  readonly messages: Record<string, unknown>[];
  readonly file: Record<string, unknown>;
}

/** Its events are injected as signed posts. */
describe.skipIf(emulator === null)(
  'Slack’s Web API by emulate@0.12.2 (left out: the package emulate is missing)',
  () => {
    let peer: Workspace<Answer>;
    let channel: ReturnType<typeof channelOn>;
    const files: Files = new Map();
    const heard: InboundMessage[] = [];
    let team = '';
    let ana = '';
    let bot = '';
    /** Ana's direct messages with the bot. */
    let direct = '';

    const call = (method: string, args: Record<string, unknown>, token = anasToken) =>
      peer.call(method, args, token);
    const inject = async (event: object): Promise<void> => {
      const payload = { type: 'event_callback', team_id: team, event_id: 'Ev1', event };
      const response = await channel.webhook?.(
        signedPost(JSON.stringify(payload), signingSecret, Date.now()),
      );
      expect(response?.status).toBe(200);
    };
    /** What the emulator keeps of a conversation, newest first. */
    const history = async (): Promise<Record<string, unknown>[]> =>
      (await call('conversations.history', { channel: direct, include_all_metadata: true }, botToken))
        .messages;

    beforeAll(async () => {
      peer = await startWorkspace(40_000 + (process.pid % 20_000));
      ({ user_id: ana, team_id: team } = await call('auth.test', {}));
      ({ user_id: bot } = await call('auth.test', {}, botToken));
      direct = (await call('conversations.open', { users: ana }, botToken)).channel.id;
      channel = channelOn(appOn({ url: `${peer.url}/api/` }), files);
      await channel.start(
        inletTo(async (message) => {
          heard.push(message);
          return { conversation: 'c', duplicate: false };
        }),
      );
    });
    afterAll(async () => {
      await channel?.stop();
      await peer?.close();
    });

    const to = () => ({ channel: 'slack', account: team, user: direct });

    test('a customer’s post has her name, and is stored under its own time', async () => {
      const { message } = await call('chat.postMessage', { channel: direct, text: 'no tengo red' });
      await inject({ ...message, channel: direct, channel_type: 'im', user: ana });
      expect(heard.at(-1)).toMatchObject({
        key: `slack/${team}/${direct}/${message.ts}`,
        address: to(),
        customerName: 'Ana García',
        gesture: { kind: 'message', content: { kind: 'text', text: 'no tengo red' } },
      });
    });

    test('an answer arrives with its buttons and our name for it, and is found by that', async () => {
      const part = outboundTo(to(), {
        name: 'e.1.0',
        text: '**Reinicia** el <!channel> módem',
        options: [{ id: 'helped', label: 'Sí' }],
      });
      expect(await channel.find?.(part)).toBe('absent');
      const sent = await channel.send(part);
      const [message] = await history();
      expect(message).toMatchObject({
        ts: sent.externalId,
        text: '*Reinicia* el &lt;!channel&gt; módem',
        metadata: { event_type: 'relevo_message', event_payload: { name: 'e.1.0' } },
      });
      expect(JSON.stringify(message?.blocks)).toContain('"value":"helped"');
      expect(await channel.find?.(part)).toEqual(sent);
    });

    test('an answer goes into its thread', async () => {
      const { message } = await call('chat.postMessage', { channel: direct, text: 'otra cosa' });
      const part = outboundTo({ ...to(), user: `${direct}:${message.ts}` }, { name: 'e.2.0' });
      const sent = await channel.send(part);
      const { messages } = await call('conversations.replies', { channel: direct, ts: message.ts }, botToken);
      expect(messages.map(({ ts }) => ts)).toEqual([message.ts, sent.externalId]);
      expect(await channel.find?.(part)).toEqual(sent);
    });

    test('a photo goes out and comes in', async () => {
      files.set('f1', { type: 'image/png', body: Buffer.from('our bytes') });
      const attachment = { id: 'f1', kind: 'image', name: 'foto.png', bytes: 9 } as const;
      const { externalId } = await channel.send(outboundTo(to(), { name: 'e.3.0', text: '', attachment }));
      const { file } = await call('files.info', { file: externalId }, botToken);
      expect(file).toMatchObject({ name: 'foto.png', size: 9 });

      await inject({
        type: 'message',
        subtype: 'file_share',
        channel: direct,
        channel_type: 'im',
        user: ana,
        ts: '1700000009.000100',
        text: '',
        files: [file],
      });
      const content = heard.at(-1)?.gesture.kind === 'message' ? heard.at(-1)?.gesture : null;
      if (content?.kind !== 'message' || content.content.kind !== 'media') throw new Error('no media');
      const chunks: Uint8Array[] = [];
      for await (const chunk of (await channel.fetch?.(content.content.media)) ?? []) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe('our bytes');
    });

    test('a reaction to our post is hers', async () => {
      const { externalId } = await channel.send(outboundTo(to(), { name: 'e.4.0' }));
      await call('reactions.add', { channel: direct, timestamp: externalId, name: '+1' });
      const item = { type: 'message', channel: direct, ts: externalId };
      await inject({
        type: 'reaction_added',
        user: ana,
        reaction: '+1',
        item,
        item_user: bot,
        event_ts: '1.2',
      });
      expect(heard.at(-1)?.gesture).toEqual({ kind: 'reaction', of: externalId, emoji: '👍' });
    });

    test('its refusals are ours', async () => {
      const nowhere = outboundTo({ ...to(), user: 'C0NOWHERE' });
      await expect(channel.send(nowhere)).rejects.toMatchObject({
        code: 'recipient_unreachable',
        permanent: true,
      });
    });
  },
);
