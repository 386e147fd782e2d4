import { describe } from 'vitest';
import { describeInvitations } from '../contract/store-invitations.ts';
import { memoryInvitations } from './memory-invitations.ts';

/** What other tests put in the place of a store promises the same. */
describe('in memory', () => {
  describeInvitations(async () => {
    const memory = memoryInvitations();
    return { one: memory, two: memory, cleanup: async () => undefined };
  });
});
