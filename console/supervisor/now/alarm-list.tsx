import { BellRing, Cable, MailWarning, PackageX } from 'lucide-react';
import { type Tell, useTell } from '../words.ts';
import css from './alarm-list.module.css';
import type { Alarm } from './now.ts';

/** What somebody should look at, each with the way there; read out when something is added. */
export function AlarmList({ alarms }: { readonly alarms: readonly Alarm[] }) {
  const tell = useTell();
  return (
    <section aria-label={tell('now.alarms')} aria-live="polite">
      {alarms.length === 0 ? (
        <p className={css.calm}>{tell('now.calm')}</p>
      ) : (
        <ul className={css.list}>
          {alarms.map((alarm) => {
            const { icon: Icon, to, words } = shown(alarm, tell);
            return (
              <li key={`${alarm.kind} ${to} ${words}`}>
                <a href={to} className={css.alarm}>
                  <Icon size={18} aria-hidden="true" />
                  {words}
                </a>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function shown(alarm: Alarm, tell: Tell) {
  switch (alarm.kind) {
    case 'top':
      return {
        icon: BellRing,
        to: `/desk/cases/${alarm.number}`,
        words: tell('now.alarm.top', { number: alarm.number, tier: alarm.tier, rang: alarm.rang }),
      };
    case 'channel':
      return { icon: Cable, to: '/desk/channels', words: tell('now.alarm.channel', { title: alarm.title }) };
    case 'sends':
      return {
        icon: MailWarning,
        to: '/desk/quarantine',
        words: tell('now.alarm.sends', { count: alarm.count, more: alarm.more ? 'yes' : 'no' }),
      };
    case 'quarantine':
      return {
        icon: PackageX,
        to: '/desk/quarantine',
        words: tell('now.alarm.quarantine', { count: alarm.count }),
      };
  }
}
