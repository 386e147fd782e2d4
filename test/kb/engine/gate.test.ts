import { describe, expect, it } from 'vitest';
import { fitGate, type Outcome, passGate } from '../../../src/kb/engine/gate.ts';

function outcomes(kind: Outcome['kind'], right: boolean, sure: readonly number[]): Outcome[] {
  return sure.map((value) => ({ kind, right, sure: value }));
}

describe('fitGate', () => {
  const known = [
    ...outcomes(
      'known',
      true,
      Array.from({ length: 300 }, (_, i) => 0.6 + i / 1000),
    ),
    ...outcomes(
      'known',
      false,
      Array.from({ length: 100 }, (_, i) => i / 110),
    ),
  ];

  it('keeps wrong answers at the rate that is allowed', () => {
    const { answerFrom } = fitGate(known, 0.05, 50);
    const wrong = known.filter(({ right, sure }) => !right && sure >= answerFrom).length;
    expect(wrong / known.length).toBeLessThanOrEqual(0.05);
  });

  it('rises as fewer wrong answers are allowed', () => {
    expect(fitGate(known, 0.01, 50).answerFrom).toBeGreaterThan(fitGate(known, 0.1, 50).answerFrom);
  });

  it('rises with unknown questions that look sure', () => {
    const more = [
      ...known,
      ...outcomes(
        'near',
        false,
        Array.from({ length: 100 }, () => 0.95),
      ),
    ];
    expect(fitGate(more, 0.1, 50).answerFrom).toBeGreaterThan(fitGate(known, 0.1, 50).answerFrom);
  });

  it('trusts short texts less when there was nothing to rehearse with', () => {
    expect(fitGate([], 0.05, 5).answerFrom).toBeGreaterThan(fitGate([], 0.05, 200).answerFrom);
  });
});

describe('passGate', () => {
  it.each([
    [0.9, 0.8, 0.85, 'answer'],
    [0.9, 0.5, 0.85, 'clarify'],
    [0.9, 0.2, 0.25, 'handoff'],
    [0.1, 0.05, 0.08, 'handoff'],
    [0.9, 0.5, 0, 'handoff'],
  ] as const)('known %d, sure %d, among %d → %s', (known, sure, among, decision) => {
    expect(passGate({ answerFrom: 0.7 }, known, sure, among)).toBe(decision);
  });
});
