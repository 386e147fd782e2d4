import { useMutation } from '@tanstack/react-query';
import { ArrowLeft, Lightbulb } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useShortcuts } from '../../desk/use-shortcuts.ts';
import { Waiting } from '../../desk/waiting.tsx';
import { ApiError } from '../../live/api-error.ts';
import type { Language } from '../../parts/preferences.ts';
import { Segments } from '../../parts/segments.tsx';
import { articleAddress } from '../decided.ts';
import page from '../page.module.css';
import { PublishLink } from '../publish-link.tsx';
import type { Next } from '../undo-bar.tsx';
import { useTell } from '../words.ts';
import { AskedList } from './asked-list.tsx';
import { DismissForm } from './dismiss-form.tsx';
import type { Asked, Gap, Proposal } from './gap.ts';
import { titleOf } from './gap.ts';
import { GapFault } from './gap-fault.tsx';
import css from './gap-view.module.css';
import { useProposalWords } from './proposal-words.ts';
import { useDecisions, useGap } from './queries.ts';
import { TeachForm } from './teach-form.tsx';
import { useCost } from './use-cost.ts';
import { WriteForm } from './write-form.tsx';

type Way = 'example' | 'article' | 'dismiss';

/** What a proposal amounts to. */
const wayOf: Readonly<Record<Proposal['kind'], Way>> = {
  publish: 'example',
  example: 'example',
  article: 'article',
  improve: 'article',
  write: 'article',
};

interface GapViewProps {
  readonly id: string;
  readonly days: number;
  /** The address of the list. */
  readonly back: string;
  /** What was done, and what takes it back. */
  readonly onDone: (words: string, undo: () => Promise<unknown>, next?: Next) => void;
}

/** One gap: what was asked, what is proposed, and what to do about it. */
export function GapView(props: GapViewProps) {
  const tell = useTell();
  const { id, days, back } = props;
  const found = useGap(id, days);
  if (found.data !== undefined) return <Opened {...props} gap={found.data.gap} asked={found.data.asked} />;
  if (found.error instanceof ApiError && found.error.code === 'kb_gap_unknown')
    return (
      <div className={page.empty}>
        <p>{tell('gaps.fault.unknown')}</p>
        <Link to={back}>{tell('gaps.back')}</Link>
      </div>
    );
  return <Waiting fault={found.error} retry={found.refetch} />;
}

function Opened(
  props: GapViewProps & {
    readonly gap: Gap;
    readonly asked: readonly Asked[];
  },
) {
  const tell = useTell();
  const cost = useCost();
  const proposed = useProposalWords();
  const navigate = useNavigate();
  const { gap, asked, days, back, onDone } = props;
  const [way, setWay] = useState<Way>(wayOf[gap.proposal.kind]);
  const decisions = useDecisions(days);
  const forms = useRef<HTMLDivElement>(null);
  const undo = () => decisions.restore(gap.id);
  const decide = useMutation({ mutationFn: (work: () => Promise<void>) => work() });

  const choose = (chosen: Way) => {
    setWay(chosen);
    requestAnimationFrame(() => forms.current?.querySelector<HTMLElement>('input, textarea')?.focus());
  };
  useShortcuts({
    a: () => forms.current?.querySelector('form')?.requestSubmit(),
    e: () => choose(way === 'dismiss' ? wayOf[gap.proposal.kind] : way),
    d: () => choose('dismiss'),
  });
  const shown = gap.proposal.article;
  const language = gap.wordings[0]?.language ?? 'es';
  const asksFor = gap.brand === undefined ? {} : { brand: gap.brand };
  const toTry = {
    to: `/console/try?${new URLSearchParams({ q: titleOf(gap), language, ...asksFor })}`,
    words: tell('undo.try'),
  };

  return (
    <article className={css.view} aria-labelledby="gap-title">
      <Link to={back} className={css.back}>
        <ArrowLeft size={16} aria-hidden="true" />
        {tell('gaps.back')}
      </Link>
      <div>
        <h2 id="gap-title" className={css.title} lang={language} tabIndex={-1}>
          {titleOf(gap)}
        </h2>
        <p className={page.soft}>
          {tell('gaps.questions', { count: gap.questions })} · {cost(gap.agentMs)}
        </p>
      </div>
      {gap.wordings.length > 1 && (
        <details className={css.wordings}>
          <summary>{tell('gaps.otherWordings', { count: gap.wordings.length - 1 })}</summary>
          <ul>
            {gap.wordings.slice(1).map(({ text, language: spoken }) => (
              <li key={`${spoken} ${text}`} lang={spoken}>
                {text}
              </li>
            ))}
          </ul>
        </details>
      )}
      <section className={page.card} aria-label={tell('gaps.proposal')}>
        <p className={css.proposal}>
          <Lightbulb size={17} aria-hidden="true" />
          <span>
            {proposed(gap)}
            {(gap.proposal.kind === 'improve' || gap.proposal.kind === 'publish') && shown !== undefined && (
              <>
                {' '}
                <Link to={articleAddress(shown, language)}>{tell('gaps.openArticle')}</Link>
              </>
            )}
            {gap.proposal.kind === 'publish' && (
              <>
                {' '}
                <PublishLink>{tell('gaps.toPublish')}</PublishLink>
              </>
            )}
          </span>
        </p>
        <Segments<Way>
          label={tell('gaps.what')}
          value={way}
          onChange={choose}
          segments={[
            { value: 'example', label: tell('gaps.teach') },
            { value: 'article', label: tell('gaps.write') },
            { value: 'dismiss', label: tell('gaps.dismiss') },
          ]}
        />
        <div ref={forms}>
          {way === 'example' && (
            <TeachForm
              gap={gap}
              busy={decide.isPending}
              onAccept={(decision, title) =>
                decide.mutate(() => decisions.accept(gap.id, decision), {
                  onSuccess: () => onDone(tell('gaps.did.example', { title }), undo, toTry),
                })
              }
            />
          )}
          {way === 'article' && (
            <WriteForm
              gap={gap}
              days={days}
              busy={decide.isPending}
              onAccept={(decision, made, open) =>
                decide.mutate(() => decisions.accept(gap.id, decision), {
                  onSuccess: () => {
                    onDone(tell('gaps.did.article', { title: made.title }), undo, toTry);
                    if (open) void navigate(articleAddress(made.id, made.language as Language));
                  },
                })
              }
            />
          )}
          {way === 'dismiss' && (
            <DismissForm
              busy={decide.isPending}
              onDismiss={(reason) =>
                decide.mutate(() => decisions.dismiss(gap.id, reason), {
                  onSuccess: () => onDone(tell('gaps.did.dismissed'), undo),
                })
              }
            />
          )}
        </div>
        <GapFault fault={decide.error} />
      </section>
      <AskedList asked={asked} of={gap.questions} />
    </article>
  );
}
