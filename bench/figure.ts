import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';

/** One measured figure. */
export interface Figure {
  readonly part: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it should be, in words; left out where nothing was promised. */
  readonly aim?: string;
  /** The machine's load average of the last minute when it was taken. */
  readonly load: number;
}

/** Notes down figures of one part with the load they were taken under. */
export type Note = (name: string, value: number, unit: string, aim?: string) => void;

/** All figures of a run, told as they come. */
export function createFigures(tell: (line: string) => void) {
  const all: Figure[] = [];
  return {
    /** @param part what the figures are about */
    noteFor:
      (part: string): Note =>
      (name, value, unit, aim) => {
        const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
        const figure = { part, name, value, unit, load, ...(aim === undefined ? {} : { aim }) };
        all.push(figure);
        tell(`  ${part}: ${name} ${shown(value)} ${unit}`);
      },
    /** The table as Markdown, with aligned columns. */
    table(): string {
      const rows = all.map(({ part, name, value, unit, aim = '', load }) => [
        part,
        name,
        `${shown(value)} ${unit}`.trim(),
        aim,
        load.toFixed(1),
      ]);
      return aligned([['part', 'figure', 'measured', 'aim', 'load'], ...rows]);
    },
    /** Writes them as JSON, with what they were measured on. */
    write(file: string, about: Readonly<Record<string, unknown>>): void {
      mkdirSync(dirname(file), { recursive: true });
      const [cpu] = cpus();
      const machine = { cpu: cpu?.model ?? 'unknown', cores: cpus().length, node: process.version };
      writeFileSync(file, `${JSON.stringify({ ...about, machine, figures: all }, null, 2)}\n`);
    },
  };
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`);
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
