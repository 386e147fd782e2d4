import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anasToken, emulator, startWorkspace, type Workspace } from '../../channels/slack/emulator.ts';
import { botToken } from '../../channels/slack/fake-slack.ts';
import type { StoredMessage } from '../../channels/slack/fake-state.ts';
import { chosen } from './desk-people.ts';
import { type DeskWorld, openDeskWorld } from './desk-world.ts';

interface Answer {
  readonly user_id: string;
  readonly team_id: string;
  readonly trigger_id: string;
  readonly channel: { readonly id: string };
  readonly messages: (StoredMessage & { readonly metadata?: { readonly event_type: string } })[];
}

/**
 * The emulator has no Socket Mode (`apps.connections.open`), presses no buttons, submits no modals, sends no commands,
 * limits no rates and does not look into blocks: for these the fake stands in, whose signed calls also bring here what
 * Slack would say.
 */
describe.skipIf(emulator === null)(
  'the desk on emulate@0.12.2 (left out: the package emulate is missing)',
  () => {
    let peer: Workspace<Answer>;
    let world: DeskWorld;
    let ana = '';
    let bot = '';
    const tiers: Record<number, string> = {};

    const call = (method: string, args: Record<string, unknown>, token = botToken) =>
      peer.call(method, args, token);
    /** Our cards in a tier's channel, newest first. */
    const cards = async (tier: number) =>
      (
        await call('conversations.history', { channel: tiers[tier], include_all_metadata: true })
      ).messages.filter(({ metadata }) => metadata?.event_type === 'relevo_card');
    const thread = async (tier: number, ts: string) =>
      (await call('conversations.replies', { channel: tiers[tier], ts })).messages.slice(1);
    const newest = async (tier: number, text: string): Promise<StoredMessage> =>
      world.until(async () => {
        const [card] = await cards(tier);
        expect(JSON.stringify(card?.blocks)).toContain(text);
        if (card === undefined) throw new Error('there is no card');
        return card;
      });
    /** Presses a button with a trigger that the emulator gave out, and takes once. */
    const presses = async (tier: number, card: StoredMessage, action: string) => {
      const { trigger_id: trigger } = await call('views.generateTriggerId', { user_id: ana });
      const press = world.people.pressOf(ana, tiers[tier] ?? '', card, action);
      await world.people.deliver({ ...press, trigger_id: trigger });
    };
    const warnings = () => world.logged(40).join('\n');

    beforeAll(async () => {
      peer = await startWorkspace(20_000 + (process.pid % 15_000));
      const { user_id: user, team_id: team } = await call('auth.test', {}, anasToken);
      ana = user;
      bot = (await call('auth.test', {})).user_id;
      for (const tier of [1, 2]) {
        const { channel } = await call('conversations.create', {
          name: `nivel-${tier}`,
          is_private: true,
        });
        tiers[tier] = channel.id;
        await call('conversations.invite', { channel: channel.id, users: ana });
      }
      const agents = [{ slack: ana, name: 'Ana' }];
      const settings = { tiers, agents, answerMark: {}, brands: {} };
      world = await openDeskWorld({ slack: { apiUrl: `${peer.url}/api/`, team, settings } });
    });
    afterAll(async () => {
      await world?.stop();
      await peer?.close();
    });

    test('a card, its thread, an answer with time to undo, a photo, another tier', async () => {
      const id = await world.handsOver('rita', 'no me anda el wifi');
      const card = await newest(1, 'En espera');
      await presses(1, card, 'take');
      const taken = await newest(1, 'Lo atiende Ana');
      expect(taken.ts).toBe(card.ts);
      await world.until(async () =>
        expect(JSON.stringify(await thread(1, card.ts))).toContain('no me anda el wifi'),
      );
      await world.photo('rita', 'luz.png');
      await world.until(async () => expect(JSON.stringify(await thread(1, card.ts))).toContain('luz.png'));

      // The modal is taken by the emulator: a trigger works once, and the next press has one of its own.
      const [button] = world.people.pressOf(ana, tiers[1] ?? '', taken, 'answer').actions;
      await presses(1, taken, 'answer');
      await presses(1, taken, 'escalate');
      const place = [String((button as { value?: string } | undefined)?.value), tiers[1], card.ts];
      const view = (callback: string) => ({
        id: `V-${callback}`,
        view: {
          type: 'modal',
          callback_id: `relevo.desk.${callback}`,
          private_metadata: [...place, '0'].join('\n'),
        },
      });
      expect(await world.people.submits(ana, { 'text.0': 'Reinicie el módem.' }, view('answer'))).toBeNull();
      await world.until(async () =>
        expect(JSON.stringify(await thread(1, card.ts))).toContain('en 10 segundos'),
      );
      await world.tenSecondsPass();
      await world.until(() => expect(world.sent.map(({ text }) => text)).toEqual(['Reinicie el módem.']));
      await world.until(async () =>
        expect(JSON.stringify(await thread(1, card.ts))).not.toContain('en 10 segundos'),
      );

      const fields = { tier: chosen('2'), reason: 'hay que ir' };
      expect(await world.people.submits(ana, fields, view('escalate'))).toBeNull();
      await newest(2, 'En espera');
      await newest(1, `<#${tiers[2]}>`);
      expect(await world.cases.open(id, { id: '', name: '' })).toMatchObject({ tier: 2, stage: 'queued' });
      expect(warnings()).toBe('');
    });

    test('a private line and an agent’s own page', async () => {
      const [card] = await cards(2);
      if (card === undefined) throw new Error('there is no card');
      world.setSettings({ tiers, agents: [], answerMark: {}, brands: {} });
      await presses(2, card, 'take');
      world.setSettings({ tiers, agents: [{ slack: ana, name: 'Ana' }], answerMark: {}, brands: {} });
      await world.fake.deliver(
        world.fake.eventOf({
          type: 'app_home_opened',
          user: ana,
          tab: 'home',
          channel: 'D1',
          event_ts: '1.1',
        }),
      );
      expect(warnings()).toBe('');
      expect(await world.people.commands(ana, 'status')).toContain('/archives/');
    });

    test('a modal with a trigger that was used: nothing is done, and the case stays as it is', async () => {
      const card = await newest(2, 'En espera');
      const { trigger_id: trigger } = await call('views.generateTriggerId', { user_id: ana });
      const press = world.people.pressOf(ana, tiers[2] ?? '', card, 'note');
      await world.people.deliver({ ...press, trigger_id: trigger });
      expect(warnings()).toBe('');
      await world.people.deliver({ ...press, trigger_id: trigger });
      expect(warnings()).toContain('a button in Slack failed');
    });

    test('a channel that is archived, a bot that was removed: told, and mended by itself', async () => {
      const channel = tiers[1] ?? '';
      await call('conversations.archive', { channel });
      const before = (await cards(1)).length;
      await world.handsOver('leo', 'sin señal');
      await world.until(async () =>
        expect(await world.people.commands(ana, 'status')).toContain('el canal está archivado'),
      );
      await call('conversations.unarchive', { channel });
      await world.sweep();
      await newest(1, 'sin señal');
      expect(await cards(1)).toHaveLength(before + 1);

      await call('conversations.kick', { channel, user: bot }, anasToken);
      await world.handsOver('mar', 'sin tono');
      await world.until(async () =>
        expect(await world.people.commands(ana, 'status')).toMatch(/el bot no está en (?:el canal|él)/u),
      );
      await call('conversations.invite', { channel, users: bot }, anasToken);
      await world.sweep();
      await newest(1, 'sin tono');
    });
  },
);
