import { useIntl } from 'react-intl';
import { type MessageId, type Say, useSay } from '../parts/catalogue.tsx';
import type { CaseEvent, Entry } from './case.ts';
import css from './event-line.module.css';
import { useMoment } from './use-moment.ts';

const reasons = ['asked', 'unknown', 'disliked', 'error', 'timeout', 'crash', 'shutdown'] as const;

/** Puts a hand-over's reason into words; what an agent wrote stays as it is. */
export function useReason(): (reason: string) => string {
  const say = useSay();
  return (reason) => {
    const known = reasons.find((each) => each === reason);
    return known === undefined ? reason : say(`reason.${known}`);
  };
}

const simple: Readonly<Record<string, MessageId>> = {
  started: 'event.started',
  claimed: 'event.claimed',
  'lease-expired': 'event.leaseExpired',
  'deadline-missed': 'event.deadlineMissed',
  'returned-to-bot': 'event.returned',
  solved: 'event.solved',
  'solution-confirmed': 'event.confirmed',
  'solution-refused': 'event.refused',
  rated: 'event.rated',
  closed: 'event.closed',
  reopened: 'event.reopened',
  'handed-over': 'event.handedOver',
  'callback-wished': 'event.callbackWished',
  'left-queue': 'event.leftQueue',
  assessed: 'event.assessed',
  'vendor-awaited': 'event.vendorAwaited',
  'vendor-answered': 'event.vendorAnswered',
  'plan-set': 'event.planSet',
  'question-expired': 'event.questionExpired',
  'call-requested': 'event.callRequested',
  'call-scheduled': 'event.callScheduled',
  'call-invited': 'event.callInvited',
  'call-times-offered': 'event.callOffered',
  'call-entered': 'event.callEntered',
  'call-refused': 'event.callRefused',
  'call-reported': 'event.callReported',
  'follow-up-set': 'event.followUpSet',
  'follow-up-asked': 'event.followUpAsked',
  joined: 'event.joined',
  parted: 'event.parted',
};

const callEnds: Readonly<Record<string, MessageId>> = {
  held: 'event.callHeld',
  missed: 'event.callMissed',
  declined: 'event.callDeclined',
  cancelled: 'event.callCancelled',
  'handed-on': 'event.callCancelled',
};

/** A transition as a small line between the messages; nothing for what is not worth one. */
export function EventLine({ entry }: { readonly entry: Entry }) {
  const say = useSay();
  const intl = useIntl();
  const reason = useReason();
  const moment = useMoment();
  const { event } = entry;
  if (event === undefined) return null;
  const id = messageFor(event);
  if (id === undefined) return null;
  const words = say(id, {
    time: intl.formatTime(entry.at, { hour: 'numeric', minute: '2-digit' }),
    who: whoOf(event, say),
    tier: Number(event.tier ?? 0),
    reason: reason(String(event.reason ?? '')),
    what: String(
      event.words ??
        event.reference ??
        event.answer ??
        event.plan ??
        event.best ??
        event.channel ??
        callWhat(event, moment),
    ),
    count: Number(event.stars ?? event.minutes ?? 0),
  });
  return <p className={css.line}>{words}</p>;
}

/** What there is to say of a call: when it is, who came or did not, what is wished instead. */
function callWhat(event: CaseEvent, moment: (at: string) => string): string {
  const at = event.startsAt ?? event.at;
  if (typeof at === 'number') return moment(new Date(at).toISOString());
  return String(event.missing ?? event.wish ?? event.who ?? '');
}

function messageFor(event: CaseEvent): MessageId | undefined {
  if (event.type === 'call-ended') return callEnds[String(event.outcome)];
  if (event.type !== 'escalated') return simple[event.type];
  return event.agent === null ? 'event.escalatedDeadline' : 'event.escalated';
}

function whoOf(event: CaseEvent, say: Say): string {
  return typeof event.agent === 'string' ? event.agent : say('event.someone');
}
