import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { usePreferences } from '../../parts/preferences.ts';
import { useTell } from '../words.ts';
import css from './bar-chart.module.css';

/** One bar. */
export interface Bar {
  readonly name: string;
  readonly value: number;
}

const heightPx = 180;

/** Counts side by side; the same numbers in a table for whoever cannot see a picture. */
export function BarChart({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const tell = useTell();
  const { theme } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture is painted in the theme's colours
  useEffect(() => {
    const around = box.current;
    if (around === null || bars.length === 0) return;
    const style = getComputedStyle(around);
    const [ink, line, accent] = ['color', 'border-top-color', 'outline-color'].map((name) =>
      style.getPropertyValue(name),
    );
    const axis = {
      stroke: ink ?? '',
      grid: { stroke: line ?? '', width: 1 },
      ticks: { show: false },
      font: `12px ${style.fontFamily}`,
    };
    const plot = new uPlot(
      {
        width: around.clientWidth,
        height: heightPx,
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 8, 0, 0],
        scales: {
          x: { time: false, range: [-0.6, bars.length - 0.4] },
          y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.05)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_plot, splits) => splits.map((at) => bars[at]?.name ?? ''),
            space: 64,
            incrs: [1, 2, 3, 5, 7, 10, 14, 30, 60],
          },
          {
            ...axis,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000],
            size: 48,
          },
        ],
        series: [
          {},
          {
            fill: accent ?? '',
            ...(uPlot.paths.bars === undefined ? {} : { paths: uPlot.paths.bars({ size: [0.7, 64] }) }),
            points: { show: false },
          },
        ],
      },
      [bars.map((_, index) => index), bars.map(({ value }) => value)],
      around,
    );
    const watch = new ResizeObserver(() => plot.setSize({ width: around.clientWidth, height: heightPx }));
    watch.observe(around);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [bars, theme]);
  return (
    <>
      <div ref={box} className={css.chart} aria-hidden="true" />
      <details className={css.table}>
        <summary>{tell('insight.asTable')}</summary>
        <table>
          <caption className="sr-only">{label}</caption>
          <tbody>
            {bars.map(({ name, value }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
