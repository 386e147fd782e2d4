import { useMutation } from '@tanstack/react-query';
import { RefreshCw, Send, X } from 'lucide-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import { InviteDialog, type Made } from './invite-dialog.tsx';
import css from './people.module.css';
import { usePeople, useReload } from './people.ts';
import { ShownOnce } from './shown-once.tsx';

/** Who was asked to join: by a link that works once and for a time. */
export function InvitationList() {
  const tell = useTell();
  const { formatDate } = useIntl();
  const list = usePeople('invitations');
  const reload = useReload();
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const work = useMutation<Made | undefined, Error, { readonly id: string; readonly renew: boolean }>({
    mutationFn: ({ id, renew }) =>
      renew
        ? request<Made>('POST', `/api/invitations/${id}/renew`, {})
        : request<undefined>('DELETE', `/api/invitations/${id}`),
    onSuccess: async (answer) => {
      setMade(answer ?? null);
      await reload();
    },
  });
  if (list.data === undefined) return <Waiting fault={list.error} retry={list.refetch} />;
  const { invitations } = list.data;
  return (
    <>
      <div className={page.row}>
        <Button look="primary" icon={<Send size={16} aria-hidden="true" />} onPress={() => setAsking(true)}>
          {tell('people.invite')}
        </Button>
      </div>
      {made !== null && (
        <ShownOnce
          label={tell('people.linkFor', { name: made.invitation.name })}
          help={tell('people.linkHelp', {
            when: formatDate(made.invitation.expiresAt, { dateStyle: 'medium', timeStyle: 'short' }),
          })}
          text={`${location.origin}/desk/join#code=${made.code}`}
        />
      )}
      <FaultLine fault={work.error} />
      {invitations.length === 0 && <p className={page.empty}>{tell('people.invitationsEmpty')}</p>}
      <ul className={css.rows}>
        {invitations.map(({ id, name, email, role, by, expired, expiresAt, brands }) => (
          <li key={id} className={classNames(css.row, expired && css.off)}>
            <div>
              <div className={css.name}>
                {name}
                <span className={page.badge}>{tell(`role.${role}`)}</span>
                {expired && (
                  <span className={classNames(page.badge, page.warn)}>{tell('people.expired')}</span>
                )}
              </div>
              <div className={css.detail}>
                {email} · {brands === null ? tell('people.allBrands') : brands.join(', ')} ·{' '}
                {tell('people.invitedBy', { by })} ·{' '}
                {tell('people.until', {
                  when: formatDate(expiresAt, { dateStyle: 'medium', timeStyle: 'short' }),
                })}
              </div>
            </div>
            <div className={css.actions}>
              <Button
                size="s"
                icon={<RefreshCw size={15} aria-hidden="true" />}
                aria-label={tell('people.newLinkOf', { name })}
                onPress={() => work.mutate({ id, renew: true })}
              >
                {tell('people.newLink')}
              </Button>
              <Button
                size="s"
                icon={<X size={15} aria-hidden="true" />}
                aria-label={tell('people.withdrawOf', { name })}
                onPress={() => work.mutate({ id, renew: false })}
              >
                {tell('people.withdraw')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asking && (
        <InviteDialog
          onClose={() => setAsking(false)}
          onMade={async (answer) => {
            setAsking(false);
            setMade(answer);
            await reload();
          }}
        />
      )}
    </>
  );
}
