import { ExternalLink } from 'lucide-react';
import { Link } from 'react-router';
import { useMoment } from '../../desk/use-moment.ts';
import { articleAddress, useTitles } from '../decided.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './asked-list.module.css';
import type { Asked } from './gap.ts';

/** The conversations in which the newest questions of a gap were asked, newest first, each with the way to its case. @param of how many were */
export function AskedList({ asked, of }: { readonly asked: readonly Asked[]; readonly of: number }) {
  const tell = useTell();
  const moment = useMoment();
  const titleOf = useTitles();
  return (
    <section aria-labelledby="asked">
      <h3 id="asked" className={page.heading}>
        {tell('gaps.asked', { count: of })}
      </h3>
      <ul className={css.list}>
        {asked.toReversed().map((one) => (
          <li key={`${one.conversation} ${one.at} ${one.question}`} className={css.asked}>
            <p className={css.head}>
              <time dateTime={one.at}>{moment(one.at)}</time>
              <span className={page.badge}>{tell(`gaps.happened.${one.happened}`, { count: 1 })}</span>
              {one.solved && <span className={page.badge}>{tell('gaps.happened.solved', { count: 1 })}</span>}
              <a href={`/desk/cases/${encodeURIComponent(one.conversation)}`} className={css.case}>
                {tell('gaps.openCase')}
                <ExternalLink size={14} aria-hidden="true" />
              </a>
            </p>
            <p className={css.question} lang={one.language}>
              {one.question}
            </p>
            {one.shown.length > 0 && (
              <p className={page.soft}>
                {tell('gaps.didNotHelp')}{' '}
                {[...new Set(one.shown)].map((id, place) => (
                  <span key={id}>
                    {place > 0 && ', '}
                    <Link to={articleAddress(id, one.language)}>{titleOf(id, one.language)}</Link>
                  </span>
                ))}
              </p>
            )}
            {one.replies.map((reply, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a reply is known by its place
              <blockquote key={place} className={css.reply} lang={one.language}>
                {reply}
              </blockquote>
            ))}
            {one.execution !== null && (
              <blockquote className={css.reply}>
                <strong>{tell('gaps.execution')}</strong> {one.execution}
              </blockquote>
            )}
          </li>
        ))}
      </ul>
      {asked.length < of && <p className={page.soft}>{tell('gaps.askedNewest', { count: asked.length })}</p>}
      <p className={page.faint}>{tell('gaps.masked')}</p>
    </section>
  );
}
