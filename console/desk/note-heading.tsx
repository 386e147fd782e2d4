import { Lock } from 'lucide-react';
import { useSay } from '../parts/catalogue.tsx';
import { Role } from '../parts/message-group.tsx';

/** Above a note, the same while it is on its way and afterwards: whose it is, and that it is one. */
export function NoteHeading({ author }: { readonly author: string | undefined }) {
  const say = useSay();
  return (
    <>
      {author}{' '}
      <Role>
        <Lock size={10} aria-hidden="true" /> {say('note.tag')}
      </Role>
    </>
  );
}
