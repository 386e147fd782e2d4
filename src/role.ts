/** What a process of an installation may be told to do; together they are one Relevo. */
export const roles = ['all', 'web', 'worker'] as const;

/**
 * `web` takes what comes over HTTP: pages, agents, platforms' calls. `worker` runs turns, deliveries and deadlines and
 * whatever only one process may do, such as reading a mailbox. `all` does both.
 */
export type Role = (typeof roles)[number];
