import { z } from 'zod';
import { goldenCounts } from './console-golden.ts';
import { list, reason, share } from './console-parts.ts';

export const gateQuery = z.object({
  questions: z.coerce.number().int().min(0).max(2_000).default(500).describe('Real ones, the newest.'),
});

const goldenShares = goldenCounts.extend({ of: z.int(), answered: z.int() });

const realShares = z.object({ of: z.int(), answered: z.int(), askedBack: z.int(), handedOver: z.int() });

export const gateView = z.object({
  wrongRate: share,
  publishedWrongRate: share.nullable(),
  points: list(
    z.object({
      wrongRate: share,
      answerFrom: share,
      golden: goldenShares.extend({ byLanguage: z.record(z.string(), goldenShares) }),
      real: realShares.extend({
        byLanguage: z.record(z.string(), realShares),
        byBrand: z.record(z.string(), realShares),
      }),
    }),
  ),
});

export const gateSet = z.object({ wrongRate: z.number().gt(0).lt(1), reason });
