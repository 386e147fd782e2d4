import { Minus, ThumbsDown, ThumbsUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import type { CaseDetail, Logbook } from './case.ts';
import css from './case-brief.module.css';
import { useChannelName } from './channel-icon.tsx';
import { useReason } from './event-line.tsx';

/** What somebody needs to know before the first word: nobody is asked anything twice. */
export function CaseBrief({ theCase }: { readonly theCase: CaseDetail }) {
  const say = useSay();
  const intl = useIntl();
  const reason = useReason();
  const channel = useChannelName();
  const { brief } = theCase;
  return (
    <div className={css.brief}>
      <h3 className={css.title}>{say('case.details')}</h3>
      {brief.question !== null && <Part title={say('brief.question')}>{brief.question}</Part>}
      {brief.intake !== null && (
        <>
          <Part title={say('brief.problem')}>{brief.intake.problem}</Part>
          <Part title={say('brief.tried')}>{brief.intake.tried ?? say('brief.triedNothing')}</Part>
        </>
      )}
      {brief.reason !== null && <Part title={say('brief.reason')}>{reason(brief.reason)}</Part>}
      <Part title={say('brief.answered')}>
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
      </Part>
      {theCase.logbook !== null && <LogbookPart logbook={theCase.logbook} />}
      <dl className={css.facts}>
        <Fact name={say('case.channel')}>{channel(theCase.channel)}</Fact>
        <Fact name={say('case.language')}>
          {intl.formatDisplayName(theCase.language, { type: 'language' }) ?? theCase.language}
        </Fact>
        <Fact name={say('case.since')}>
          {intl.formatDate(theCase.startedAt, { dateStyle: 'medium', timeStyle: 'short' })}
        </Fact>
        {theCase.stars !== null && (
          <Fact name={say('case.stars')}>{say('rating.stars', { count: theCase.stars })}</Fact>
        )}
      </dl>
      {theCase.reopenings > 0 && <p>{say('case.reopened', { count: theCase.reopenings })}</p>}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h4 className={css.name}>{title}</h4>
      <div className={css.value}>{children}</div>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function LogbookPart({ logbook }: { readonly logbook: Logbook }) {
  const say = useSay();
  return (
    <Part title={say('brief.logbook')}>
      {(['understanding', 'plan', 'execution', 'results'] as const).map((part) => (
        <p key={part}>
          <strong>{say(`logbook.${part}`)}:</strong> {logbook[part]}
        </p>
      ))}
    </Part>
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
