import type { ChannelStatus } from '../channel.ts';
import type { endings } from './protocol.ts';

/** How far the browser's process is. */
export type Phase =
  | { readonly is: 'starting' | 'syncing' | 'ready' }
  | { readonly is: 'needs-qr'; readonly qr: string }
  /** For its next start. */
  | { readonly is: 'waiting'; readonly until: number };

/** Why it ended. */
export interface Ending {
  readonly why: (typeof endings)[number] | 'silent';
  readonly detail: string;
}

/** Starts in vain before somebody is asked to look. */
const patientFaults = 3;

const reasons: Readonly<Record<Ending['why'], string>> = {
  profile_in_use:
    'The browser is already running: another Relevo, or one that was not stopped, uses the same data folder. Stop it.',
  logged_out: 'The phone was unlinked. A new code to scan comes in a moment.',
  browser_gone: 'The browser ended by itself.',
  page_failed:
    'WhatsApp Web did not come up. If this goes on, WhatsApp changed its page and Relevo has to be updated.',
  not_connected: 'WhatsApp Web lost its connection.',
  deaf: 'WhatsApp Web no longer told of new messages.',
  silent: 'The browser gave no sign of life.',
};

/** The status for people. Pure. @param faults starts in vain since it last worked */
export function statusOf(
  phase: Phase,
  { faults, ending, stopped, now }: { faults: number; ending: Ending | null; stopped: boolean; now: number },
): ChannelStatus {
  if (stopped) return { state: 'starting', line: 'Not started.' };
  switch (phase.is) {
    case 'needs-qr':
      return {
        state: 'needs-attention',
        line: 'Scan this code with the phone: WhatsApp, Settings, Linked devices, Link a device.',
        qr: phase.qr,
      };
    case 'ready':
      return { state: 'ready', line: 'Connected.' };
    case 'syncing':
      return { state: 'starting', line: 'The phone is linked; WhatsApp loads its chats.' };
    case 'starting':
      if (faults === 0) return { state: 'starting', line: 'The browser starts.' };
      return {
        state: faults > patientFaults ? 'needs-attention' : 'restarting',
        line: 'The browser starts again.',
      };
    case 'waiting': {
      const reason = reasons[ending?.why ?? 'browser_gone'];
      const seconds = Math.max(0, Math.ceil((phase.until - now) / 1_000));
      return {
        state: ending?.why === 'profile_in_use' || faults > patientFaults ? 'needs-attention' : 'restarting',
        line: `${reason} Next try in ${seconds} s.`,
      };
    }
  }
}
