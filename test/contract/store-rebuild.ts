import { describe } from 'vitest';
import type { OpenStore } from './store.ts';

export function describeRebuild(_open: () => Promise<OpenStore>): void {
  describe.todo('Rebuild');
}
