import { Building2, PhoneCall } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSay } from '../parts/catalogue.tsx';
import { assessmentParts } from './assess-dialog.tsx';
import { BriefFact, BriefPart } from './brief-part.tsx';
import { callbackOf } from './callback.ts';
import type { CaseDetail } from './case.ts';
import css from './case-work.module.css';
import { useMoment } from './use-moment.ts';

/** What is due in a case and what its experts found. */
export function CaseWork({ theCase }: { readonly theCase: CaseDetail }) {
  const say = useSay();
  const moment = useMoment();
  const { assessment, deadline, owner, solveBy, told } = theCase;
  const callback = callbackOf(theCase);
  // While somebody else is to speak the tier's time stands still.
  const counts = owner?.kind !== 'vendor' && owner?.kind !== 'customer';
  return (
    <>
      {callback !== null && (
        <Highlight icon={<PhoneCall size={16} aria-hidden="true" />}>
          {say('brief.callback', { when: callback.at === null ? callback.words : moment(callback.at) })}
        </Highlight>
      )}
      {owner?.kind === 'vendor' && (
        <Highlight icon={<Building2 size={16} aria-hidden="true" />}>
          {say('brief.vendor', { reference: owner.reference ?? '' })}
        </Highlight>
      )}
      {(deadline !== null || told !== null) && (
        <dl className={css.facts}>
          {deadline !== null && (
            <BriefFact name={say(`deadline.${deadline.kind}`)}>{moment(deadline.at)}</BriefFact>
          )}
          {solveBy !== null && counts && deadline?.kind !== 'solve' && (
            <BriefFact name={say('deadline.solve')}>{moment(solveBy)}</BriefFact>
          )}
          {told !== null && (
            <BriefFact name={say('brief.told')}>{say('brief.place', valuesOf(told))}</BriefFact>
          )}
        </dl>
      )}
      {assessment !== null && (
        <BriefPart title={say('brief.assessment', { tier: assessment.tier, who: assessment.agent.name })}>
          <p>
            <strong>{say('assess.solvable')}</strong> {say(assessment.solvable ? 'assess.yes' : 'assess.no')}
          </p>
          {assessmentParts.map((part) => (
            <p key={part}>
              <strong>{say(`assess.${part}`)}:</strong> {assessment[part]}
            </p>
          ))}
        </BriefPart>
      )}
    </>
  );
}

function Highlight({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <p className={css.highlight}>
      {icon}
      <span>{children}</span>
    </p>
  );
}

const minuteMs = 60_000;

/** The place and the range as the customer was told them. */
function valuesOf({ position, range }: NonNullable<CaseDetail['told']>): Record<string, string | number> {
  if (range === null) return { position, range: 'none', low: 0, high: 0 };
  const unit = range.highMs > 90 * minuteMs ? 60 * minuteMs : minuteMs;
  return {
    position,
    range: unit === minuteMs ? 'minutes' : 'hours',
    low: Math.floor(range.lowMs / unit),
    high: Math.ceil(range.highMs / unit),
  };
}
