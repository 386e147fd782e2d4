import type { FastifyRequest } from 'fastify';
import type { Writer } from '../../../kb/workbench/write-down.ts';
import { personOf } from '../../access.ts';

/** Who asks for a change, for the audit log. */
export function writerOf(request: FastifyRequest, reason = ''): Writer {
  const { id, name } = personOf(request).agent;
  return { id, name, reason: reason.trim() };
}

/** Supervisors and administrators tune the answers. */
export const config = { allow: 'supervisor' } as const;

/** Under which the routes are described. */
export const tags = ['console'];
