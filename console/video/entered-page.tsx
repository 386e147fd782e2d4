/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { BackLink } from './done-page.tsx';
import css from './video.module.css';
import type { CallPageProps } from './waiting-page.tsx';

/** Somebody came back from the call: in again, or over. */
export function EnteredPage({
  waiting,
  say,
  door,
  shut,
  failed,
  over,
}: CallPageProps & { readonly over: () => void }) {
  const [busy, setBusy] = useState(false);
  const { role, call } = waiting;

  async function again(): Promise<void> {
    setBusy(true);
    try {
      const answer = await door.enter(true);
      if (answer.kind === 'go') location.assign(answer.url);
      else shut(answer);
    } catch {
      failed();
    }
  }

  async function finish(): Promise<void> {
    setBusy(true);
    try {
      await door.left();
      if (role === 'agent') location.assign(call.deskUrl);
      else over();
    } catch {
      failed();
    }
  }

  return (
    <section className={css.card}>
      <h1 tabIndex={-1}>{say('entered.title')}</h1>
      <p>{say('entered.words')}</p>
      <button type="button" className={css.primary} disabled={busy} onClick={() => void again()}>
        {say('entered.again')}
      </button>
      <button type="button" className={css.plain} disabled={busy} onClick={() => void finish()}>
        {say('entered.over')}
      </button>
      <BackLink who={role} call={call} say={say} />
    </section>
  );
}
