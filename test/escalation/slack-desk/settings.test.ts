import { expect, test } from 'vitest';
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
  ['the same channel twice', 'tiers: { 1: C0123ABCD, 2: C0123ABCD }', /tier 1 has this channel already/u],
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
    'a person twice',
    'tiers: { 1: C0123ABCD }\n    agents: [{ slack: U01A, name: Ana }, { slack: U01A, name: Leo }]',
    /U01A is there twice/u,
  ],
])('%s is refused', (_, lines, fault) => {
  expect(faultsOf(`desk:\n  slack:\n    ${lines}\n`)).toEqual([expect.stringMatching(fault)]);
});
