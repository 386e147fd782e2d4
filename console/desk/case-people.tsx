import { Unlink, UserPlus } from 'lucide-react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { BriefPart } from './brief-part.tsx';
import type { CaseBriefProps } from './case-brief.tsx';
import css from './case-people.module.css';
import { useChannelName } from './channel-icon.tsx';
import { useMoment } from './use-moment.ts';

/** The customer's other addresses: each can be parted again, another one joined. */
export function CasePeople({ theCase, busy, onJoin, onAct }: CaseBriefProps) {
  const say = useSay();
  const moment = useMoment();
  const channel = useChannelName();
  return (
    <BriefPart title={say('brief.people')}>
      {theCase.people.length > 0 && (
        <ul className={css.people}>
          {theCase.people.map(({ key, channel: name, at, by }) => (
            <li key={key} className={css.person}>
              <span>
                {channel(name)}
                <span className={css.since}>{say('brief.joined', { who: by, when: moment(at) })}</span>
              </span>
              <Button
                look="ghost"
                size="s"
                icon={<Unlink size={15} aria-hidden="true" />}
                aria-label={say('action.part', { channel: channel(name) })}
                isDisabled={busy}
                onPress={() => onAct({ do: 'people/part', key })}
              />
            </li>
          ))}
        </ul>
      )}
      <Button size="s" icon={<UserPlus size={15} aria-hidden="true" />} isDisabled={busy} onPress={onJoin}>
        {say('action.join')}
      </Button>
    </BriefPart>
  );
}
