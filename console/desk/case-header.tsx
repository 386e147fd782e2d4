import { ArrowLeft, Ellipsis, PanelTop } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { Button } from '../parts/button.tsx';
import { type Say, useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { Menu } from '../parts/menu.tsx';
import { useMedia } from '../parts/use-media.ts';
import type { CaseDetail } from './case.ts';
import { actionsOf, type CaseActionLine } from './case-actions.ts';
import css from './case-header.module.css';
import { Countdown } from './countdown.tsx';
import { useSession } from './queries.ts';

/** What the head shows and does. */
export interface CaseHeaderProps {
  readonly theCase: CaseDetail;
  readonly busy: boolean;
  readonly briefShown: boolean;
  readonly onBrief: () => void;
  readonly onAsk: (what: CaseActionLine['id']) => void;
}

/** Which case this is, whose it is, how long is left, and what can be done. */
export function CaseHeader({ theCase, busy, briefShown, onBrief, onAsk }: CaseHeaderProps) {
  const say = useSay();
  const { search } = useLocation();
  const self = useSession().data?.user?.id;
  const narrow = useMedia('(max-width: 47.5rem)');
  const { main, others } = actionsOf(theCase);
  // A menu of one line would be a detour; a long button needs the room of another.
  const room = (narrow ? 1 : others.length <= 3 ? 3 : 2) - (main?.isLong === true ? 1 : 0);
  const inline = Math.min(room, others.length);
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
          {theCase.brand !== null && <span className={css.named}>{theCase.brand.title}</span>}
          {theCase.plan !== null && (
            <span className={css.named}>{say('case.planNamed', { plan: theCase.plan.title })}</span>
          )}
        </p>
      </div>
      <fieldset className={css.actions} aria-label={say('case.actions')}>
        {main !== null && <Action line={main} look="primary" busy={busy} onAsk={onAsk} />}
        {others.slice(0, inline).map((line) => (
          <Action key={line.id} line={line} busy={busy} onAsk={onAsk} />
        ))}
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
        {others.length > inline && (
          <Menu
            size="s"
            label={say('case.more')}
            icon={<Ellipsis size={18} aria-hidden="true" />}
            className={css.more}
            lines={others.slice(inline).map(({ id, words, Icon, shortcut }) => ({
              id,
              label: say(words),
              icon: <Icon size={16} aria-hidden="true" />,
              shortcut,
            }))}
            onChoose={(id) => onAsk(id as CaseActionLine['id'])}
          />
        )}
      </fieldset>
    </header>
  );
}

interface ActionProps extends Pick<CaseHeaderProps, 'busy' | 'onAsk'> {
  readonly line: CaseActionLine;
  readonly look?: 'primary' | 'plain';
}

function Action({ line: { id, words, Icon }, look = 'plain', busy, onAsk }: ActionProps) {
  const say = useSay();
  return (
    <Button
      look={look}
      size="s"
      icon={<Icon size={16} aria-hidden="true" />}
      isDisabled={busy}
      onPress={() => onAsk(id)}
    >
      {say(words)}
    </Button>
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
