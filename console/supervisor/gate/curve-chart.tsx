import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { usePreferences } from '../../parts/preferences.ts';
import { useShare } from '../decided.ts';
import { useTell } from '../words.ts';
import css from './curve-chart.module.css';

/** The measured curve and where one stands on it. Shares are 0 to 1. */
export interface CurveChartProps {
  readonly curve: readonly { readonly answered: number; readonly wrong: number }[];
  /** The place that is chosen, and that of what is published. */
  readonly chosen: number;
  readonly published: number | null;
}

const heightPx = 260;

/** Wrong answers against answers: painted once for a curve, only its marks move. For the eye: the table below says the same. */
export function CurveChart({ curve, chosen, published }: CurveChartProps) {
  const tell = useTell();
  const share = useShare();
  const { theme } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const marks = useRef({ chosen, published });
  marks.current = { chosen, published };
  const words = useRef({ tell, share });
  words.current = { tell, share };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture is painted in the theme's colours
  useEffect(() => {
    const around = box.current;
    if (around === null || curve.length === 0) return;
    const style = getComputedStyle(around);
    const [ink, line, accent] = ['color', 'border-top-color', 'outline-color'].map((name) =>
      style.getPropertyValue(name),
    );
    const most = Math.max(0.02, ...curve.map(({ wrong }) => wrong)) * 1.15;
    const axis = {
      stroke: ink ?? '',
      grid: { stroke: line ?? '', width: 1 },
      ticks: { show: false },
      font: `12px ${style.fontFamily}`,
      labelFont: `12px ${style.fontFamily}`,
      labelSize: 20,
      values: (_plot: uPlot, splits: number[]) => splits.map((at) => words.current.share(at)),
    };
    const made = new uPlot(
      {
        width: around.clientWidth,
        height: heightPx,
        legend: { show: false },
        cursor: { show: false },
        padding: [12, 16, 0, 0],
        scales: { x: { time: false, range: [0, 1] }, y: { range: [0, most] } },
        axes: [
          { ...axis, label: words.current.tell('gate.xAxis'), space: 56 },
          { ...axis, label: words.current.tell('gate.yAxis'), size: 48 },
        ],
        series: [
          {},
          { stroke: accent ?? '', width: 2, points: { show: true, size: 5, fill: accent ?? '' } },
          { stroke: ink ?? '', width: 0, points: { show: true, size: 14, width: 2, fill: 'transparent' } },
          { stroke: accent ?? '', width: 0, points: { show: true, size: 16, fill: accent ?? '' } },
        ],
      },
      dataOf(curve, marks.current),
      around,
    );
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: around.clientWidth, height: heightPx }));
    watch.observe(around);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [curve, theme]);
  useEffect(() => {
    plot.current?.setData(dataOf(curve, { chosen, published }));
  }, [curve, chosen, published]);
  return <div ref={box} className={css.chart} aria-hidden="true" />;
}

function dataOf(
  curve: CurveChartProps['curve'],
  { chosen, published }: Pick<CurveChartProps, 'chosen' | 'published'>,
): uPlot.AlignedData {
  const wrong = curve.map((point) => point.wrong);
  return [
    curve.map(({ answered }) => answered),
    wrong,
    wrong.map((value, place) => (place === published ? value : null)),
    wrong.map((value, place) => (place === chosen ? value : null)),
  ];
}
