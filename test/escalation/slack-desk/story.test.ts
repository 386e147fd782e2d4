import { afterEach, expect, test } from 'vitest';
import { chosen, markedTexts } from './desk-people.ts';
import { ana, type DeskWorld, leo, level1, level2, openDeskWorld } from './desk-world.ts';

let world: DeskWorld;
afterEach(() => world.stop());

test.each(['webhook', 'socket'] as const)(
  'by %s: a case in Slack from the hand-over to the solution',
  async (mode) => {
    world = await openDeskWorld({ mode });
    const { people, until, fake } = world;
    const id = await world.handsOver('rita', 'no me anda el wifi <!channel>');
    await until(() => expect(world.cards(level1)).toHaveLength(1));
    expect(world.card(level1)).toContain('&lt;!channel&gt;');
    expect(world.card(level1)).toContain('<!date^');
    const card = () => world.cards(level1)[0];
    const ts = card()?.ts ?? '';

    // Ana takes it; the thread opens with what was said, and the card now offers what its holder can do.
    await people.presses(ana, level1, card(), 'take');
    await until(() => expect(world.card(level1)).toContain('Lo atiende Ana'));
    await until(() => expect(world.thread(level1, ts)[0]).toContain('no me anda el wifi'));
    expect(world.card(level1)).not.toContain('relevo.desk.take');

    // The customer's photo comes with name and words.
    await world.photo('rita', 'luz.png');
    await until(() => expect(world.shared(level1, ts)).toEqual(['luz.png']));
    await until(() => expect(world.thread(level1, ts).join()).toMatch(/Rita.*mire la luz/u));

    // An answer, undone; then another one, sent.
    await until(() => expect(world.card(level1)).toContain('mire la luz'));
    await people.presses(ana, level1, card(), 'answer');
    expect(JSON.stringify(fake.state.modals.at(-1))).toContain('Reinicie el módem.');
    expect(await people.submits(ana, { 'text.0': 'Mal escrito' })).toBeNull();
    const notice = () =>
      fake.state.channels
        .get(level1)
        ?.messages.findLast(({ blocks }) => JSON.stringify(blocks ?? '').includes('relevo.desk.undo'));
    await until(() => expect(notice()).toBeDefined());
    await people.presses(ana, level1, notice(), 'undo');
    await world.tenSecondsPass();
    await until(() => expect(world.thread(level1, ts).join()).toContain('no se envió nada'));
    expect(world.sent).toEqual([]);
    await people.presses(ana, level1, card(), 'answer');
    await people.submits(ana, { 'text.0': 'Reinicie el módem, por favor.' });
    await until(() => expect(notice()).toBeDefined());
    expect(world.sent).toEqual([]);
    await world.tenSecondsPass();
    await until(() => expect(world.sent.map(({ text }) => text)).toEqual(['Reinicie el módem, por favor.']));
    await until(() => expect(notice()).toBeUndefined());

    // Up to level 2: the old card says where it went, a new one stands in the other channel.
    await until(() => expect(world.card(level1)).toContain('Reinicie el módem, por favor.'));
    await people.presses(ana, level1, card(), 'escalate');
    expect(await people.submits(ana, { tier: chosen('2'), reason: '  ' })).toMatchObject({
      response_action: 'errors',
      errors: { reason: expect.any(String) },
    });
    await people.submits(ana, {
      tier: chosen('2'),
      reason: 'hay que ir a la casa',
      execution: 'se reinició',
    });
    await until(() => expect(world.cards(level2)).toHaveLength(1));
    await until(() => expect(world.card(level1)).toContain(`<#${level2}>`));
    expect(world.card(level1)).not.toContain('relevo.desk.');

    const second = () => world.cards(level2)[0];
    await people.presses(leo, level2, second(), 'take');
    await until(() => expect(world.card(level2)).toContain('Lo atiende Leo'));
    await until(() => expect(world.thread(level2, second()?.ts ?? '')[0]).toContain('se reinició'));
    await people.presses(leo, level2, second(), 'solve');
    expect(
      await people.submits(leo, { understanding: 'wifi', plan: '', execution: 'cambio', results: '' }),
    ).toMatchObject({
      response_action: 'errors',
    });
    await people.submits(leo, {
      understanding: 'wifi',
      plan: 'ir a la casa',
      execution: 'cambio',
      results: 'anda',
    });
    await until(() => expect(world.card(level2)).toContain('Resuelto por Leo'));
    const detail = await world.cases.open(id, { id: 'x', name: '' });
    expect(detail).toMatchObject({ stage: 'solved', logbook: { results: 'anda' } });
    expect(await people.commands(leo, `find ${detail?.number}`)).toContain('Resuelto por Leo');
    expect(await people.commands(leo, 'away')).toContain('Ausente');
    expect(await people.opensHome(leo)).toContain('Ausente');
    expect(await people.commands(leo, 'available')).toContain('Disponible');
    expect(world.cards(level1)).toHaveLength(1);
    expect(world.cards(level2)).toHaveLength(1);
    // Nothing of a customer's ever mentions anybody.
    expect(markedTexts(fake).filter((text) => /<!(?!date\^)/u.test(text))).toEqual([]);
    expect(world.sent).toHaveLength(1);
  },
  90_000,
);
