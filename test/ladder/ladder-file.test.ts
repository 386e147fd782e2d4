import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAppRules } from '../../src/app-rules.ts';
import { brandOf, hoursOf, ladderOf } from '../../src/core/rules.ts';
import { type Ladder, parseLadder } from '../../src/ladder-file.ts';

const whole = `timeZone: America/Bogota
calendars:
  oficina:
    shifts:
      mon-fri: [9:00-13:00, 14:00-18:00]
      sat, sun: [10:00-12:00]
    holidays: [2026-12-08, 12-25]
  guardia:
    timeZone: Europe/Madrid
    shifts: { mon-sun: [0:00-24:00] }
skills:
  redes: [wifi, router]
agents:
  - user: Ana@example.com
    skills: [redes]
  - user: luis@example.com
tiers:
  - level: 1
    name: Primera
    calendar: oficina
    members: [ana@example.com, Luis@example.com]
    capacity: 3
  - level: 2
    name: Segunda
    skills: [redes]
    acceptWithin: 20m
    assess: true
  - level: 3
    name: Tercera
atTop: { alarmEvery: 7m }
plans:
  - name: free
    tiers: [1, 2]
  - name: special
    calendar: guardia
    deadlines:
      - { tier: 2, acceptWithin: 2m, calendar: oficina }
    channels: [webchat]
    videoMinutes: 60
brands:
  - name: acme
    knowledge: acme
    channels: [telegram]
    tiers: [2, 3]
    calendar: oficina
`;

function read(text: string): Ladder {
  const parsed = parseLadder(text, 'relevo.yaml');
  if ('faults' in parsed) throw new Error(parsed.faults.join('\n'));
  return parsed.ladder;
}

function faultsOf(text: string): string[] {
  const parsed = parseLadder(text, 'relevo.yaml');
  return 'faults' in parsed ? parsed.faults : [];
}

describe('a ladder with everything in it', () => {
  const ladder = read(whole);
  const rules = { ...ladder, say: () => '' };
  const brandOn = (channel: string) => brandOf(rules, { channel, account: 'main', user: 'u' });
  const tiersOf = (channel: string, plan: string | null = null) =>
    ladderOf(rules, { brand: brandOn(channel), plan });

  test('has its tiers, their people and their hours', () => {
    expect(tiersOf('webchat', 'special').map(({ level }) => level)).toEqual([1, 2, 3]);
    const [first, second] = tiersOf('webchat');
    expect(first).toMatchObject({ members: ['ana@example.com', 'luis@example.com'], capacity: 3 });
    expect(second).toMatchObject({ acceptWithinMs: 1_200_000, assess: true, skills: ['redes'] });
    expect(first.hours?.timeZone).toBe('America/Bogota');
    expect(second?.hours).toBeUndefined();
    expect(ladder).toMatchObject({ alarmEveryMs: 420_000, nameZone: true, plans: ['free', 'special'] });
    expect(ladder.routing).toMatchObject({
      agents: { 'ana@example.com': ['redes'], 'luis@example.com': [] },
    });
  });

  test('the first plan is that of a customer of whom nothing is known', () => {
    expect(tiersOf('webchat').map(({ level }) => level)).toEqual([1, 2]);
    expect(tiersOf('webchat', 'one that was taken out')).toEqual(tiersOf('webchat', 'free'));
  });

  test('a plan has its own hours and deadlines', () => {
    const [first, second] = tiersOf('webchat', 'special');
    expect(hoursOf(first).timeZone).toBe('Europe/Madrid');
    expect(second).toMatchObject({ acceptWithinMs: 120_000, solveWithinMs: 14_400_000 });
    expect(second?.hours?.timeZone).toBe('America/Bogota');
    const special = { brand: null, plan: 'special' };
    expect(ladder.videoMinutesOf?.(special)).toBe(60);
    expect(ladder.channelsOf?.(special)).toEqual(['webchat']);
    expect(ladder.videoMinutesOf?.({ brand: null, plan: null })).toBeNull();
    expect(ladder.planOf?.({ brand: null, plan: null })).toEqual({ name: 'free', title: 'free' });
  });

  test('a brand is known by its channels and has its own tiers', () => {
    expect(tiersOf('telegram', 'special').map(({ level }) => level)).toEqual([2, 3]);
    expect(tiersOf('telegram').map(({ level }) => level)).toEqual([2]);
    expect(tiersOf('telegram')[0].hours?.timeZone).toBe('America/Bogota');
  });

  test('the shipped file is right, and right with all that it shows', () => {
    const text = readFileSync(join(import.meta.dirname, '../../relevo.yaml'), 'utf8');
    expect(faultsOf(text)).toEqual([]);
    expect(read(text).tiers.every(({ hours }) => hours === undefined)).toBe(true);
    const shown = text
      .replace(
        /^(\s*)# (?=\s*(?:timeZone|calendars|oficina|shifts|mon-fri|sat|holidays|skills|facturación|calendar|members|capacity|assess|atTop|alarmEvery|plans|tiers|deadlines|videoMinutes|agents|brands|title|channels):|\s*- )/gmu,
        '$1',
      )
      .replace('calendar: guardia', 'calendar: oficina');
    expect(faultsOf(shown)).toEqual([]);
    expect(read(shown)).toMatchObject({ plans: ['free', 'subscription', 'paid', 'special'] });
  });
});

test('the tier that the bot asks is one that there is', () => {
  expect(read('').botAsks).toBeUndefined();
  expect(read('bot: { asks: 2 }').botAsks).toBe(2);
  expect(faultsOf('bot: { asks: 9 }')).toEqual([
    'relevo.yaml line 1: bot.asks: there is no tier of level 9: expected one of 1, 2, 3',
  ]);
});

describe('faults', () => {
  test('all of them at once, each with its line and what would be right', () => {
    const broken = `calendars:
  oficina:
    timeZone: Europe/Madriz
    shifts: { mon-fri: [9:00-25:00], thu: [9:00-10:00], lun: [] }
  nunca:
    shifts: { mon: [] }
    holidays: [2026-02-30]
skills: { redes: [wifi] }
agents:
  - user: ana@example.com
    skills: [magia]
  - user: eva@example.com
tiers:
  - level: 1
    name: A
    calendar: verano
    members: [ana@example.com, pepe]
  - level: 3
    name: B
    skills: [redes, cocina]
    members: [ana@example.com]
    capacity: 0
plans:
  - name: free
    tiers: []
  - name: free
    tiers: [7]
    calendar: noche
    deadlines: [{ tier: 2 }]
brands:
  - { name: a, knowledge: a, channels: [telegram], calendar: noche }
  - { name: b, knowledge: b, channels: [telegram], tiers: [9] }
`;
    const told = faultsOf(broken).map((fault) => {
      const [, line, path, message] = /line (\d+): ([^:]+): (.*)/u.exec(fault) ?? [];
      return `${line} ${path} ${message}`;
    });
    expect(told.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).toEqual([
      expect.stringContaining('3 calendars.oficina.timeZone is no time zone: write it like Europe/Madrid'),
      expect.stringContaining('4 calendars.oficina.shifts.mon-fri.0 "9:00-25:00" is no shift: write it like'),
      expect.stringContaining('5 calendars.nunca has no hour: expected a shift on at least one day'),
      expect.stringContaining('7 calendars.nunca.holidays.0 is no date: write it like 2026-12-25'),
      expect.stringContaining('11 agents.0.skills.0 there is no skill "magia": expected one of redes'),
      expect.stringContaining('12 agents.1.user eva@example.com is in no tier'),
      expect.stringContaining(
        '16 tiers.0.calendar there is no calendar "verano": expected one of oficina, nunca',
      ),
      expect.stringContaining('17 tiers.0.members.1 there is no agent "pepe"'),
      expect.stringContaining('18 tiers.1.level level 3 comes after level 1, which leaves a gap: expected 2'),
      expect.stringContaining('20 tiers.1.skills.1 there is no skill "cocina"'),
      expect.stringContaining('22 tiers.1.capacity'),
      expect.stringContaining('25 plans.0.tiers expected the level of at least one tier'),
      expect.stringContaining('26 plans.1.name there is a plan "free" already'),
      expect.stringContaining('27 plans.1.tiers.0 there is no tier of level 7: expected one of 1, 3'),
      expect.stringContaining('28 plans.1.calendar there is no calendar "noche"'),
      expect.stringContaining('29 plans.1.deadlines.0.tier there is no tier of level 2'),
      expect.stringContaining('31 brands.0.calendar there is no calendar "noche"'),
      expect.stringContaining('32 brands.1.tiers.0 there is no tier of level 9'),
      expect.stringContaining('32 brands.1.tiers has no tier in common with the plan free'),
      expect.stringContaining('32 brands.1.channels.0 telegram is the channel of a already'),
    ]);
  });

  test('the phone beside video calls, and whether they are recorded', () => {
    const file = 'video:\n  phone: "+34 900 000 000"\n  recorded: true\n';
    const read = parseLadder(file, 'relevo.yaml');
    expect('faults' in read ? read : read.ladder.calls).toEqual({ phone: '+34 900 000 000', recorded: true });
    const none = parseLadder('', 'relevo.yaml');
    expect('faults' in none ? none : none.ladder.calls).toEqual({ phone: null, recorded: false });
    const faults = faultsOf('video: { phone: call me, record: true }').join('\n');
    expect(faults).toContain('video.phone: is no phone number');
    expect(faults).toContain('video.record: there is no such setting');
  });

  test.each([
    ['shifts: { lun: [9:00-10:00] }', '"lun" names no days'],
    ['shifts: { fri-mon: [9:00-10:00] }', '"fri-mon" names no days'],
    ['shifts: { mon-fri: [9:00-10:00], wed: [11:00-12:00] }', 'wed has its shifts already'],
    ['shifts: { mon: [9:00-9:00] }', 'is no shift'],
    ['shifts: { mon: ["9 to 5"] }', 'is no shift'],
  ])('in a calendar: %s', (text, says) => {
    expect(faultsOf(`calendars:\n  c: { ${text} }`).join('\n')).toContain(says);
  });

  test('a list where text belongs hides nothing else', () => {
    const faults = faultsOf('tiers: [{level: 1, name: [], calendar: x}, 7]\nplans: 3\nbrands: [null]');
    const paths = faults.map((fault) => fault.split(': ')[1]);
    expect(new Set(paths)).toEqual(
      new Set(['tiers.0.name', 'tiers.0.calendar', 'tiers.1', 'plans', 'brands.0']),
    );
  });
});

describe('brands', () => {
  const head = 'tiers: [{ level: 1, name: A, members: [ana@example.com] }, { level: 2, name: B }]';

  test('are known by their addresses, the more exactly named the better', () => {
    const { brandOf, serves, chatHosts } = read(`${head}
brands:
  - { name: all, channels: [telegram, webchat/Help.example] }
  - { name: bot, channels: [telegram/77] }
  - { name: one, channels: [telegram/77/5] }`);
    const at = (channel: string, account: string, user = '1') => brandOf?.({ channel, account, user });
    expect(at('telegram', '12')).toBe('all');
    expect(at('telegram', '77')).toBe('bot');
    expect(at('telegram', '77', '5')).toBe('one');
    expect(at('webchat', 'help.example')).toBe('all');
    expect(at('webchat', 'default')).toBeNull();
    expect(at('email', '12')).toBeNull();
    expect(chatHosts).toEqual(['help.example']);
    expect([serves('bot', 'telegram'), serves('bot', 'webchat')]).toEqual([true, false]);
    expect([serves(null, 'telegram'), serves(null, 'webchat')]).toEqual([false, true]);
  });

  test('have their names, articles and words, and people who see them alone', () => {
    const ladder = read(`${head}
agents: [{ user: Ana@example.com, brands: [acme] }]
plans: [{ name: free, title: Free }]
brands:
  - { name: acme, title: Acme S. A., channels: [email], phrases: { es: { goodbye: 'Chau, de {company}.' } } }
  - { name: norte, channels: [slack], knowledge: acme, tiers: [2] }`);
    expect(ladder.brands).toEqual([
      {
        name: 'acme',
        title: 'Acme S. A.',
        knowledge: 'acme',
        phrases: { es: { goodbye: 'Chau, de {company}.' } },
      },
      { name: 'norte', title: 'norte', knowledge: 'acme', phrases: {} },
    ]);
    expect(ladder.agentBrands).toEqual({ 'ana@example.com': ['acme'] });
    expect(ladder.planOf?.({ brand: null, plan: 'gone' })).toEqual({ name: 'free', title: 'Free' });
    const { rules, wordsOf, change, knowledgeOf } = createAppRules(ladder, {}, () => 'E-mail');
    expect(wordsOf('acme')('es', 'goodbye')).toBe('Chau, de Acme S. A..');
    expect(wordsOf('acme')('es', 'greeting', { named: 'no', name: '' })).toContain(
      'asistente automático de Acme S. A.',
    );
    expect(wordsOf(null)('es', 'greeting', { named: 'no', name: '' })).toContain(
      'asistente automático de soporte.',
    );
    expect(rules().sayFor?.('acme')('es', 'rated-thanks')).toContain('Gracias');
    expect([knowledgeOf('norte'), knowledgeOf('gone'), knowledgeOf(null)]).toEqual(['acme', 'gone', null]);
    expect(rules().channelTitle?.('email', 'acme')).toBe('E-mail');
    expect(rules().channelTitle?.('email', 'norte')).toBeNull();
    change(read(`${head}\nbrands: [{ name: acme, title: Otra, channels: [email] }]`));
    expect(wordsOf('acme')('es', 'greeting', { named: 'no', name: '' })).toContain('de Otra.');
  });

  test('with faults: all of them at once, each with its line and what would be right', () => {
    const told = faultsOf(`${head}
agents:
  - { user: ana@example.com, brands: [acme, gama] }
  - { user: eva@example.com, brands: [] }
plans:
  - { name: free, channels: [telegrm] }
  - { name: paid, channels: [] }
brands:
  - name: acme
    channels: [web]
    phrases:
      es: { godbye: adiós, goodbye: '{agent}', greeting: '', claimed: '{agent', option-wait: una opción demasiado larga para un botón }
      fr: { goodbye: salut }
  - { name: beta, channels: [] }
  - { name: delta, channels: [email] }`).map((fault) => {
      const [, line, path, message] = /line (\d+): ([^:]+): ([\s\S]*)/u.exec(fault) ?? [];
      return `${line} ${path} ${message}`;
    });
    const expected = [
      '3 agents.0.brands.1 there is no brand "gama": expected one of acme, beta, delta',
      '4 agents.1.brands expected at least one brand',
      '6 plans.0.channels.0 there is no channel "telegrm": expected one of webchat, ',
      '7 plans.1.channels expected at least one channel',
      '10 brands.0.channels.0 there is no channel "web"',
      '12 brands.0.phrases.es.godbye there is no phrase "godbye": expected one of ',
      '12 brands.0.phrases.es.goodbye knows no {agent}: expected only {company}',
      '12 brands.0.phrases.es.greeting is empty',
      '12 brands.0.phrases.es.claimed cannot be read',
      '12 brands.0.phrases.es.option-wait has 40 characters: expected at most 24',
      '13 brands.0.phrases.fr',
      '14 brands.1.channels expected at least one channel',
      'brands.2.name nobody of tier 1 works for delta',
    ];
    for (const one of expected) expect(told.join('\n')).toContain(one);
  });
});
