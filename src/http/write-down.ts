import type { FastifyRequest } from 'fastify';
import type { Clock } from '../core/clock.ts';
import type { Json } from '../core/json.ts';
import type { AuditLog } from '../store/audit.ts';
import { personOf } from './access.ts';

/** Writes down in the audit log what whoever asked has changed. */
export type NoteChange = (
  request: FastifyRequest,
  change: {
    readonly action: string;
    readonly subject: string;
    readonly before: Json;
    readonly after: Json;
    readonly reason?: string | undefined;
  },
) => Promise<void>;

/** @param audit where it is written down; absent: nowhere */
export function createNoteChange(audit: Pick<AuditLog, 'add'> | undefined, clock: Clock): NoteChange {
  return async (request, { reason = '', ...change }) => {
    const { id, name } = personOf(request).agent;
    await audit?.add({ at: clock.now(), who: { id, name }, reason: reason.trim(), ...change });
  };
}
