import type { Accounts } from './accounts.ts';
import type { AuditLog } from './audit.ts';
import type { Bases } from './bases.ts';
import type { Cases } from './cases.ts';
import type { ConversationLog } from './conversation-log.ts';
import type { Cursors } from './cursors.ts';
import type { Facts } from './facts.ts';
import type { Files } from './files.ts';
import type { Gaps } from './gaps.ts';
import type { Invitations } from './invitations.ts';
import type { Leases } from './leases.ts';
import type { Missed } from './missed.ts';
import type { Outbox } from './outbox.ts';
import type { People } from './people.ts';
import type { Quarantine } from './quarantine.ts';
import type { Signals } from './signals.ts';
import type { UndoneWork } from './undone.ts';

/** One installation's data. */
export interface Store {
  /** For people: which engine, without secrets. */
  readonly description: string;
  /** Names the installation whose data this is: given once, moved with a copy, the same in every process. */
  readonly installation: string;
  readonly log: ConversationLog;
  readonly cases: Cases;
  readonly undone: UndoneWork;
  readonly outbox: Outbox;
  readonly cursors: Cursors;
  readonly leases: Leases;
  readonly quarantine: Quarantine;
  readonly files: Files;
  readonly people: People;
  readonly bases: Bases;
  readonly gaps: Gaps;
  readonly audit: AuditLog;
  readonly accounts: Accounts;
  readonly invitations: Invitations;
  readonly facts: Facts;
  readonly missed: Missed;
  readonly signals: Signals;
  /** @throws RelevoError `store_unreachable` when the engine does not answer */
  check(): Promise<void>;
  /**
   * Makes every read model anew from the log, over the old ones; can be repeated after a crash. What the outbox knows is
   * kept; effects it knows nothing of are added as `unknown`, those of the last hour pending and older ones failed. Writers may go on, but a step they decided on
   * a read model that was wrong can leave it wrong: then run it again.
   * @param progress called now and then with the commits read so far
   */
  rebuild(progress: (commits: number) => void): Promise<{ conversations: number; commits: number }>;
  stop(): Promise<void>;
}
