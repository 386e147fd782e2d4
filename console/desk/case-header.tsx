import { ArrowLeft, ArrowUpRight, Bot, CircleCheck, Hand, PanelTop } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { Button } from '../parts/button.tsx';
import { type Say, useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import type { CaseDetail } from './case.ts';
import css from './case-header.module.css';
import { Countdown } from './countdown.tsx';
import { useSession } from './queries.ts';

/** What asks before it is done. */
export type Ask = 'escalate' | 'solve' | 'return';

/** What the head shows and does. */
export interface CaseHeaderProps {
  readonly theCase: CaseDetail;
  readonly busy: boolean;
  readonly briefShown: boolean;
  readonly onBrief: () => void;
  readonly onAsk: (what: Ask | 'claim') => void;
}

/** Which case this is, whose it is, how long is left, and what can be done. */
export function CaseHeader({ theCase, busy, briefShown, onBrief, onAsk }: CaseHeaderProps) {
  const say = useSay();
  const { search } = useLocation();
  const self = useSession().data?.user?.id;
  const { can } = theCase;
  const owner = ownerWords(theCase, self, say);
  return (
    <header className={css.header}>
      <Link to={{ pathname: '/desk', search }} className={css.back} aria-label={say('list.back')}>
        <ArrowLeft size={20} aria-hidden="true" />
      </Link>
      <div className={css.words}>
        <h2 className={css.title}>
          <span className={css.number}>{say('case.number', { number: theCase.number })}</span>
          <span className={css.customer}>{theCase.customerName ?? say('case.anonymous')}</span>
        </h2>
        <p className={css.meta}>
          <span className={classNames(css.stage, css[theCase.stage])}>{say(`stage.${theCase.stage}`)}</span>
          {theCase.deadline !== null && <Countdown deadline={theCase.deadline} />}
          {theCase.tier !== null && <span>{tierWords(theCase, say)}</span>}
          {owner !== null && <span>{owner}</span>}
        </p>
      </div>
      <fieldset className={css.actions} aria-label={say('case.actions')}>
        {can.claim && (
          <Button
            look="primary"
            size="s"
            icon={<Hand size={16} aria-hidden="true" />}
            isDisabled={busy}
            onPress={() => onAsk('claim')}
          >
            {say('action.claim')}
          </Button>
        )}
        {can.solve && (
          <Button
            look="primary"
            size="s"
            icon={<CircleCheck size={16} aria-hidden="true" />}
            isDisabled={busy}
            onPress={() => onAsk('solve')}
          >
            {say('action.solve')}
          </Button>
        )}
        <Button
          look="ghost"
          size="s"
          icon={<PanelTop size={16} aria-hidden="true" />}
          aria-label={say('case.details')}
          aria-expanded={briefShown}
          className={css.brief}
          onPress={onBrief}
        >
          <span className={css.long}>{say('case.details')}</span>
          <span className={css.short}>{say('case.detailsShort')}</span>
        </Button>
        {can.escalate && (
          <Button
            size="s"
            icon={<ArrowUpRight size={16} aria-hidden="true" />}
            isDisabled={busy}
            onPress={() => onAsk('escalate')}
          >
            {say('action.escalate')}
          </Button>
        )}
        {can.returnToBot && (
          <Button
            size="s"
            icon={<Bot size={16} aria-hidden="true" />}
            isDisabled={busy}
            aria-label={say('action.returnToBot')}
            onPress={() => onAsk('return')}
          >
            <span className={css.long}>{say('action.returnToBot')}</span>
            <span className={css.short}>{say('action.returnToBotShort')}</span>
          </Button>
        )}
      </fieldset>
    </header>
  );
}

function tierWords({ tier, tierName }: CaseDetail, say: Say): string {
  return tierName === null
    ? say('case.tier', { tier: tier ?? 0 })
    : say('case.tierNamed', { tier: tier ?? 0, name: tierName });
}

/** Null where the stage has said it already. */
function ownerWords({ owner }: CaseDetail, self: string | undefined, say: Say): string | null {
  switch (owner?.kind) {
    case 'agent':
      if (owner.agent?.id === self) return say('owner.you');
      return say('owner.agent', { name: owner.agent?.name ?? say('event.someone') });
    case 'tier':
      return say('owner.tier');
    case 'vendor':
      return say('owner.vendor');
    case 'customer':
      if (owner.agent === undefined || owner.agent.id === self) return say('owner.customer');
      return say('owner.customerOf', { name: owner.agent.name });
    default:
      return null;
  }
}
