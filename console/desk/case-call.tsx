import { CalendarClock, Video, VideoOff } from 'lucide-react';
import { Button } from '../parts/button.tsx';
import { type Say, useSay } from '../parts/catalogue.tsx';
import type { CaseDetail } from './case.ts';
import css from './case-call.module.css';
import type { Action } from './queries.ts';
import { useMoment } from './use-moment.ts';

/** What the line shows, and what can be done from it. */
export interface CaseCallProps {
  readonly theCase: CaseDetail;
  readonly busy: boolean;
  readonly onSet: () => void;
  readonly onEnd: () => void;
  readonly onAct: (action: Action) => void;
}

/** How a case's video call stands, the agent's own way in, and what the customer's device can do. Nothing where there is none. */
export function CaseCall({ theCase, busy, onSet, onEnd, onAct }: CaseCallProps) {
  const say = useSay();
  const moment = useMoment();
  const { call, callWork: work, can } = theCase;
  const report = call === null && can.endCall;
  if (call === null && !report) return null;
  const checks = checkWords(work.checks, say);
  const Icon = report ? VideoOff : call?.phase === 'scheduled' ? CalendarClock : Video;
  return (
    <section className={css.call} aria-label={say('call.state')}>
      <Icon size={18} aria-hidden="true" />
      <div className={css.words}>
        <p className={css.state}>
          {call === null
            ? say('call.over', { count: work.last?.minutes ?? 0 })
            : say(`call.phase.${call.phase}`, {
                when: call.startsAt === null ? '' : moment(call.startsAt),
                customer: call.customer,
                by: call.by,
              })}
        </p>
        {call?.phase === 'requested' && work.chosen !== null && (
          <p>{say('call.chosen', { when: moment(work.chosen) })}</p>
        )}
        {checks.length > 0 && <p className={css.checks}>{checks.join(' · ')}</p>}
      </div>
      <div className={css.actions}>
        {work.link !== null && (
          <a className={css.join} href={work.link} target="_blank" rel="noreferrer">
            {say('call.join')}
          </a>
        )}
        {can.video && call?.phase === 'requested' && (
          <Button size="s" look="primary" isDisabled={busy} onPress={onSet}>
            {say('call.propose')}
          </Button>
        )}
        {can.video && call?.phase === 'scheduled' && (
          <Button size="s" isDisabled={busy} onPress={onSet}>
            {say('call.move')}
          </Button>
        )}
        {can.video && call !== null && ['invited', 'waiting', 'live'].includes(call.phase) && (
          <Button size="s" isDisabled={busy} onPress={() => onAct({ do: 'call', at: null })}>
            {say('call.newLinks')}
          </Button>
        )}
        {can.cancelCall && (
          <Button size="s" look="ghost" isDisabled={busy} onPress={() => onAct({ do: 'call-cancel' })}>
            {say('call.cancel')}
          </Button>
        )}
        {can.endCall && (
          <Button size="s" look="primary" isDisabled={busy} onPress={onEnd}>
            {say(report ? 'call.report' : 'action.endCall')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** What is worth knowing of the customer's device before the call. */
function checkWords(checks: CaseDetail['callWork']['checks'], say: Say): string[] {
  if (checks === null) return [];
  const { browser, system, canShare, camera, microphone, connection } = checks;
  return [
    say('call.device', { browser, system }),
    ...(canShare ? [] : [say('call.cannotShare')]),
    ...(camera === 'good' || camera === 'untried' ? [] : [say('call.noCamera')]),
    ...(microphone === 'good' || microphone === 'untried' ? [] : [say('call.noMicrophone')]),
    ...(connection.outcome === 'weak' || connection.outcome === 'bad' ? [say('call.weak')] : []),
  ];
}
