import { LogOut, UserRoundCheck, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useUndo } from '../undo-bar.tsx';
import { useTell } from '../words.ts';
import css from './people.module.css';
import { type Account, roles, usePeople, useReload } from './people.ts';

/** Who may sign in: what they may do, and whether they may. Each change can be undone. */
export function UserList() {
  const tell = useTell();
  const list = usePeople('users');
  const reload = useReload();
  const { bar, did } = useUndo();
  const [fault, setFault] = useState<Error | null>(null);
  if (list.data === undefined) return <Waiting fault={list.error} retry={list.refetch} />;

  const put = async (id: string, change: object) => {
    await request('PATCH', `/api/users/${id}`, change);
    await reload();
  };
  const act = (work: () => Promise<unknown>) => {
    setFault(null);
    work().catch((error: unknown) => setFault(error instanceof Error ? error : new Error(String(error))));
  };
  const change = ({ id }: Account, wish: object, back: object, words: string) =>
    act(async () => {
      await put(id, wish);
      did(words, () => put(id, back));
    });
  const signOut = ({ id, name }: Account) =>
    act(async () => {
      const { ended } = await request<{ ended: number }>('DELETE', `/api/users/${id}/sessions`);
      await reload();
      did(tell('people.signedOut', { name, count: ended }));
    });

  return (
    <>
      <FaultLine fault={fault} />
      {list.data.users.length <= 1 && (
        <p className={page.empty}>
          {tell('people.usersEmpty')} <Link to="/console/people/invitations">{tell('people.invite')}</Link>
        </p>
      )}
      <ul className={css.rows}>
        {list.data.users.map((user) => (
          <li key={user.id} className={classNames(css.row, user.disabled && css.off)}>
            <div>
              <div className={css.name}>
                {user.name}
                {user.you && <span className={page.badge}>{tell('people.you')}</span>}
                {user.disabled && (
                  <span className={classNames(page.badge, page.bad)}>{tell('people.disabled')}</span>
                )}
              </div>
              <div className={css.detail}>
                {user.email} · {user.brands === null ? tell('people.allBrands') : user.brands.join(', ')}
                {user.fromFile && ` (relevo.yaml)`}
              </div>
            </div>
            <div className={css.actions}>
              <select
                className={page.select}
                aria-label={tell('people.roleOf', { name: user.name })}
                value={user.role}
                disabled={user.you}
                onChange={(event) => {
                  const role = event.target.value;
                  const said = tell('people.roleChanged', {
                    name: user.name,
                    role: tell(`role.${roles.find((one) => one === role) ?? 'agent'}`),
                  });
                  change(user, { role }, { role: user.role }, said);
                }}
              >
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {tell(`role.${role}`)}
                  </option>
                ))}
              </select>
              <Button
                size="s"
                icon={<LogOut size={15} aria-hidden="true" />}
                aria-label={tell('people.signOutOf', { name: user.name })}
                onPress={() => signOut(user)}
              >
                {tell('people.signOut')}
              </Button>
              {!user.you && (
                <Button
                  size="s"
                  icon={
                    user.disabled ? (
                      <UserRoundCheck size={15} aria-hidden="true" />
                    ) : (
                      <UserRoundX size={15} aria-hidden="true" />
                    )
                  }
                  aria-label={tell(user.disabled ? 'people.enableOf' : 'people.disableOf', {
                    name: user.name,
                  })}
                  onPress={() =>
                    change(
                      user,
                      { disabled: !user.disabled },
                      { disabled: user.disabled },
                      tell(user.disabled ? 'people.enabledDone' : 'people.disabledDone', { name: user.name }),
                    )
                  }
                >
                  {tell(user.disabled ? 'people.enable' : 'people.disable')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {bar}
    </>
  );
}
