import { Minus, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useIntl } from 'react-intl';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { BriefFact, BriefPart } from './brief-part.tsx';
import type { CaseDetail, Logbook } from './case.ts';
import css from './case-brief.module.css';
import { CasePeople } from './case-people.tsx';
import { CasePlan } from './case-plan.tsx';
import { CaseWork } from './case-work.tsx';
import { useChannelName } from './channel-icon.tsx';
import { useReason } from './event-line.tsx';
import { logbookParts } from './logbook-fields.tsx';
import type { Action } from './queries.ts';

/** What the brief shows, and what can be done from it. */
export interface CaseBriefProps {
  readonly theCase: CaseDetail;
  readonly busy: boolean;
  readonly onJoin: () => void;
  readonly onAct: (action: Action) => void;
}

/** What somebody needs to know before the first word: nobody is asked anything twice. */
export function CaseBrief({ theCase, busy, onJoin, onAct }: CaseBriefProps) {
  const say = useSay();
  const intl = useIntl();
  const reason = useReason();
  const channel = useChannelName();
  const { brief } = theCase;
  return (
    <div className={css.brief}>
      <h3 className={css.title}>{say('case.details')}</h3>
      <CaseWork theCase={theCase} />
      {brief.question !== null && <BriefPart title={say('brief.question')}>{brief.question}</BriefPart>}
      {brief.intake !== null && (
        <>
          <BriefPart title={say('brief.problem')}>{brief.intake.problem}</BriefPart>
          <BriefPart title={say('brief.tried')}>{brief.intake.tried ?? say('brief.triedNothing')}</BriefPart>
        </>
      )}
      {brief.reason !== null && <BriefPart title={say('brief.reason')}>{reason(brief.reason)}</BriefPart>}
      <BriefPart title={say('brief.answered')}>
        {brief.answered.length === 0 ? (
          say('brief.nothing')
        ) : (
          <ul className={css.articles}>
            {brief.answered.map((each) => (
              <li key={each.article}>
                <span>
                  {each.title}
                  {each.passage !== undefined && <q className={css.passage}>{each.passage}</q>}
                </span>
                <Liked liked={each.liked} />
              </li>
            ))}
          </ul>
        )}
      </BriefPart>
      {theCase.logbook !== null && <LogbookPart logbook={theCase.logbook} />}
      <dl className={css.facts}>
        {theCase.brand !== null && <BriefFact name={say('case.brand')}>{theCase.brand.title}</BriefFact>}
        {theCase.plans.length > 0 && <CasePlan theCase={theCase} busy={busy} onAct={onAct} />}
        <BriefFact name={say('case.channel')}>{channel(theCase.channel)}</BriefFact>
        <BriefFact name={say('case.language')}>
          {intl.formatDisplayName(theCase.language, { type: 'language' }) ?? theCase.language}
        </BriefFact>
        <BriefFact name={say('case.since')}>
          {intl.formatDate(theCase.startedAt, { dateStyle: 'medium', timeStyle: 'short' })}
        </BriefFact>
        {theCase.stars !== null && (
          <BriefFact name={say('case.stars')}>{say('rating.stars', { count: theCase.stars })}</BriefFact>
        )}
      </dl>
      <CasePeople theCase={theCase} busy={busy} onJoin={onJoin} onAct={onAct} />
      {theCase.reopenings > 0 && <p>{say('case.reopened', { count: theCase.reopenings })}</p>}
    </div>
  );
}

function LogbookPart({ logbook }: { readonly logbook: Logbook }) {
  const say = useSay();
  return (
    <BriefPart title={say('brief.logbook')}>
      {logbookParts
        .filter((part) => logbook[part].trim() !== '')
        .map((part) => (
          <p key={part}>
            <strong>{say(`logbook.${part}`)}:</strong> {logbook[part]}
          </p>
        ))}
    </BriefPart>
  );
}

function Liked({ liked }: { readonly liked: boolean | null }) {
  const say = useSay();
  const Icon = liked === null ? Minus : liked ? ThumbsUp : ThumbsDown;
  const words = say(liked === null ? 'brief.unrated' : liked ? 'brief.liked' : 'brief.disliked');
  return (
    <span className={classNames(css.liked, liked === true && css.good, liked === false && css.bad)}>
      <Icon size={13} aria-hidden="true" /> {words}
    </span>
  );
}
