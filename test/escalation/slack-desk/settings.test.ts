import { expect, test } from 'vitest';
import { channelOf, channelsOf, levelOf } from '../../../src/escalation/desks/slack/tier-channels.ts';
import { parseLadder } from '../../../src/ladder-file.ts';

const faultsOf = (text: string): readonly string[] => {
  const read = parseLadder(text, 'relevo.yaml');
  return 'faults' in read ? read.faults : [];
};

test('a desk in Slack: channels of tiers, agents and marks', () => {
  const read = parseLadder(
    `desk:
  slack:
    tiers: { 1: C0123ABCD, 2: G0123ABCE }
    agents:
      - { slack: U0123ABCD, name: Ana, email: ana@example.com }
    answerMark: { 2: ">>" }
`,
    'relevo.yaml',
  );
  expect(read).toMatchObject({
    ladder: {
      slackDesk: {
        tiers: { 1: 'C0123ABCD', 2: 'G0123ABCE' },
        agents: [{ slack: 'U0123ABCD', name: 'Ana', email: 'ana@example.com' }],
        answerMark: { 2: '>>' },
      },
    },
  });
  expect(parseLadder('', 'relevo.yaml')).toMatchObject({ ladder: { slackDesk: null } });
});

test('a brand with channels of its own has no others', () => {
  const desk = { tiers: { 1: 'C01', 2: 'C02' }, brands: { acme: { 1: 'C03' } } };
  expect(channelOf(desk, 1, null)).toBe('C01');
  expect(channelOf(desk, 1, 'beta')).toBe('C01');
  expect(channelOf(desk, 1, 'acme')).toBe('C03');
  expect(channelOf(desk, 2, 'acme')).toBeNull();
  expect(channelsOf(desk)).toEqual(['C01', 'C02', 'C03']);
  expect([levelOf(desk, 'C02'), levelOf(desk, 'C03'), levelOf(desk, 'C04')]).toEqual(['2', '1', null]);
});

test('all faults at once, each with its line and what would be right', () => {
  const faults = faultsOf(`desk:
  slack:
    tiers:
      1: soporte
    agents:
      - { slack: ana, name: "" }
    answerMark: { 2: ">>" }
`);
  expect(faults).toEqual([
    expect.stringMatching(/line 4: desk\.slack\.tiers\.1: expected a Slack channel’s id/u),
    expect.stringMatching(/line 6: .*slack: expected a Slack member’s id/u),
    expect.stringMatching(/line 6: .*name: expected the name/u),
    expect.stringMatching(/line 7: .*tier 2 has no Slack channel/u),
  ]);
});

test.each([
  ['the same channel twice', 'tiers: { 1: C0123ABCD, 2: C0123ABCD }', /tiers\.1 has this channel already/u],
  [
    'a mark for a tier without a channel',
    'tiers: { 1: C0123ABCD }\n    answerMark: { 2: ">>" }',
    /tier 2 has no Slack channel/u,
  ],
  [
    'a tier that is not in the ladder',
    'tiers: { 9: C0123ABCD }',
    /line 3: .*there is no tier 9: expected one of 1, 2, 3/u,
  ],
  [
    'a channel of a brand that is not its own',
    'tiers: { 1: C0123ABCD }\n    brands: { acme: { 2: C0123ABCD } }\nbrands: [{ name: acme, channels: [email] }]',
    /line 4: .*brands\.acme\.2: tiers\.1 has this channel already/u,
  ],
  [
    'a brand that is none',
    'tiers: { 1: C0123ABCD }\n    brands: { acm: { 1: C0123ABCE } }\nbrands: [{ name: acme, channels: [email] }]',
    /line 4: .*there is no brand "acm": expected one of acme/u,
  ],
  [
    'a tier of a brand that is not in the ladder',
    'tiers: { 1: C0123ABCD }\n    brands: { acme: { 9: C0123ABCE } }\nbrands: [{ name: acme, channels: [email] }]',
    /line 4: .*brands\.acme\.9: there is no tier 9/u,
  ],
  [
    'a person twice',
    'tiers: { 1: C0123ABCD }\n    agents: [{ slack: U01A, name: Ana }, { slack: U01A, name: Leo }]',
    /U01A is there twice/u,
  ],
])('%s is refused', (_, lines, fault) => {
  expect(faultsOf(`desk:\n  slack:\n    ${lines}\n`)).toEqual([expect.stringMatching(fault)]);
});
