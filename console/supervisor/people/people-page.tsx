import { useNavigate, useParams } from 'react-router';
import { Segments } from '../../parts/segments.tsx';
import page from '../page.module.css';
import { PageHead } from '../page-head.tsx';
import { useSession } from '../session.ts';
import { useTell } from '../words.ts';
import { InvitationList } from './invitation-list.tsx';
import { KeyList } from './key-list.tsx';
import { SessionList } from './session-list.tsx';
import { UserList } from './user-list.tsx';

const views = { users: UserList, invitations: InvitationList, sessions: SessionList, tokens: KeyList };
const names = ['users', 'invitations', 'sessions', 'tokens'] as const;
/** What is kept apart by brand. */
const ofSome = ['users', 'invitations'] as const;

/** Who may do what here: accounts, invitations, where people are signed in, and keys of programs. */
export function PeoplePage() {
  const tell = useTell();
  const navigate = useNavigate();
  const open = useParams()['*'];
  const all = (useSession().data?.brands ?? null) === null;
  const shown = all ? names : ofSome;
  const view = shown.find((one) => one === open) ?? 'users';
  const View = views[view];
  return (
    <div className={page.page}>
      <PageHead title={tell('nav.people')} lead={tell(`people.${view}Lead`)} />
      <Segments
        label={tell('nav.people')}
        value={view}
        segments={shown.map((value) => ({ value, label: tell(`people.${value}`) }))}
        onChange={(value) => void navigate(`/console/people/${value}`)}
      />
      <View />
    </div>
  );
}
