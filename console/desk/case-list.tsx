import { useRef } from 'react';
import { Link, useMatch, useSearchParams } from 'react-router';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import type { CaseList as Cases, Stage, View } from './case.ts';
import css from './case-list.module.css';
import { CaseRow } from './case-row.tsx';
import { NextCase } from './next-case.tsx';
import { useCases } from './queries.ts';
import { QuestionsLink } from './questions-link.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { Waiting } from './waiting.tsx';

const views = ['queue', 'mine', 'open', 'closed'] as const;
const stages: Readonly<Record<Exclude<View, 'mine'>, readonly Stage[]>> = {
  queue: ['queued'],
  open: ['queued', 'claimed', 'solved'],
  closed: ['closed'],
};

/** The cases of the chosen view. `j`, `k` and the arrows move through them, Enter opens. */
export function CaseList() {
  const say = useSay();
  const [search] = useSearchParams();
  const view = views.find((each) => each === search.get('view')) ?? 'queue';
  const list = useCases(view);
  const mine = useCases('mine');
  const open = Number(useMatch('/desk/cases/:number')?.params.number ?? 0);
  const box = useRef<HTMLUListElement>(null);

  const move = (by: 1 | -1) => {
    const rows = [...(box.current?.querySelectorAll('a') ?? [])];
    const focused = rows.indexOf(document.activeElement as HTMLAnchorElement);
    const from = focused >= 0 ? focused : rows.findIndex((row) => row.ariaCurrent === 'page');
    rows[Math.max(0, Math.min(rows.length - 1, from + by))]?.focus();
  };
  useShortcuts({ j: () => move(1), k: () => move(-1) });

  return (
    <>
      <div className={css.filters}>
        {views.map((each) => {
          const count = each === 'mine' ? mine.data?.cases.length : countOf(each, list.data);
          return (
            <Link
              key={each}
              to={{ search: `?view=${each}` }}
              className={classNames(css.filter, each === view && css.chosen)}
              aria-current={each === view ? 'true' : undefined}
            >
              {say(`list.${each}`)}
              {count !== undefined && (
                <span className={css.count}>
                  <span aria-hidden="true">{count}</span>
                  <span className="sr-only">{say('list.count', { count })}</span>
                </span>
              )}
            </Link>
          );
        })}
      </div>
      <NextCase />
      <QuestionsLink />
      {list.data === undefined ? (
        <Waiting fault={list.error} retry={list.refetch} />
      ) : (
        <ul
          ref={box}
          className={css.rows}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
            if (by === null) return;
            event.preventDefault();
            move(by);
          }}
        >
          {list.data.cases.map((each) => (
            <CaseRow key={each.id} theCase={each} isOpen={each.number === open} />
          ))}
          {list.data.cases.length === 0 && <li className={css.none}>{say(`list.none.${view}`)}</li>}
        </ul>
      )}
    </>
  );
}

/** Undefined for what is not counted: closed cases are too many to count at each look. */
function countOf(view: Exclude<View, 'mine'>, list: Cases | undefined): number | undefined {
  if (view === 'closed') return undefined;
  return list?.counts
    .filter(({ stage }) => stages[view].includes(stage))
    .reduce((sum, { count }) => sum + count, 0);
}
