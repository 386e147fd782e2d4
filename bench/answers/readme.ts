import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ours, peers } from './contestant.ts';
import type { Result } from './judge.ts';
import { type Mark, marks } from './marks.ts';
import type { Measured } from './measure.ts';
import { cells, columns, means, shown } from './table.ts';

interface Words {
  readonly base: string;
  readonly examples: string;
  readonly right: string;
  readonly wrong: string;
  readonly asked: string;
  readonly over: string;
  readonly unknown: string;
  readonly recall: string;
  readonly utility: string;
  readonly meanOf: (size: string) => string;
  readonly marks: (met: number, of: number) => string;
}

const english: Words = {
  base: 'base',
  examples: 'examples',
  right: 'right',
  wrong: 'wrong',
  asked: 'asked back',
  over: 'handed over',
  unknown: 'unknown answered',
  recall: 'recall@95',
  utility: 'utility',
  meanOf: (size) => ({ full: 'mean, full', '0': 'mean, no examples' })[size] ?? `mean, ${size} examples`,
  marks: (met, of) => `${met} of ${of} marks are met: [which, and which not](docs/answers.md#marks).`,
};

const spanish: Words = {
  base: 'base',
  examples: 'ejemplos',
  right: 'acierta',
  wrong: 'yerra',
  asked: 'pregunta bien',
  over: 'pasa a una persona',
  unknown: 'responde sin saber',
  recall: 'rechazo@95',
  utility: 'utilidad',
  meanOf: (size) =>
    ({ full: 'media, completas', '0': 'media, sin ejemplos' })[size] ?? `media, ${size} ejemplos`,
  marks: (met, of) => `Se cumplen ${met} de ${of} metas: [cuáles sí y cuáles no](docs/answers.md#marks).`,
};

/** Names as they are shown side by side; a peer with two settings is shown with the better one of each figure. */
const contestants = [...new Set([ours, ...peers].map(({ name }) => familyOf(name)))];

function familyOf(name: string): string {
  return name.split('+')[0] ?? name;
}

/**
 * Rewrites what stands between `<!-- answers:begin -->` and `<!-- answers:end -->` in both READMEs and `docs/answers.md`, and between
 * the `curve` comments of the latter.
 * @param root folder of the project
 * @throws Error when a file has no such comments; then none is changed
 */
export function rewrite(root: string, results: readonly Result[], curve: readonly Result[]): string[] {
  const all = marks(results);
  const details = join(root, 'docs/answers.md');
  const files = [
    { file: join(root, 'README.md'), blocks: { answers: comparison(results, all, english) } },
    { file: join(root, 'README.es.md'), blocks: { answers: comparison(results, all, spanish) } },
    {
      file: details,
      blocks: { answers: everything(results), marks: markTable(all), curve: curveTable(curve) },
    },
  ];
  const written = files.map(({ file, blocks }) => ({
    file,
    text: Object.entries(blocks).reduce(
      (text, [name, block]) => between(text, name, block, file),
      readFileSync(file, 'utf8'),
    ),
  }));
  for (const { file, text } of written) writeFileSync(file, text);
  return written.map(({ file }) => file);
}

/** Puts a block between its two comments. @throws Error when they are missing */
export function between(text: string, name: string, block: string, file: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n${block}\n${text.slice(to)}`;
}

function markdown(rows: readonly (readonly string[])[], leftColumns: number): string {
  const [head = [], ...rest] = rows.map((row) => [...row]);
  const rule = head.map((_, i) => (i < leftColumns ? '---' : '--:'));
  return [head, rule, ...rest].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** One line a base: what can be compared of all, and what Relevo does at its own threshold. */
function comparison(results: readonly Result[], all: readonly Mark[], words: Words): string {
  const lines = [...results, ...means(results)].filter(({ noisy }) => !noisy);
  const own = lines.filter(({ contestant }) => contestant === ours.name);
  const compared = [
    ['top-1', 'top1'],
    ['AUROC', 'auroc'],
    [words.recall, 'recall95'],
    [words.utility, 'utility'],
  ] as const;
  const head = [
    words.base,
    words.examples,
    ...compared.map(([title]) => title),
    words.right,
    words.wrong,
    words.asked,
    words.over,
    words.unknown,
  ];
  const rows = own.map((one) => {
    const rivals = contestants.map((name) =>
      lines.filter(({ base, contestant }) => base === one.base && familyOf(contestant) === name),
    );
    const { right, wrong, clarified, handedOver, unknownAnswered } = one.measured;
    return [
      one.isMean ? `**${words.meanOf(one.size)}**` : one.base,
      one.isMean ? '' : String(one.examples),
      ...compared.map(([, figure]) => sideBySide(rivals, figure)),
      ...[right, wrong, clarified, handedOver, unknownAnswered].map(shown),
    ];
  });
  const met = all.filter(({ missed }) => missed.length === 0).length;
  return `${markdown([head, ...rows], 1)}\n\n${words.marks(met, all.length)}`;
}

/** The figures of all contestants, the best in bold. */
function sideBySide(rivals: readonly (readonly Result[])[], figure: keyof Measured): string {
  const values = rivals
    .filter((group) => group.length > 0)
    .map((group) => Math.max(...group.map(({ measured }) => measured[figure])));
  const best = Math.max(...values);
  if (Number.isNaN(best)) return '–';
  return values
    .map((value) => (shown(value) === shown(best) ? `**${shown(value)}**` : shown(value)))
    .join(' · ');
}

function everything(results: readonly Result[]): string {
  const head = ['base', 'by', 'from', ...columns.map(({ title }) => title)];
  const rows = [...results, ...means(results)].map((one) => [
    one.noisy ? `${one.base}, noisy` : one.base,
    one.contestant,
    one.isMean ? '' : (one.threshold ?? 'own gate'),
    ...cells(one),
  ]);
  return markdown([head, ...rows], 3);
}

function markTable(all: readonly Mark[]): string {
  const rows = all.map(({ name, met, of, missed, means: found }) => [
    name,
    missed.length === 0 ? 'met' : 'not met',
    `${met} of ${of}`,
    (found.length > 0 ? found : missed).join('; '),
  ]);
  return markdown([['mark', '', 'on', 'the means, or where it is missed'], ...rows], 4);
}

function curveTable(results: readonly Result[]): string {
  const head = ['base', 'examples', 'top-1', 'top-3', 'AUROC', 'recall@95', 'utility', 'right', 'wrong'];
  const rows = results.map(({ base, examples, measured: m }) => [
    base,
    String(examples),
    ...[m.top1, m.top3, m.auroc, m.recall95, m.utility, m.right, m.wrong].map(shown),
  ]);
  return markdown([head, ...rows], 1);
}
