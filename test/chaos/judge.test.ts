import { beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/core/conversation.ts';
import type { Commit, Event } from '../../src/core/event.ts';
import type { EffectRow } from '../../src/store/outbox.ts';
import type { Evidence, Known, PlatformLog } from './evidence.ts';
import { judge, type Verdict } from './judge.ts';

/** What a run leaves behind in which two customers wrote twice and were answered twice each. */
function clean(): Evidence {
  const customers = ['slack-0', 'telegram-0'];
  return {
    sent: new Map(customers.map((customer) => [customer, [0, 1].map((n) => textOf(customer, n))])),
    answered: new Set(customers.flatMap((customer) => [`${customer}-0`, `${customer}-1`])),
    found: new Map(customers.map((customer) => [customer, [conversationOf(customer)]])),
    platforms: [platformOf('slack', true), platformOf('telegram', false)],
  };
}

const textOf = (customer: string, n: number) => `¿y ahora? #${customer}-${n}#`;

function conversationOf(customer: string): Known {
  const wrote = (n: number) =>
    ({ type: 'customer-wrote', content: { kind: 'text', text: textOf(customer, n) } }) as Event;
  const said = (n: number) =>
    ({ type: 'said', from: 'agent', text: `Respuesta a #${customer}-${n}#` }) as unknown as Event;
  const events = [wrote(0), said(0), wrote(1), said(1)];
  const [channel = ''] = customer.split('-');
  return {
    conversation: {
      id: `c-${customer}`,
      ordinal: 1,
      address: { channel, account: 'a', user: customer },
      stage: { kind: 'claimed' },
    } as unknown as Conversation,
    commits: events.map((event, place) => ({ seq: place + 1, events: [event] }) as unknown as Commit),
    rows: [0, 1].map((n) => rowOf(`${customer}/${n}`, `${customer}:${n}`)),
  };
}

function rowOf(name: string, externalId: string, more: Partial<EffectRow> = {}): EffectRow {
  return { name, state: 'done', attempts: 1, externalId, error: null, receipt: null, ...more };
}

function platformOf(channel: string, askable: boolean): PlatformLog {
  const customer = `${channel}-0`;
  const taken = [0, 1].map((n) => ({
    customer,
    id: `${customer}:${n}`,
    text: `Respuesta a #${customer}-${n}#`,
    at: n,
  }));
  return { channel, askable, names: true, taken, orphans: new Set() };
}

type Change = (evidence: Evidence) => Evidence;

const atPlatform =
  (channel: string, change: (log: PlatformLog) => Partial<PlatformLog>): Change =>
  (evidence) => ({
    ...evidence,
    platforms: evidence.platforms.map((log) => (log.channel === channel ? { ...log, ...change(log) } : log)),
  });

const inStore =
  (customer: string, change: (known: Known) => Partial<Known>): Change =>
  (evidence) => ({
    ...evidence,
    found: new Map(
      [...evidence.found].map(([name, all]) => [
        name,
        name === customer ? all.map((known) => ({ ...known, ...change(known) })) : all,
      ]),
    ),
  });

const again = <T extends { readonly id: string }>([first, ...rest]: readonly T[]): T[] =>
  first === undefined ? [] : [first, { ...first, id: `${first.id} again` }, ...rest];

type Fault = Exclude<keyof Verdict, 'messages' | 'answers' | 'byPeople' | 'listed'>;

const broken: readonly { what: string; change: Change; seen: Fault }[] = [
  {
    what: 'a message that the store does not hold',
    change: inStore('slack-0', ({ commits }) => ({ commits: commits.filter(({ seq }) => seq !== 3) })),
    seen: 'lost',
  },
  {
    what: 'a customer whose conversation is gone',
    change: (evidence) => ({ ...evidence, found: new Map([...evidence.found].slice(1)) }),
    seen: 'lost',
  },
  {
    what: 'a commit that is missing between two others',
    change: inStore('slack-0', ({ commits }) => ({ commits: commits.filter(({ seq }) => seq !== 2) })),
    seen: 'lost',
  },
  {
    what: 'an answer that an agent was told is sent and the platform never had',
    change: atPlatform('telegram', ({ taken }) => ({ taken: taken.slice(1) })),
    seen: 'lost',
  },
  {
    what: 'words of the bot that are marked as sent and that the platform never had',
    change: inStore('slack-0', ({ rows }) => ({ rows: [...rows, rowOf('slack-0/2', 'slack-0:2')] })),
    seen: 'lost',
  },
  {
    what: 'a message that is stored twice',
    change: inStore('telegram-0', ({ commits }) => ({
      commits: [...commits, ...commits.slice(0, 1).map((commit) => ({ ...commit, seq: 5 }))],
    })),
    seen: 'storedTwice',
  },
  {
    what: 'two messages that are stored in the wrong order',
    change: inStore('telegram-0', ({ commits: [first, second, third, ...rest] }) => ({
      commits: [third, second, first, ...rest].flatMap((commit) => commit ?? []),
    })),
    seen: 'outOfOrder',
  },
  {
    what: 'an answer that a customer saw twice',
    change: atPlatform('slack', ({ taken }) => ({ taken: again(taken) })),
    seen: 'visibleDuplicates',
  },
  {
    what: 'a message that a page showed twice',
    change: atPlatform('slack', ({ taken }) => ({ taken: [...taken.slice(0, 1), ...taken] })),
    seen: 'visibleDuplicates',
  },
  {
    what: 'words that no effect knows of, where the platform can be asked',
    change: atPlatform('slack', ({ taken }) => ({
      taken: [...taken, { customer: 'slack-0', id: 'x', text: 'Hola', at: 3 }],
      orphans: new Set(['slack-0 x']),
    })),
    seen: 'visibleDuplicates',
  },
  {
    what: 'two answers that were seen in the wrong order',
    change: atPlatform('slack', ({ taken }) => ({ taken: [...taken].reverse() })),
    seen: 'outOfOrder',
  },
  {
    what: 'words of the bot that were seen in the wrong order',
    change: (evidence) =>
      atPlatform('slack', ({ taken }) => ({
        taken: [...taken].reverse().map((one) => ({ ...one, text: 'Hola' })),
      }))({ ...evidence, answered: new Set() }),
    seen: 'outOfOrder',
  },
  {
    what: 'an answer that went out twice on Telegram without a word',
    change: atPlatform('telegram', ({ taken }) => ({ taken: again(taken) })),
    seen: 'unlisted',
  },
  {
    what: 'a send that nobody ended',
    change: inStore('slack-0', ({ rows }) => ({ rows: rows.map((row) => ({ ...row, state: 'sending' })) })),
    seen: 'unfinished',
  },
  {
    what: 'a message that nobody answered',
    change: (evidence) => ({ ...evidence, answered: new Set([...evidence.answered].slice(1)) }),
    seen: 'unfinished',
  },
];

describe('the judge', () => {
  let verdict: Verdict;
  beforeAll(() => {
    verdict = judge(clean());
  });

  test('finds nothing where nothing is wrong', () => {
    expect(verdict).toEqual({
      lost: [],
      storedTwice: [],
      visibleDuplicates: [],
      outOfOrder: [],
      unlisted: [],
      unfinished: [],
      messages: 4,
      answers: 4,
      byPeople: 4,
      listed: 0,
    });
  });

  test.each(broken)('sees $what', ({ change, seen }) => {
    expect(judge(change(clean()))[seen]).not.toEqual([]);
  });

  test('takes the words of a customer that the bot repeats for no answer', () => {
    const quoted = atPlatform('slack', ({ taken }) => ({
      taken: [{ customer: 'slack-0', id: 'q', text: `Sobre «${textOf('slack-0', 1)}»:`, at: 0 }, ...taken],
    }));
    const { visibleDuplicates, outOfOrder } = judge(quoted(clean()));
    expect({ visibleDuplicates, outOfOrder }).toEqual({ visibleDuplicates: [], outOfOrder: [] });
  });

  test('does not take one customer’s message for that of another who has the same name for theirs', () => {
    const alike = atPlatform('telegram', ({ taken: [first] }) => ({
      taken:
        first === undefined
          ? []
          : ['telegram-0', 'telegram-1'].map((customer) => ({ ...first, customer, text: 'Hola' })),
      orphans: new Set(['telegram-1 telegram-0:0']),
    }));
    expect(judge(alike(clean())).unlisted).toEqual(['telegram-1 telegram-0:0: Hola']);
  });

  test('counts what people are shown of sends that may have gone out twice', () => {
    const shown = inStore('telegram-0', ({ rows: [first, ...rest] }) => ({
      rows: [
        ...(first === undefined
          ? []
          : [
              {
                ...first,
                externalId: 'telegram-0:0 again',
                error: 'unknown_outcome: it may have gone out twice',
              },
            ]),
        ...rest,
      ],
    }));
    const twice = atPlatform('telegram', ({ taken }) => ({ taken: again(taken) }));
    const { unlisted, listed } = judge(twice(shown(clean())));
    expect({ unlisted, listed }).toEqual({ unlisted: [], listed: 1 });
  });
});
