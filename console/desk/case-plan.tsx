import { useId } from 'react';
import { useSay } from '../parts/catalogue.tsx';
import { BriefFact } from './brief-part.tsx';
import type { CaseBriefProps } from './case-brief.tsx';
import css from './case-plan.module.css';

/** The customer's plan, which an agent can change: new deadlines are those of the plan. */
export function CasePlan({ theCase, busy, onAct }: Pick<CaseBriefProps, 'theCase' | 'busy' | 'onAct'>) {
  const say = useSay();
  const id = useId();
  return (
    <BriefFact name={<label htmlFor={id}>{say('case.plan')}</label>}>
      <select
        id={id}
        className={css.plan}
        value={theCase.plan?.name ?? ''}
        disabled={busy}
        onChange={(event) => onAct({ do: 'plan', plan: event.target.value })}
      >
        {theCase.plan === null && <option value="" disabled hidden />}
        {theCase.plans.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </BriefFact>
  );
}
