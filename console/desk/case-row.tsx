import { BellRing, PhoneCall } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { Avatar } from '../parts/avatar.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import type { Case } from './case.ts';
import css from './case-row.module.css';
import { ChannelIcon } from './channel-icon.tsx';
import { Countdown } from './countdown.tsx';
import { useSession } from './queries.ts';
import { useMoment } from './use-moment.ts';

/** One case in the list: what it is about, whose it is, and how long is left. */
export function CaseRow({ theCase, isOpen }: { readonly theCase: Case; readonly isOpen: boolean }) {
  const say = useSay();
  const moment = useMoment();
  const { search } = useLocation();
  const name = theCase.customerName ?? say('case.anonymous');
  const { callback } = theCase;
  const agent = theCase.owner?.agent;
  const self = useSession().data?.user?.id;
  const isForMe = theCase.offeredTo.some(({ id }) => id === self);
  return (
    <li>
      <Link
        to={{ pathname: `/desk/cases/${theCase.number}`, search }}
        className={classNames(css.row, isOpen && css.open)}
        aria-current={isOpen ? 'page' : undefined}
      >
        <span className={css.top}>
          <span className={css.name}>{name}</span>
          {theCase.alarms > 0 && (
            <span className={css.alarm} title={say('case.alarms', { count: theCase.alarms })}>
              <BellRing size={13} aria-hidden="true" />
              <span className="sr-only">{say('case.alarms', { count: theCase.alarms })}</span>
            </span>
          )}
          {theCase.deadline === null ? (
            <span className={css.stage}>{say(`stage.${theCase.stage}`)}</span>
          ) : (
            <Countdown deadline={theCase.deadline} brief />
          )}
        </span>
        <span className={css.subject}>{theCase.subject ?? say('case.untitled')}</span>
        {callback !== null && (
          <span className={css.callback}>
            <PhoneCall size={13} aria-hidden="true" />
            <span className="sr-only">{say('brief.callback', { when: '' })}</span>
            {callback.at === null ? callback.words : moment(callback.at)}
          </span>
        )}
        <span className={css.meta}>
          <ChannelIcon channel={theCase.channel} />
          <span>{theCase.number}</span>
          <span className={css.language}>{theCase.language}</span>
          {theCase.tier !== null && <span>{say('case.tier', { tier: theCase.tier })}</span>}
          {theCase.plan !== null && <span className={css.plan}>{theCase.plan.title}</span>}
          {theCase.brand !== null && <span className={css.brand}>{theCase.brand.title}</span>}
          {isForMe && <span className={css.forMe}>{say('case.forYou')}</span>}
          {agent !== undefined && (
            <span className={css.agent}>
              <Avatar of="agent" name={agent.name} size="s" />
              <span className="sr-only">{say('owner.agent', { name: agent.name })}</span>
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
