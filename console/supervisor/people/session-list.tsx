import { useMutation } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useIntl } from 'react-intl';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './people.module.css';
import { deviceName, usePeople, useReload } from './people.ts';

/** Where everybody is signed in, the latest first. */
export function SessionList() {
  const tell = useTell();
  const { formatDate } = useIntl();
  const list = usePeople('sessions');
  const reload = useReload();
  const end = useMutation<unknown, Error, string>({
    mutationFn: (id) => request('DELETE', `/api/users/sessions/${id}`),
    onSuccess: reload,
  });
  if (list.data === undefined) return <Waiting fault={list.error} retry={list.refetch} />;
  const when = (at: string | null) =>
    at === null ? '–' : formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <FaultLine fault={end.error} />
      {list.data.sessions.length === 0 && <p className={page.empty}>{tell('people.sessionsEmpty')}</p>}
      <ul className={css.rows}>
        {list.data.sessions.map(({ id, user, device, createdAt, seenAt, current }) => (
          <li key={id} className={css.row}>
            <div>
              <div className={css.name}>
                {user.name}
                {current && (
                  <span className={classNames(page.badge, page.good)}>{tell('people.thisDevice')}</span>
                )}
              </div>
              <div className={css.detail}>
                {deviceName(device) || tell('people.unknownDevice')} ·{' '}
                {tell('people.since', { when: when(createdAt) })} ·{' '}
                {tell('people.seen', { when: when(seenAt) })}
              </div>
            </div>
            {!current && (
              <div className={css.actions}>
                <Button
                  size="s"
                  icon={<LogOut size={15} aria-hidden="true" />}
                  aria-label={tell('people.endOf', { name: user.name, device: deviceName(device) })}
                  onPress={() => end.mutate(id)}
                >
                  {tell('people.end')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
