import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CaseFact, DayFigures } from '../../src/core/figures.ts';
import type { OpenStore } from './store.ts';
import { start } from './story.ts';

function fact(conversation: string, seq: number): CaseFact {
  return {
    conversation,
    seq,
    brand: null,
    channel: 'webchat',
    language: 'es',
    startedAt: start,
    wrote: { customer: seq, bot: 1, agent: 0 },
    firstAnswerMs: 900,
    handOvers: ['asked'],
    firstHandOverAt: start + 1_000,
    firstHumanMs: null,
    deadlines: [{ tier: 1, deadline: 'accept', kept: 1, missed: 0 }],
    promises: { judged: 0, held: 0 },
    outcome: null,
    closedAt: null,
    reopenings: 0,
    stars: null,
    now: { tier: 1, queued: true, missed: [], told: [] },
  };
}

const place = { at: start, conversation: 'a', seq: 2 };

/** What reports are made from. */
export function describeFacts(open: () => Promise<OpenStore>): void {
  describe('facts for reports', () => {
    let opened: OpenStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.cleanup());

    test('are nothing at first', async () => {
      const { facts } = opened.store;
      expect(await facts.place()).toBeNull();
      expect(await facts.of(['a'])).toEqual([]);
      expect(await facts.of([])).toEqual([]);
      expect(await facts.ofDay('2026-11-22')).toEqual([]);
      expect(await facts.days('2026-01-01', '2026-12-31')).toEqual([]);
      expect(await facts.dueDays(start, 10)).toEqual([]);
    });

    test('are kept by conversation and day, with the place of the log in them', async () => {
      const { facts } = opened.store;
      const one = { day: '2026-11-21', fact: fact('a', 2) };
      const two = { day: '2026-11-22', fact: fact('b', 1) };
      await facts.save([one, two], place);
      const other = (await opened.another()).facts;
      expect(await other.place()).toEqual(place);
      expect((await other.of(['b', 'a', 'c'])).toSorted((x, y) => x.seq - y.seq)).toEqual([
        two.fact,
        one.fact,
      ]);
      expect(await other.ofDay('2026-11-21')).toEqual([one.fact]);
      await facts.save([], { ...place, seq: 3 });
      expect(await other.place()).toEqual({ ...place, seq: 3 });
    });

    test('never go back, and move to another day', async () => {
      const { facts } = opened.store;
      await facts.save([{ day: '2026-11-21', fact: fact('a', 5) }], place);
      await facts.save([{ day: '2026-11-21', fact: fact('a', 4) }], place);
      expect(await facts.of(['a'])).toEqual([fact('a', 5)]);
      await facts.save([{ day: '2026-11-22', fact: fact('a', 6) }], place);
      expect(await facts.ofDay('2026-11-21')).toEqual([]);
      expect(await facts.ofDay('2026-11-22')).toEqual([fact('a', 6)]);
    });

    test('make the figures of their days due, newest day first, until they are made anew', async () => {
      const { facts } = opened.store;
      await facts.save([{ day: '2026-11-20', fact: fact('a', 1) }], place);
      await facts.save([{ day: '2026-11-21', fact: fact('b', 1) }], place);
      expect(await facts.dueDays(start, 10)).toEqual(['2026-11-21', '2026-11-20']);
      expect(await facts.dueDays(start, 1)).toEqual(['2026-11-21']);
      expect(await facts.days('2026-11-20', '2026-11-21')).toEqual([]);
      const never: DayFigures = { day: '2026-11-20', cells: [], dueAt: null };
      const later: DayFigures = { day: '2026-11-21', cells: [], dueAt: start + 5 };
      await facts.saveDay(never);
      await facts.saveDay(later);
      expect(await facts.dueDays(start, 10)).toEqual([]);
      expect(await facts.dueDays(start + 5, 10)).toEqual(['2026-11-21']);
      expect(await facts.days('2026-11-20', '2026-11-21')).toEqual([never, later]);
      expect(await facts.days('2026-11-21', '2026-11-30')).toEqual([later]);
      await facts.save([{ day: '2026-11-20', fact: fact('a', 2) }], place);
      expect(await facts.dueDays(start, 10)).toEqual(['2026-11-20']);
      expect(await facts.days('2026-11-20', '2026-11-20')).toEqual([never]);
    });
  });
}
