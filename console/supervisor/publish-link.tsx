import { Link } from 'react-router';
import { useSession } from './session.ts';

/** The way to what waits to be published, for those who work for all brands: to others that page is closed. */
export function PublishLink({ children }: { readonly children: string }) {
  const session = useSession();
  if (session.data === undefined || session.data.brands != null) return null;
  return <Link to="/console/publish">{children}</Link>;
}
