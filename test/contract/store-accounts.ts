import { describe } from 'vitest';
import type { OpenStore } from './store.ts';

export function describeAccounts(_open: () => Promise<OpenStore>): void {
  describe.todo('Accounts');
}
