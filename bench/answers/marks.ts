import { ours } from './contestant.ts';
import type { Result } from './judge.ts';
import type { Measured } from './measure.ts';
import { means, shown } from './table.ts';

/** One promise, and on what it was looked at. */
export interface Mark {
  /** In words, with its limit. */
  readonly name: string;
  readonly met: number;
  readonly of: number;
  /** Where it is missed, with the figures. */
  readonly missed: readonly string[];
  /** The figures of every mean, met or missed; empty for a mark on single bases. */
  readonly means: readonly string[];
}

/** What was found on one base or mean, and whether that is enough. */
type Look = (result: Result) => { readonly kept: boolean; readonly found: string };

const onlyOurs = (results: readonly Result[], noisy = false): Result[] =>
  results.filter((one) => one.contestant === ours.name && one.noisy === noisy);

function look(name: string, results: readonly Result[], at: Look): Mark {
  const looked = results.map((one) => ({ one, ...at(one) }));
  const missed = looked.filter(({ kept }) => !kept);
  const told = (list: typeof looked): string[] => list.map(({ one, found }) => `${one.base} ${found}`);
  return {
    name,
    met: results.length - missed.length,
    of: results.length,
    missed: told(missed),
    means: told(looked.filter(({ one }) => one.isMean === true)),
  };
}

const has = (figure: keyof Measured) => (one: Result) => !Number.isNaN(one.measured[figure]);

/** A base of NLP.js's own examples, where it may be as good. */
const isPeersOwn = (one: Result): boolean => one.base.endsWith('-nlpjs50');

function ahead(results: readonly Result[], figure: 'top1' | 'auroc' | 'utility', title: string): Mark {
  const rivals = (one: Result): Result[] =>
    results.filter(
      ({ base, noisy, contestant }) => base === one.base && noisy === one.noisy && contestant !== ours.name,
    );
  const judged = onlyOurs(results).filter((one) => has(figure)(one) && rivals(one).length > 0);
  return look(`${title} ahead of the best peer`, judged, (one) => {
    const own = one.measured[figure];
    const best = Math.max(...rivals(one).map(({ measured }) => measured[figure]));
    const kept = isPeersOwn(one) ? own >= best : own > best;
    return { kept, found: `${shown(own)} against ${shown(best)}` };
  });
}

const leastMeans = {
  full: { top1: 0.91, auroc: 0.96, recall95: 0.8, utility: 0.8 },
  '5': { top1: 0.71, auroc: 0.92, recall95: 0.62, utility: Number.NEGATIVE_INFINITY },
} as const;
const titles = { top1: 'top-1', auroc: 'AUROC', recall95: 'recall@95', utility: 'utility' } as const;

function meanMarks(results: readonly Result[]): Mark[] {
  return Object.entries(leastMeans).flatMap(([size, least]) => {
    const all = onlyOurs(means(results)).filter((one) => one.size === size);
    return (['top1', 'auroc', 'recall95', 'utility'] as const)
      .filter((figure) => Number.isFinite(least[figure]))
      .map((figure) => {
        const name = `${titles[figure]} ≥ ${100 * least[figure]} on the mean of ${size === 'full' ? 'full bases' : `bases of ${size} examples`}`;
        return look(name, all.filter(has(figure)), (one) => {
          const own = one.measured[figure];
          return { kept: own >= least[figure], found: shown(own) };
        });
      });
  });
}

function atMost(name: string, results: readonly Result[], figure: keyof Measured, most: number): Mark {
  const show = most < 1 ? shown : (value: number) => value.toFixed(most < 1000 ? 1 : 0);
  return look(name, results.filter(has(figure)), ({ measured }) => ({
    kept: measured[figure] <= most,
    found: show(measured[figure]),
  }));
}

function noise(results: readonly Result[]): Mark {
  const clean = onlyOurs(means(results));
  const noisy = onlyOurs(means(results), true);
  return look('noisy questions cost at most 2 points of top-1 on the mean', noisy, (one) => {
    const before = clean.find(({ base }) => base === one.base)?.measured.top1 ?? 0;
    const cost = before - one.measured.top1;
    return { kept: cost <= 0.02, found: `${shown(cost)} points` };
  });
}

/** Everything promised of right answers and their price, as far as it was run. */
export function marks(results: readonly Result[]): Mark[] {
  const own = onlyOurs(results);
  const upTo = (examples: number) => own.filter((one) => one.examples <= examples);
  const all = [
    ahead(results, 'top1', 'top-1'),
    ahead(results, 'auroc', 'AUROC'),
    ahead(results, 'utility', 'utility'),
    ...meanMarks(results),
    noise(results),
    atMost('at most 6 % of known questions answered wrongly', own, 'wrong', 0.06),
    atMost(
      'at most 8 % of unknown questions answered, on the mean',
      onlyOurs(means(results)),
      'unknownAnswered',
      0.08,
    ),
    atMost('trained in 2 s up to 2,000 examples', upTo(2000), 'trainSeconds', 2),
    atMost('trained in 10 s up to 10,000 examples', upTo(10_000), 'trainSeconds', 10),
    atMost('p50 at most 1.5 ms a question', own, 'p50Micros', 1500),
    atMost('p99 at most 5 ms a question', own, 'p99Micros', 5000),
    atMost('at most 40 MB kept up to 10,000 examples', upTo(10_000), 'heapMb', 40),
  ];
  return all.filter((mark) => mark.of > 0);
}

/** The marks for the screen, those that are missed with where. */
export function tellMarks(all: readonly Mark[]): string {
  const lines = all.map(({ name, met, of, missed, means: found }) => {
    const state = missed.length === 0 ? 'met    ' : 'NOT MET';
    const below = found.length > 0 ? found : missed;
    return [`${state} ${name} (${met} of ${of})`, ...below.map((where) => `          ${where}`)].join('\n');
  });
  const met = all.filter(({ missed }) => missed.length === 0).length;
  return [...lines, `${met} of ${all.length} marks met`].join('\n');
}
