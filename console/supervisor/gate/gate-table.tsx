import { useShare } from '../decided.ts';
import { useTell } from '../words.ts';
import { type GatePoint, type Scope, sharesIn } from './gate.ts';
import css from './gate-table.module.css';

/** The curve as a table, for whoever cannot see a picture. */
export function GateTable(props: {
  readonly points: readonly GatePoint[];
  readonly scope: Scope;
  readonly chosen: number;
}) {
  const tell = useTell();
  const share = useShare();
  return (
    <details className={css.table}>
      <summary>{tell('insight.asTable')}</summary>
      <table>
        <caption className="sr-only">{tell('gate.curve')}</caption>
        <thead>
          <tr>
            <th scope="col">{tell('gate.atMost')}</th>
            <th scope="col">{tell('gate.xAxis')}</th>
            <th scope="col">{tell('gate.yAxis')}</th>
          </tr>
        </thead>
        <tbody>
          {props.points.map((point, place) => {
            const { golden } = sharesIn(point, props.scope);
            const of = Math.max(1, golden.of);
            return (
              <tr key={point.wrongRate} aria-current={place === props.chosen || undefined}>
                <th scope="row">{share(point.wrongRate)}</th>
                <td>{share(golden.answered / of)}</td>
                <td>{share(golden.wrong / of)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
