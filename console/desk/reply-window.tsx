import { useIntl } from 'react-intl';
import { Banner } from '../parts/banner.tsx';
import { useSay } from '../parts/catalogue.tsx';
import css from './reply-window.module.css';
import { useNow } from './use-now.ts';

const warnMs = 60 * 60_000;

/** Says that the channel soon lets no free words through any more, or does so no longer. */
export function ReplyWindow({ until }: { readonly until: string }) {
  const say = useSay();
  const intl = useIntl();
  const left = Date.parse(until) - useNow();
  if (left > warnMs) return null;
  const day = left < -12 * warnMs ? ({ day: 'numeric', month: 'short' } as const) : {};
  const time = intl.formatDate(until, { ...day, hour: 'numeric', minute: '2-digit' });
  return (
    <div className={css.window}>
      <Banner tone="warn">{say(left > 0 ? 'window.soon' : 'window.over', { time })}</Banner>
    </div>
  );
}
