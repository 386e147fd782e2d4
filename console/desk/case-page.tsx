import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { ApiError } from '../live/api-error.ts';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { DropZone } from '../parts/drop-zone.tsx';
import type { CaseDetail } from './case.ts';
import { type Ask, actionsOf, type CaseActionLine } from './case-actions.ts';
import { CaseBrief } from './case-brief.tsx';
import { CaseCall } from './case-call.tsx';
import { caseDialogs } from './case-dialogs.tsx';
import { CaseHeader } from './case-header.tsx';
import css from './case-page.module.css';
import { CaseThread } from './case-thread.tsx';
import { useDesk } from './desk-context.tsx';
import { describeFault } from './fault.ts';
import { type Action, useAction, useCase } from './queries.ts';
import { type Mode, ReplyBox } from './reply-box.tsx';
import { ReplyWindow } from './reply-window.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { Waiting } from './waiting.tsx';

/** One case: its head, its brief, its conversation, and where to write. */
export function CasePage() {
  const say = useSay();
  const number = Number(useParams().number);
  const found = useCase(number);
  if (found.data !== undefined) return <OpenCase key={found.data.id} theCase={found.data} />;
  const missing = found.error !== null && 'status' in found.error && found.error.status === 404;
  if (!missing) return <Waiting fault={found.error} retry={found.refetch} />;
  return (
    <div className={css.missing}>
      <p>{say('case.missing')}</p>
      <Link to="/desk">{say('list.back')}</Link>
    </div>
  );
}

function OpenCase({ theCase }: { readonly theCase: CaseDetail }) {
  const say = useSay();
  const { can } = theCase;
  const action = useAction(theCase);
  const { uploads } = useDesk();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [asking, setAsking] = useState<Ask | null>(null);
  /** What was wanted before something else had to be asked. */
  const [afterwards, setAfterwards] = useState<Ask | null>(null);
  const [brief, setBrief] = useState(false);
  const [mode, setMode] = useState<Mode>('reply');
  /** Counts up to move the focus into the text. */
  const [focus, setFocus] = useState(0);

  const takesFiles = can.reply && mode === 'reply';
  const write = (next: Mode) => {
    setMode(next);
    setFocus((count) => count + 1);
  };
  const act = (what: Action) =>
    action.mutate(what, {
      onSuccess: () => {
        setAsking(what.do === 'assess' ? afterwards : null);
        setAfterwards(null);
        if (what.do !== 'claim') return;
        setFocus((count) => count + 1);
        // It left the queue: the list goes where the case went.
        if ((search.get('view') ?? 'queue') === 'queue') void navigate('?view=mine', { replace: true });
      },
      // A refused claim changes the case: the dialog would speak of one that is gone.
      onError: (fault: ApiError) => {
        if (!fault.passing) setAsking(null);
      },
    });
  const begin = (what: CaseActionLine['id']) => {
    if (what === 'claim') return act({ do: 'claim' });
    const first = theCase.assessFirst && (what === 'solve' || what === 'escalate');
    setAsking(first ? 'assess' : what);
    setAfterwards(first ? what : null);
  };

  const { main, others } = actionsOf(theCase);
  const keys = [main, ...others].flatMap((line) =>
    line?.shortcut === undefined ? [] : [[line.shortcut, () => begin(line.id)] as const],
  );
  useShortcuts({ ...Object.fromEntries(keys), r: () => write('reply'), n: () => write('note') });
  useEffect(() => {
    document.title = `${theCase.number} · ${say('desk.title')}`;
  });

  const Asked = asking === null ? null : caseDialogs[asking];
  const dialog = {
    theCase,
    fault: action.error === null ? null : describeFault(action.error, say),
    busy: action.isPending,
    onClose: () => {
      setAsking(null);
      setAfterwards(null);
      action.reset();
    },
    onAct: act,
  };
  return (
    <>
      <CaseHeader
        theCase={theCase}
        busy={action.isPending}
        briefShown={brief}
        onBrief={() => setBrief(!brief)}
        onAsk={begin}
      />
      <CaseCall
        theCase={theCase}
        busy={action.isPending}
        onSet={() => setAsking('call')}
        onEnd={() => setAsking('end-call')}
        onAct={act}
      />
      {action.error !== null && asking === null && (
        <Banner
          tone="bad"
          actions={
            <Button size="s" onPress={() => action.reset()}>
              {say('error.dismiss')}
            </Button>
          }
        >
          {describeFault(action.error, say)}
        </Banner>
      )}
      <div className={css.body}>
        <DropZone as="div" className={css.talk} onFiles={takesFiles ? uploads(theCase.id).add : null}>
          <CaseThread theCase={theCase} onEditAgain={write} />
          {can.reply && theCase.replyUntil !== null && <ReplyWindow until={theCase.replyUntil} />}
          <ReplyBox
            theCase={theCase}
            mode={mode}
            focus={focus}
            onMode={write}
            onClaim={() => act({ do: 'claim' })}
          />
        </DropZone>
        <section
          className={classNames(css.brief, brief && css.shown)}
          aria-label={say('case.details')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it
          tabIndex={0}
        >
          <CaseBrief theCase={theCase} busy={action.isPending} onJoin={() => setAsking('join')} onAct={act} />
        </section>
      </div>
      {Asked !== null && <Asked {...dialog} />}
    </>
  );
}
