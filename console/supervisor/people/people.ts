import { useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../live/request.ts';

/** What somebody may do. */
export const roles = ['agent', 'supervisor', 'administrator'] as const;

/** One of the roles. */
export type Role = (typeof roles)[number];

/** Somebody who may sign in. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** Null: all. */
  readonly brands: readonly string[] | null;
  /** relevo.yaml says which brands. */
  readonly fromFile: boolean;
  readonly you: boolean;
}

/** Somebody who was asked to join. Times are ISO 8601. */
export interface Invitation {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly brands: readonly string[] | null;
  readonly by: string;
  readonly expiresAt: string;
  readonly expired: boolean;
}

/** Somebody signed in on a device. Times are ISO 8601. */
export interface DeviceSession {
  readonly id: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly createdAt: string | null;
  readonly seenAt: string | null;
  readonly device: string;
  readonly current: boolean;
}

/** A program's key. Times are ISO 8601. */
export interface Key {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly usedAt: string | null;
  readonly expired: boolean;
}

const addresses = {
  users: '/api/users',
  invitations: '/api/invitations',
  sessions: '/api/users/sessions',
  tokens: '/api/tokens',
} as const;

interface Lists {
  readonly users: { readonly users: readonly Account[] };
  readonly invitations: { readonly invitations: readonly Invitation[] };
  readonly sessions: { readonly sessions: readonly DeviceSession[] };
  readonly tokens: { readonly tokens: readonly Key[] };
}

/** One of the lists. */
export function usePeople<List extends keyof Lists>(list: List) {
  return useQuery({
    queryKey: ['people', list],
    queryFn: () => request<Lists[List]>('GET', addresses[list]),
  });
}

/** Reads all lists anew. */
export function useReload(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['people'] });
}

/** What a browser calls itself, in two words. Pure. */
export function deviceName(device: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//u.exec(
    device.replace(/^(?=.*\b(Edg|OPR)\/)/u, '$1/ '),
  )?.[1];
  const system = /\b(Android|iPhone|iPad|Windows|Mac OS X|Linux|CrOS)\b/u.exec(device)?.[1];
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  const words = [browser, system].flatMap((word) => (word === undefined ? [] : [names[word] ?? word]));
  return words.length === 0 ? device.slice(0, 40) : words.join(' · ');
}
